import { expect, test } from 'vitest';
import { encodeRecord } from '../../main/hub/loop/encode-record';
import { parseRecord } from '../../main/hub/state/message-record';
import { type HubRecord, hubRecord } from '../../main/hub/state/records';
import { livedRecords, seededRandom } from './support/lived';

test('a record reads as it was written, and a message by either side is written in short', async () => {
  const records = await livedRecords(7, 150);
  const kinds = new Set<string>();
  for (const record of records) {
    const { json, only } = encodeRecord(record);
    expect(parseRecord(json)).toEqual(record);
    // As format 4 wrote it.
    expect(parseRecord(JSON.stringify(record))).toEqual(record);
    if (!only) continue;
    kinds.add(only.message.from.kind);
    if (record.answer?.kind === 'ack' && !only.message.attachments) {
      expect(json.startsWith('[')).toBe(true);
      expect(json.length).toBeLessThan(JSON.stringify(record).length / 2);
    }
    expect(JSON.parse(`{${only.added.forAgents()}`).message).toEqual(only.message);
  }
  expect(kinds).toEqual(new Set(['agent', 'customer']));
});

type Random = () => number;
const whole = (random: Random, below: number) => Math.floor(random() * below);
const pick = <T>(random: Random, from: readonly T[]): T => from[whole(random, from.length)]!;
const pieces = [
  'a',
  '"',
  '\\',
  '\n',
  '\u0000',
  '\u2028',
  '</script>',
  '订单',
  '👋',
  '\ud800',
  '[',
  ',',
  'null',
  ']',
  '/',
];

function text(random: Random): string {
  return Array.from({ length: whole(random, 12) }, () => pick(random, pieces)).join('');
}

/** One that only adds a message, or nearly. */
function randomRecord(random: Random): HubRecord {
  const seq = 1 + whole(random, 1e6);
  const at = whole(random, 2e12);
  const [person, conversationId, name] = [`p${text(random).replaceAll('/', '')}`, `c${text(random)}`, text(random)];
  const isAgent = random() < 0.5;
  const from = isAgent ? ({ kind: 'agent', agentId: person, name } as const) : ({ kind: 'customer' } as const);
  const routed = { at, conversationId, ...(isAgent ? { from: 'agent', agentId: person } : { from: 'customer' }) };
  const message = { messageId: `${seq}.1`, conversationId, at, from, text: text(random), line: null };
  return {
    seq,
    at,
    device: `${person}/${text(random)}`,
    n: 1 + whole(random, 1e6),
    answer: { kind: 'ack', cid: `i${text(random)}` },
    events: [
      { of: 'routing', event: { type: 'conversation.message', ...routed } as never },
      { of: 'hub', event: { type: 'message.added', message } },
    ],
  };
}

// biome-ignore lint/suspicious/noExplicitAny: spoils any part
type Any = any;
const spoilt: readonly ((record: Any) => void)[] = [
  (record) => delete record.device,
  (record) => delete record.n,
  (record) => delete record.answer,
  (record) => Object.assign(record, { more: 1 }),
  (record) => Object.assign(record.answer, { result: { messageId: '1.1' } }),
  (record) => Object.assign(record, { answer: { kind: 'refused', cid: 'a', code: 'b', message: '' } }),
  (record) => record.events.reverse(),
  (record) => record.events.push(record.events[1]),
  (record) => record.events.pop(),
  (record) => Object.assign(record.events[0].event, { at: 1 }),
  (record) => Object.assign(record.events[0].event, { conversationId: 'x' }),
  (record) => Object.assign(record.events[0].event, { agentId: 'x' }),
  (record) => Object.assign(record.events[0].event, { from: 'agent' }),
  (record) => Object.assign(record.events[0].event, { more: 1 }),
  (record) => Object.assign(record.events[0], { more: 1 }),
  (record) => Object.assign(record.events[1].event, { more: 1 }),
  (record) => Object.assign(record.events[1].event.message, { messageId: '1.2' }),
  (record) => Object.assign(record.events[1].event.message, { at: 1 }),
  (record) => Object.assign(record.events[1].event.message, { line: { code: 'joined', params: {} } }),
  (record) => Object.assign(record.events[1].event.message, { attachments: [] }),
  (record) => Object.assign(record.events[1].event.message, { from: { kind: 'system' } }),
  (record) => Object.assign(record.events[1].event.message, { from: { kind: 'note', agentId: 'a', name: 'b' } }),
  (record) => Object.assign(record.events[1].event.message.from, { agentId: 'x' }),
  (record) => Object.assign(record.events[1].event.message.from, { more: 1 }),
];

test('whatever a record holds, it reads as it was written: in short where that has a place for all of it', () => {
  const random = seededRandom(11);
  const figures = { short: 0, whole: 0 };
  for (let run = 0; run < 4_000; run += 1) {
    const record = randomRecord(random);
    const isSpoilt = random() < 0.6;
    if (isSpoilt) pick(random, spoilt)(record);
    const { json } = encodeRecord(record);
    const isShort = json.startsWith('[');
    figures[isShort ? 'short' : 'whole'] += 1;
    if (!isSpoilt) expect(isShort).toBe(true);
    expect(json).not.toContain('\n');
    expect(parseRecord(json)).toEqual(JSON.parse(JSON.stringify(record)));
  }
  expect(figures.short).toBeGreaterThan(1_000);
  expect(figures.whole).toBeGreaterThan(1_000);
});

test('what is read from a short line is looked at by the same schema as every record', () => {
  const { json } = encodeRecord(randomRecord(seededRandom(3)));
  expect(hubRecord.safeParse(parseRecord(json)).success).toBe(true);
  const line = JSON.parse(json) as unknown[];
  for (const place of line.keys()) {
    const bad = JSON.stringify(line.map((each, index) => (index === place ? {} : each)));
    expect(() => hubRecord.parse(parseRecord(bad))).toThrow();
  }
});
