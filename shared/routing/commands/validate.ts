import type { AgentStatus, Command, CommandType, Refusal, RefusalCode, RefusalNow } from '../types';

export function refuse(code: RefusalCode, message: string, detail: { field?: string; now?: RefusalNow } = {}): Refusal {
  return { code, message, ...detail };
}

type Check = (value: unknown) => string | null;

const ID_LENGTH_MAX = 200;
const TEXT_LENGTH_MAX = 10_000;
const CAPACITY_MAX = 1_000;
const AGENT_PRIORITY_MAX = 1_000;
const STATUSES: readonly AgentStatus[] = ['online', 'busy', 'shortBreak', 'offline'];

const id: Check = (value) => {
  if (typeof value !== 'string' || value.length === 0) return 'must be a text that is not empty';
  return value.length > ID_LENGTH_MAX ? `must have at most ${ID_LENGTH_MAX} characters` : null;
};
const text: Check = (value) => {
  if (typeof value !== 'string') return 'must be a text';
  return value.length > TEXT_LENGTH_MAX ? `must have at most ${TEXT_LENGTH_MAX} characters` : null;
};
const flag: Check = (value) => (typeof value === 'boolean' ? null : 'must be true or false');
const whole = (min: number, max: number): Check => {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? null
      : `must be a whole number from ${min} to ${max}`;
};
const oneOf = (choices: readonly unknown[]): Check => {
  return (value) => (choices.includes(value) ? null : `must be one of: ${choices.join(', ')}`);
};
const optional = (check: Check): Check => {
  return (value) => (value === undefined ? null : check(value));
};
const anything: Check = () => null;
const duration: Check = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? null : 'must be a number of milliseconds';

const moment: Check = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? null : 'must be a time in epoch milliseconds';
const ids: Check = (value) =>
  Array.isArray(value) && value.every((each) => id(each) === null) ? null : 'must be a list of ids';

const priority = whole(1, AGENT_PRIORITY_MAX);
const memberships: Check = (value) => {
  if (!Array.isArray(value)) return 'must be a list of groups';
  const seen = new Set<unknown>();
  for (const entry of value as unknown[]) {
    if (typeof entry !== 'object' || entry === null) return 'must be a list of { groupId, priority }';
    const member = entry as { groupId?: unknown; priority?: unknown };
    const problem = id(member.groupId) ?? priority(member.priority);
    if (problem !== null) return `has an entry that ${problem}`;
    if (seen.has(member.groupId)) return 'names a group twice';
    seen.add(member.groupId);
  }
  return null;
};
const target: Check = (value) => {
  if (typeof value !== 'object' || value === null) return 'must name an agent or a group';
  const to = value as { agentId?: unknown; groupId?: unknown };
  if ((to.agentId === undefined) === (to.groupId === undefined)) return 'must name either an agent or a group';
  return id(to.agentId ?? to.groupId);
};

const shapes: Record<CommandType, Record<string, Check>> = {
  'settings.update': { settings: anything },
  'group.put': { groupId: id, name: text, settings: anything },
  'group.remove': { groupId: id, moveTo: optional(id) },
  'group.open': { groupId: id, open: flag },
  'agent.put': { agentId: id, name: text, capacity: whole(0, CAPACITY_MAX), groups: memberships },
  'agent.remove': { agentId: id },
  'agent.connect': { agentId: id },
  'agent.disconnect': { agentId: id },
  'agent.status': { agentId: id, status: oneOf(STATUSES), reason: optional(text), by: optional(id) },
  'agent.idle': { agentId: id },
  'agent.afterThis': { agentId: id, status: oneOf(['busy', 'shortBreak', 'offline', null]), reason: optional(text) },
  'agent.reception': { agentId: id, automatic: oneOf([true, false, null]) },
  'assistant.put': { assistantId: id, name: text, groupIds: ids },
  'assistant.remove': { assistantId: id },
  'assistant.connect': { assistantId: id },
  'assistant.disconnect': { assistantId: id },
  'conversation.open': {
    conversationId: id,
    customerId: id,
    groupId: id,
    priority: optional(whole(0, 9)),
    channel: optional(id),
    agentId: optional(id),
  },
  'conversation.reopen': { conversationId: id, agentId: optional(id) },
  'conversation.leave': { conversationId: id },
  'offer.accept': { agentId: id, offerId: id },
  'offer.decline': { agentId: id, offerId: id, reason: optional(text) },
  'conversation.ack': { agentId: id, conversationId: id },
  'message.sent': {
    conversationId: id,
    from: oneOf(['agent', 'customer', 'assistant']),
    agentId: optional(id),
    assistantId: optional(id),
    unseenSince: optional(moment),
  },
  'conversation.handOver': {
    conversationId: id,
    assistantId: optional(id),
    groupId: optional(id),
    priority: optional(whole(0, 9)),
    note: optional(text),
  },
  'conversation.handBack': { agentId: id, conversationId: id },
  'conversation.claim': { agentId: id, conversationId: id, force: optional(flag) },
  'conversation.transfer': { agentId: id, conversationId: id, to: target, note: optional(text), force: optional(flag) },
  'conversation.close': { conversationId: id, by: oneOf(['agent', 'customer', 'system']), agentId: optional(id) },
  'wrapUp.done': { agentId: id, conversationId: id },
  'receptionists.forget': { customerIds: ids },
  'receptionist.recall': { customerId: id, receptionistId: id, wroteAt: moment },
  'hub.started': {},
  tick: { sleptMs: optional(duration) },
};

/** TM1: checks `at`, before all else: without a valid time not even deadlines can be handled. */
export function timeProblem(command: Command): Refusal | null {
  const at: unknown = (command as { at?: unknown } | null | undefined)?.at;
  if (typeof at === 'number' && Number.isFinite(at)) return null;
  return refuse('commandInvalid', 'at must be a time in epoch milliseconds', { field: 'at' });
}

/** SE3: refuses a malformed command, naming its first wrong field. A few type checks instead of a schema, for speed. */
export function shapeProblem(command: Command): Refusal | null {
  const type: unknown = command.type;
  if (typeof type !== 'string' || !Object.hasOwn(shapes, type)) {
    return refuse('commandUnknown', `there is no command ${String(type)}`, { field: 'type' });
  }
  const shape = shapes[type as CommandType];
  for (const field in shape) {
    const problem = shape[field]!((command as unknown as Record<string, unknown>)[field]);
    if (problem !== null) return refuse('commandInvalid', `${field} ${problem}`, { field });
  }
  return null;
}
