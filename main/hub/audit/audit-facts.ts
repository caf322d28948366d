import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import type { AuditChange } from '../../../shared/protocol/audit';
import type { WorkingHours } from '../../../shared/protocol/hours';
import { officeOf } from '../state/config';
import type { HubState } from '../state/hub-state';

type Value = AuditChange['before'];
/** By dotted path. */
export type Facts = ReadonlyMap<string, Value>;

/** What a command may change, as it is now; taken before and after it. */
export function factsOf(state: HubState, command: AgentCommand, id: string | null): Facts {
  switch (command.op) {
    case 'settings.update':
      return flat({ ...state.routing.settings });
    case 'group.put':
    case 'group.remove':
      return groupFacts(state, id);
    case 'agent.put':
    case 'agent.remove':
    case 'agent.revoke':
      return agentFacts(state, id);
    case 'device.revoke':
      return flat({ device: state.config.devices.get(command.deviceId)?.label ?? null });
    case 'office.put':
      return officeFacts(state);
    case 'cannedReply.put':
    case 'cannedReply.remove':
      return cannedReplyFacts(state, id);
    case 'status.set':
      return flat({ status: state.routing.agents.get(id ?? '')?.status ?? null });
    case 'reception.set':
      return flat({ automatic: state.routing.agents.get(id ?? '')?.automatic ?? null });
    case 'join.answer':
      return new Map();
    case 'customer.block':
    case 'block.lift':
      return blockFacts(state, id);
    case 'conversation.claim':
    case 'conversation.transfer':
    case 'conversation.close':
      return conversationFacts(state, command.conversationId);
    default:
      return new Map();
  }
}

export function changesBetween(before: Facts, after: Facts): AuditChange[] {
  const changes: AuditChange[] = [];
  for (const field of new Set([...before.keys(), ...after.keys()])) {
    const change = { field, before: before.get(field) ?? null, after: after.get(field) ?? null };
    if (change.before !== change.after) changes.push(change);
  }
  return changes;
}

function officeFacts({ config }: HubState): Facts {
  const { tags, wrapUpCodes, ...others } = officeOf(config);
  return flat({ ...others, tags: tags.join(', '), wrapUpCodes: wrapUpCodes.join(', ') });
}

function groupFacts({ config }: HubState, id: string | null): Facts {
  const group = config.groups.get(id ?? '');
  if (!group) return new Map();
  const { name, settings, hours } = group;
  return flat({ name, settings, hours: hours && hoursFacts(hours) });
}

function hoursFacts({ timeZone, weekly, holidays }: WorkingHours) {
  const span = ({ from, to }: { from: string; to: string }) => `${from}–${to}`;
  return {
    timeZone,
    weekly: weekly.map((each) => `${each.day}: ${span(each)}`).join(', '),
    holidays: holidays.map(({ date, periods }) => `${date}: ${periods.map(span).join(' ')}`).join(', '),
  };
}

function cannedReplyFacts({ config }: HubState, id: string | null): Facts {
  const found = config.cannedReplies.get(id ?? '');
  return found ? flat({ shortcut: found.shortcut, text: found.text }) : new Map();
}

function agentFacts({ config }: HubState, id: string | null): Facts {
  const account = config.accounts.get(id ?? '');
  if (!account) return new Map();
  const { name, role, capacity, groups } = account;
  let devices = 0;
  for (const each of config.devices.values()) if (each.agentId === id) devices += 1;
  const nameOf = (groupId: string): string => config.groups.get(groupId)?.name ?? groupId;
  const priorities = Object.fromEntries(groups.map(({ groupId, priority }) => [nameOf(groupId), priority]));
  return flat({
    name,
    role,
    capacity,
    devices,
    passphrase: config.passphrases.has(account.agentId),
    groups: priorities,
  });
}

/** By the customer's id, or by the block's. */
function blockFacts({ config }: HubState, id: string | null): Facts {
  const found = [...config.blocks.values()].find(({ blockId, customerId }) => blockId === id || customerId === id);
  return found ? flat({ until: found.until ?? 'forGood', withAddress: found.address !== null }) : new Map();
}

function conversationFacts({ config, routing }: HubState, conversationId: string): Facts {
  const found = routing.conversations.get(conversationId);
  if (!found) return new Map();
  const { stage, groupId } = found;
  const agentId = stage.kind === 'active' ? stage.agentId : null;
  const agent = agentId === null ? null : (config.accounts.get(agentId)?.name ?? agentId);
  return flat({ agent, group: config.groups.get(groupId)?.name ?? groupId });
}

function flat(value: object, path = '', into = new Map<string, Value>()): Map<string, Value> {
  for (const [key, each] of Object.entries(value)) {
    const field = path === '' ? key : `${path}.${key}`;
    if (typeof each === 'object' && each !== null) flat(each, field, into);
    else if (each !== undefined) into.set(field, each as Value);
  }
  return into;
}
