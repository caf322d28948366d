// @vitest-environment happy-dom
import { expect, onTestFinished, test } from 'vitest';
import { HostReady } from '../../renderer/workstation/first-run/HostReady';
import { Stage } from './stage';

test.each([
  ['http://127.0.0.1:7801/chat', false],
  ['http://localhost:7801/chat', false],
  ['https://chat.example.com/chat', true],
])('at %s, a code for phones is shown: %s, else it says that only this machine reaches it', (customerUrl, isForAll) => {
  const profile = { mode: 'host', agentUrl: 'wss://127.0.0.1:7802', deviceId: 'dev-1', token: 'secret' } as const;
  const stage = new Stage(
    <HostReady profile={profile} customerUrl={customerUrl} lanAddress={null} onEnter={() => undefined} />,
  );
  onTestFinished(() => stage.close());
  expect(stage.host.querySelector('[aria-label="The customers’ link as a QR code"]') !== null).toBe(isForAll);
  expect(stage.text.includes('only this machine reaches')).toBe(!isForAll);
});
