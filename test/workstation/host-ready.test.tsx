// @vitest-environment happy-dom
import { Notifications } from '@mantine/notifications';
import { expect, onTestFinished, test } from 'vitest';
import { HostReady } from '../../renderer/workstation/first-run/HostReady';
import { AppProvider } from '../../renderer/workstation/lifecycle/app-context';
import { createApp, type NewHub } from '../../renderer/workstation/lifecycle/app-store';
import type { Services } from '../../renderer/workstation/services/services';
import { Stage } from './stage';

function shown(hub: Partial<NewHub>): Stage {
  const app = createApp({ desktop: null, storage: null } as unknown as Services);
  const stage = new Stage(
    <AppProvider app={app}>
      <Notifications />
      <HostReady customerUrl="http://127.0.0.1:7801/chat" lanAddress={null} {...hub} />
    </AppProvider>,
  );
  onTestFinished(() => stage.close());
  return stage;
}

test.each([
  ['http://127.0.0.1:7801/chat', false],
  ['http://localhost:7801/chat', false],
  ['https://chat.example.com/chat', true],
])('at %s, a code for phones is shown: %s, else it says that only this machine reaches it', (customerUrl, isForAll) => {
  const stage = shown({ customerUrl });
  expect(stage.has('The customers’ link as a QR code')).toBe(isForAll);
  expect(stage.text.includes('only this machine reaches')).toBe(!isForAll);
});

test('a colleague is invited there, by a link that is a QR code, too', async () => {
  const stage = shown({ lanAddress: '192.0.2.7:7803' });
  stage.comeBack();
  stage.press('Invite a colleague');
  stage.type('Name', 'Ben');
  stage.press('Add');
  stage.tell({ name: 'agent.changed', agent: { agentId: 'ben', name: 'Ben', groups: [] } });
  await stage.answer('agent.put', { type: 'ack', seq: 12, result: { agentId: 'ben' } });
  const link = 'foyer://192.0.2.7:7803/secret';
  const result = { code: '1234-5678', expiresAt: stage.now() + 600_000, link };
  await stage.answer('agent.code', { type: 'ack', seq: 13, result });
  expect(stage.has('The invitation link as a QR code')).toBe(true);
  expect(stage.text).toContain('1234-5678');
});

test('where no other machine reaches the hub, it says what to do instead', () => {
  const stage = shown({ lanAddress: null });
  expect(stage.text).toContain('Connect it to your network');
  expect(stage.has('The invitation link as a QR code')).toBe(false);
  expect(stage.text).not.toContain('Invite a colleague');
});
