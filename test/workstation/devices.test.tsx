// @vitest-environment happy-dom
import { expect, onTestFinished, test } from 'vitest';
import { AgentDevices } from '../../renderer/workstation/settings/team/AgentDevices';
import { Stage } from './stage';

const device = (deviceId: string, agentId: string, label: string) => ({
  name: 'device.changed',
  device: { deviceId, agentId, label, addedAt: Date.UTC(2026, 10, 23, 9), usedAt: Date.UTC(2026, 10, 24) },
});

test('an agent’s devices are listed, the own one is marked, and one is signed out by itself', async () => {
  const stage = new Stage(<AgentDevices agentId="ana" help="" />);
  onTestFinished(() => stage.close());
  expect(stage.text).not.toContain('Sign out');
  stage.tell(device('d1', 'ana', 'Laptop'), device('d2', 'ana', 'Phone'), device('d3', 'ben', 'Desk'));
  expect(stage.text).toContain('Laptop · this device');
  expect(stage.text).not.toMatch(/Phone · this|Desk/);
  stage.press('Sign out Phone');
  expect(stage.sent('device.revoke')).toMatchObject({ deviceId: 'd2' });
  stage.tell({ name: 'device.removed', deviceId: 'd2' });
  expect(stage.text).not.toContain('Phone');
  expect(stage.has('Sign out Laptop')).toBe(true);
});
