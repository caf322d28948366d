import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultLimits, type Rate, type Rates } from '../../main/hub/limits';

const text = readFileSync(new URL('../../shared/protocol/PROTOCOL.md', import.meta.url), 'utf8');
const { budgets, customers, linesPerAddressMax, attachments } = defaultLimits;

const figure = (count: number) => Number(count.toFixed(2)).toLocaleString('en');

function bytes(count: number): string {
  return count >= 1024 ** 2 ? `${figure(count / 1024 ** 2)} MiB` : `${figure(count / 1024)} KiB`;
}

/** In the first span of time that makes at least one of it. */
function rate({ burst, perSecond }: Rate, say = figure): string {
  const spans: [string, number][] = [
    ['second', 1],
    ['minute', 60],
    ['hour', 3_600],
    ['day', 86_400],
  ];
  const least = say === figure ? 1 : 1024;
  const [span, seconds] = spans.find(([, each]) => perSecond * each >= least) ?? spans.at(-1)!;
  return `${say(burst)}, then ${say(perSecond * seconds)} a ${span}`;
}

function row(name: string, { person, address }: Rates, say = figure): string {
  return `| ${name} | ${person ? rate(person, say) : ''} | ${address ? rate(address, say) : ''} |`;
}

test('every figure of what somebody may do is the one that holds', () => {
  const { agent, assistant, customer } = budgets;
  type Name =
    | `agent.${keyof typeof agent}`
    | `assistant.${keyof typeof assistant}`
    | `customer.${keyof typeof customer}`;
  const rows: Record<Name, string> = {
    'agent.sockets': row('agents: new sockets', agent.sockets),
    'agent.requests': row('agents: HTTP requests', agent.requests),
    'agent.lines': row('agents: new lines', agent.lines),
    'agent.frames': row('agents: frames', agent.frames),
    'agent.uploads': row('agents: files', agent.uploads),
    'assistant.commands': row('assistants: commands', assistant.commands),
    'assistant.commandBytes': row('assistants: bytes of commands', assistant.commandBytes, bytes),
    'assistant.refusals': row('assistants: refused commands', assistant.refusals),
    'customer.sockets': row('new sockets', customer.sockets),
    'customer.requests': row('HTTP requests', customer.requests),
    'customer.lines': row('new lines', customer.lines),
    'customer.hellos': row('hellos', customer.hellos),
    'customer.frames': row('frames', customer.frames),
    'customer.commands': row('commands', customer.commands),
    'customer.commandBytes': row('bytes of commands', customer.commandBytes, bytes),
    'customer.refusals': row('refused commands', customer.refusals),
    'customer.newCustomers': row('new customers', customer.newCustomers),
    'customer.conversations': row('conversations opened', customer.conversations),
    'customer.leftMessages': row('messages left', customer.leftMessages),
    'customer.uploads': row('files', customer.uploads),
    'customer.uploadBytes': row('bytes of files', customer.uploadBytes, bytes),
    'customer.uploadBytesUnserved': row('the same, before an agent has had them', customer.uploadBytesUnserved, bytes),
  };
  for (const wanted of Object.values(rows)) expect(text).toContain(wanted);
});

test('so is every figure of what there may be at once', () => {
  const { agent, customer } = attachments.uploadsAtOnceMax;
  const rows = [
    `| lines | | ${linesPerAddressMax.customer}; agents ${linesPerAddressMax.agent} | sockets ${figure(customers.socketsMax)} |`,
    `| open conversations | 1 | ${customers.conversationsPerAddressMax} | ${figure(customers.conversationsMax)} |`,
    `| left messages nobody has seen to | ${customers.leftMessagesPerCustomerMax} | | ${figure(customers.leftMessagesMax)} |`,
    `| files on their way | ${customer.person}; agents ${agent.person} | ${customer.address} | ${customer.all}; agents ${agent.all} |`,
  ];
  for (const wanted of rows) expect(text).toContain(wanted);
  const { frameCost, descriptorsKept, requestsWaitingMax, transferIdleMs } = defaultLimits;
  expect(text).toContain(`more than ${requestsWaitingMax} of them without waiting for answers`);
  expect(text).toContain(`nothing of an answer for ${transferIdleMs / 1_000} s`);
  expect(text).toContain(`Every ${figure(frameCost.characters)} characters of a frame cost one more`);
  expect(text).toContain(`a ping or pong of the WebSocket itself ${frameCost.control}.`);
  expect(text).toContain(`fewer than ${descriptorsKept} more`);
  const { bytes: slow, everyMs } = attachments.uploadPaceMin;
  expect(text).toContain(`less than ${bytes(slow)} in ${everyMs / 1_000} s`);
});
