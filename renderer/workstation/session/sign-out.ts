import type { Clock } from '../../../shared/client/clock';
import type { Connection } from '../../../shared/client/connection';
import type { AgentWire } from '../../../shared/client/wire';

/** How long signing out waits for the hub. */
const answerWithinMs = 3_000;

/** Ends this device at the hub. Resolves when the hub has answered, can't be reached or takes too long. */
export async function endDevice(connection: Connection<AgentWire>, clock: Clock, deviceId: string): Promise<void> {
  if (connection.link.state !== 'up') return;
  const { answer } = connection.send({ op: 'device.revoke', deviceId }, { fleeting: true });
  let cancel = () => {};
  const tooLong = new Promise<void>((resolve) => {
    cancel = clock.at(clock.now() + answerWithinMs, resolve);
  });
  await Promise.race([answer, tooLong]);
  cancel();
}
