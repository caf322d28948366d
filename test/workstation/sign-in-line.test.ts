import { expect, test } from 'vitest';
import { signIn } from '../../renderer/workstation/session/sign-in';
import { countingRandom, FakeTransport, HandClock } from '../client/wire';

function begin() {
  const transport = new FakeTransport();
  const result = signIn({
    transport,
    clock: new HandClock(),
    random: countingRandom(),
    agentUrl: 'ws://127.0.0.1:1',
    deviceId: 'd1',
    deviceLabel: 'test',
    auth: { kind: 'code', code: 'K7QM-2XPA-9TRC' },
  });
  return { transport, result };
}

test('a code is not used up in vain: the token counts as soon as it is here', async () => {
  const { transport, result } = begin();
  transport.line.welcome({ token: 't'.repeat(43), agentId: 'a1', customerUrl: '' }, false);
  transport.line.lose();
  expect(await result).toMatchObject({ ok: true, token: 't'.repeat(43), agentId: 'a1' });
});

test('a line that is lost before is a try that failed', async () => {
  const { transport, result } = begin();
  transport.line.opened();
  transport.line.lose();
  expect(await result).toMatchObject({ ok: false, reason: 'lost' });
});
