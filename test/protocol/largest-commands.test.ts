import { expect, test } from 'vitest';
import * as z from 'zod';
import { problemsOf } from '../../renderer/workstation/settings/hours/hours-draft';
import { createConnection } from '../../shared/client/connection';
import type { AgentWire } from '../../shared/client/wire';
import { agentCommand } from '../../shared/protocol/agent-wire';
import { chatPageBytesMax, chatPageDefault } from '../../shared/protocol/chat-page';
import { customerCommand } from '../../shared/protocol/customer-wire';
import { frameBytesMax } from '../../shared/protocol/frame-bytes';
import { hoursBytesMax, workingHours } from '../../shared/protocol/hours';
import { countingRandom, FakeTransport, HandClock, memoryStorage } from '../client/wire';

type JsonSchema = Record<string, unknown> & { type?: string; pattern?: string; format?: string };

/** What strings of a fixed form look like. */
const fixed = ['a'.repeat(64), '23:59', '24:00', '2027-01-31'];
/** Fields whose worth decides. */
const known: Record<string, unknown> = {
  timeZone: 'America/Argentina/ComodRivadavia',
  hours: null,
  chatPage: chatPageDefault,
};

/** The largest value of a schema, with every field, where each character takes as much as `fill`. */
function largest(schema: JsonSchema, fill: string): unknown {
  if (Array.isArray(schema.type)) return largest({ ...schema, type: schema.type[0] }, fill);
  const options = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (options)
    return options
      .map((each) => largest(each, fill))
      .sort(bySize)
      .at(-1);
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return [...schema.enum].sort(bySize).at(-1);
  switch (schema.type) {
    case 'string': {
      const { pattern, maxLength } = schema;
      if (typeof maxLength === 'number') return fill.repeat(maxLength);
      const found = fixed.find((each) => pattern !== undefined && new RegExp(pattern).test(each));
      if (found === undefined) throw new Error(`a text without a limit: ${JSON.stringify(schema)}`);
      return found;
    }
    case 'number':
    case 'integer':
      return schema.maximum ?? Number.MAX_SAFE_INTEGER;
    case 'boolean':
      return false;
    case 'null':
      return null;
    case 'array': {
      if (typeof schema.maxItems !== 'number') throw new Error(`a list without a limit: ${JSON.stringify(schema)}`);
      return Array.from({ length: schema.maxItems }, () => largest(schema.items as JsonSchema, fill));
    }
    case 'object': {
      const fields = Object.entries(schema.properties as Record<string, JsonSchema>);
      return Object.fromEntries(
        fields.map(([name, each]) => [name, name in known ? known[name] : largest(each, fill)]),
      );
    }
    default:
      throw new Error(`not known here: ${JSON.stringify(schema)}`);
  }
}

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
const bySize = (a: unknown, b: unknown) => bytesOf(a) - bytesOf(b);

const commands = [
  ...agentCommand.options.map((option) => ({ role: 'agent' as const, option })),
  ...customerCommand.options.map((option) => ({ role: 'customer' as const, option })),
].map(({ role, option }) => ({ role, op: option.shape.op.value, schema: z.toJSONSchema(option) as JsonSchema }));

// In characters of three bytes, as most of Chinese. Hours and the page have a limit of their own, by which they fit.
test.each(commands)('the largest $op of $role fits its frame', ({ role, op, schema }) => {
  const hoursBytes = op === 'group.put' || op === 'officeHours.put' ? hoursBytesMax : 0;
  const pageBytes = op === 'chatPage.put' ? chatPageBytesMax : 0;
  expect(bytesOf(largest(schema, '界')) + hoursBytes + pageBytes).toBeLessThanOrEqual(frameBytesMax[role]);
});

// In characters that JSON writes with six.
test.each(commands)('a larger $op of $role is refused before it is sent', async ({ role, schema }) => {
  const transport = new FakeTransport();
  const connection = createConnection<AgentWire>({
    transport,
    clock: new HandClock(),
    random: countingRandom(),
    storage: memoryStorage(),
    url: 'ws://127.0.0.1:1/ws',
    deviceId: 'd1',
    proto: 1,
    hello: () => ({ role }) as never,
    on: { link: () => {}, welcome: () => {}, event: () => {}, caughtUp: () => {} },
  });
  connection.start();
  transport.line.welcome();
  const { type: _type, cid: _cid, n: _n, ...body } = largest(schema, '\u001b') as Record<string, unknown>;
  const { answer } = connection.send(body as never);
  const [sent] = transport.line.commands();
  if (sent) expect(bytesOf(sent)).toBeLessThanOrEqual(frameBytesMax[role]);
  else expect(await answer).toMatchObject({ ok: false, code: 'frameTooLarge' });
});

test('hours are refused above their limit, and within it they are what they were', () => {
  const day = (i: number) => new Date(i * 86_400_000).toISOString().slice(0, 10);
  const hours = (count: number) => ({
    timeZone: 'Europe/Lisbon',
    weekly: [],
    holidays: Array.from({ length: count }, (_, i) => ({ date: day(i), name: '界'.repeat(80), periods: [] })),
  });
  const fitting = Math.floor((hoursBytesMax - bytesOf(hours(0))) / (bytesOf(hours(2)) - bytesOf(hours(1))));
  expect(workingHours.parse(hours(fitting))).toEqual(hours(fitting));
  expect(workingHours.safeParse(hours(fitting + 1)).success).toBe(false);
  expect(problemsOf(hours(fitting + 1))).toEqual(new Map([['holidays', 'tooMuch']]));
});
