import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { agentResults } from '../../shared/protocol/agent-results';
import { agentCommand, agentEvent, fromAgent, toAgent } from '../../shared/protocol/agent-wire';
import { assistantCommand, assistantEvent, fromAssistant, toAssistant } from '../../shared/protocol/assistant-wire';
import { closeCodes, finalCloseNames } from '../../shared/protocol/close-codes';
import { customerCommand, customerEvent, fromCustomer, toCustomer } from '../../shared/protocol/customer-wire';
import { refusedCodes } from '../../shared/protocol/refused-codes';
import { systemLine } from '../../shared/protocol/views';

const text = readFileSync(new URL('../../shared/protocol/PROTOCOL.md', import.meta.url), 'utf8');
/** A batch shows several. */
const frames = [...text.matchAll(/```json\n([\s\S]*?)\n```/g)].flatMap(([, shown = '']) =>
  shown.startsWith('[') ? (JSON.parse(shown) as unknown[]).map((frame) => JSON.stringify(frame)) : [shown],
);
const schemas = [fromAgent, toAgent, fromCustomer, toCustomer, fromAssistant, toAssistant];

/** What a schema keeps of a frame: a field it does not know would be missing here. */
const decodings = (frame: string) =>
  schemas.flatMap((schema) => {
    const parsed = schema.safeParse(JSON.parse(frame));
    return parsed.success ? [JSON.stringify(sorted(parsed.data))] : [];
  });

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

test('there are examples', () => {
  expect(frames.length).toBeGreaterThan(15);
});

test.each(frames)('decodes, with every field known: %s', (frame) => {
  expect(decodings(frame)).toContain(JSON.stringify(sorted(JSON.parse(frame))));
});

test('every result that is shown is one of its command, with every field known', () => {
  let op = '';
  const results = frames.flatMap((text) => {
    const frame = JSON.parse(text);
    if (frame.type === 'command') op = frame.op;
    return frame.type === 'ack' && frame.result ? [{ op, result: frame.result }] : [];
  });
  expect(results.length).toBeGreaterThan(4);
  for (const { op, result } of results)
    expect([op, sorted(agentResults[op as keyof typeof agentResults].parse(result))]).toEqual([op, sorted(result)]);
});

test('every kind of frame is shown', () => {
  const shown = new Set(frames.map((frame) => JSON.parse(frame).type));
  const types = new Set(schemas.flatMap((schema) => schema.options.flatMap((option) => typesOf(option))));
  expect([...types].filter((type) => !shown.has(type))).toEqual([]);
});

function typesOf(option: object): string[] {
  const { shape, options } = option as { shape?: { type: { value: string } }; options?: object[] };
  return shape ? [shape.type.value] : (options ?? []).flatMap(typesOf);
}

const mentioned = (word: string) => text.includes(`\`${word}\``);

test('every command, event, close code and system line is described', () => {
  const words = [
    ...agentCommand.options.map((option) => option.shape.op.value),
    ...customerCommand.options.map((option) => option.shape.op.value),
    ...assistantCommand.options.map((option) => option.shape.op.value),
    ...agentEvent.options.map((option) => option.shape.name.value),
    ...customerEvent.options.map((option) => option.shape.name.value),
    ...assistantEvent.options.map((option) => option.shape.name.value),
    ...Object.keys(closeCodes),
    ...systemLine.options,
  ];
  expect(words.filter((word) => !mentioned(word))).toEqual([]);
});

test('the table of close codes has the numbers, and says where a person has to act first', () => {
  const numbers = Object.values(closeCodes);
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const [name, number] of Object.entries(closeCodes)) {
    const row = text.split('\n').find((line) => line.startsWith(`| ${number} | \`${name}\` |`));
    expect([name, row?.endsWith('| no |')]).toEqual([name, finalCloseNames.includes(name as keyof typeof closeCodes)]);
  }
});

test.each(['over', 'change', 'later'] as const)(
  'the refusals of the kind `%s` are those that the hub gives',
  (kind) => {
    const row = text.split('\n').find((line) => line.startsWith(`| **${kind}**`)) ?? '';
    const codes = [...row.split('|')[2]!.matchAll(/`(\w+)`/g)].map((match) => match[1]);
    expect(codes).toEqual([...refusedCodes[kind]]);
  },
);

test('each refusal of a hello is described', () => {
  expect(refusedCodes.hello.filter((code) => !mentioned(code))).toEqual([]);
});
