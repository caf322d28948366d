import { type Config, usedAtOf } from '../state/config';
import type { Step } from '../state/step';
import { dayMs } from '../system/days';

/** A device that has not signed in for longer is signed out. */
const unusedDaysMax = 90;

/** Limits the recording of a device's use to once a day. */
export function isNewDay(usedAt: number | null, at: number): boolean {
  return usedAt === null || at - usedAt >= dayMs;
}

/** Signs out devices that were not used for long; a connected one is in use. */
export function endUnusedDevices(step: Step, isConnected: (deviceId: string) => boolean): void {
  const { config } = step.state;
  for (const device of [...config.devices.values()]) {
    const { deviceId, label } = device;
    const usedAt = usedAtOf(device);
    // A device whose use was never noted counts from now on.
    if (usedAt === null || isConnected(deviceId)) step.add({ type: 'device.used', deviceId, at: step.at });
    else if (step.at - usedAt > unusedDaysMax * dayMs) {
      const subject = nameOf(config, device.agentId);
      step.add({ type: 'device.removed', deviceId });
      const changes = [{ field: 'device', before: label, after: null }];
      step.note({ by: { kind: 'hub' }, action: 'device.expire', subject, changes });
    }
  }
}

function nameOf({ accounts }: Config, agentId: string): string | null {
  return accounts.get(agentId)?.name ?? null;
}
