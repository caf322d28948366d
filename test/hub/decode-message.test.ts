import { expect, test } from 'vitest';
import { decode } from '../../main/hub/listen/decode';
import { agentMessage, customerMessage, messagePatterns } from '../../main/hub/listen/decode-message';
import { fromAgent } from '../../shared/protocol/agent-wire';
import { fromCustomer } from '../../shared/protocol/customer-wire';
import { createRandom } from '../simulation/random';
import { stepsOf } from '../support/pattern-steps';

const pieces = [
  'a',
  ' ',
  '\u00a0',
  '\ufeff',
  '"',
  '\\',
  '\n',
  '\t',
  '\u0000',
  '\u001f',
  '\u007f',
  '\u2028',
  '订单',
  '👋',
  '{',
  '}',
];

test('a message that the pattern takes is what the schema takes, on random frames', () => {
  const random = createRandom(23);
  const text = (max: number) => Array.from({ length: random.whole(0, max) }, () => random.pick(pieces)).join('');
  const long = () => 'x'.repeat(random.pick([63, 64, 65, 3_999, 4_000, 4_001]));
  const taken = { agent: 0, customer: 0 };
  for (let run = 0; run < 20_000; run += 1) {
    const plain = random.chance(0.5);
    const word = () => (plain ? 'abc' : random.chance(0.1) ? long() : text(4));
    const n = random.pick([1, 7, 123_456, 999_999_999_999_999, 0, -1, 1.5, 1e15, 2 ** 53]);
    const fields: [string, unknown][] = [
      ['type', 'command'],
      ['cid', word()],
      ['n', plain ? 12 : n],
      ['op', random.chance(0.9) ? 'message.send' : 'note.add'],
      ...(random.chance(0.5) ? [['conversationId', word()] as [string, unknown]] : []),
      ['text', plain && random.chance(0.3) ? ' \u00a0' : word()],
      ...(random.chance(0.1) ? [['attachments', []] as [string, unknown]] : []),
      ...(random.chance(0.05) ? [['more', 1] as [string, unknown]] : []),
    ];
    if (random.chance(0.1)) fields.reverse();
    const frame = JSON.stringify(Object.fromEntries(fields)) + (random.chance(0.02) ? ' ' : '');
    const [agent, customer] = [agentMessage(frame), customerMessage(frame)];
    if (agent) expect(decode(frame, fromAgent)).toEqual({ kind: 'frame', frame: agent });
    if (customer) expect(decode(frame, fromCustomer)).toEqual({ kind: 'frame', frame: customer });
    if (agent) taken.agent += 1;
    if (customer) taken.customer += 1;
  }
  expect(taken.agent).toBeGreaterThan(1_000);
  expect(taken.customer).toBeGreaterThan(1_000);
});

test.each(['agent', 'customer'] as const)(
  'the largest and worst frames of %s cost no more than their length',
  (role) => {
    const { source } = messagePatterns[role];
    const named = role === 'agent' ? '"conversationId":"c-1",' : '';
    const start = `{"type":"command","cid":"a1","n":1,"op":"message.send",${named}"text":"`;
    const length = 16 * 1024;
    const worst = [
      start + 'a'.repeat(length),
      `${start}${'a'.repeat(length)}"`,
      `${start}${'a'.repeat(length)}"} `,
      `${start}${' '.repeat(length)}"}`,
      `${start}${'"}'.repeat(length / 2)}`,
      `${start}${'\\"'.repeat(length / 2)}"}`,
      `{"type":"command","cid":"${'a'.repeat(length)}`,
      `{"type":"command","cid":"a","n":${'1'.repeat(length)}`,
      '{"type":"command","cid":"'.repeat(length / 25),
    ];
    for (const frame of worst) expect(stepsOf(source, frame)).toBeLessThan(4 * frame.length + 1_000);
  },
);

test('the count of steps tells a pattern in which two runs may take the same letter', () => {
  expect(stepsOf('^"([^"]*x[^"]*)"$', `"${'x'.repeat(400)}`)).toBeGreaterThan(400 * 100);
});
