import type { Role } from '../../../../shared/protocol/fields';
import { agentPriorityRange, capacityRange } from '../../../../shared/protocol/limits';
import type { AgentView } from '../../../../shared/protocol/views';

/** An agent in the form. A number field that is being typed in may hold a string. */
export interface AgentDraft {
  name: string;
  role: Role;
  capacity: number | string;
  /** The priority by group. */
  memberships: Readonly<Record<string, number | string>>;
}

const usualCapacity = 5;

/** The form's initial values. If the office has only one group, a new agent is put into it. */
export function agentDraft(agent: AgentView | null, groupIds: readonly string[]): AgentDraft {
  if (agent) {
    const { name, role, capacity, groups } = agent;
    return {
      name,
      role,
      capacity,
      memberships: Object.fromEntries(groups.map((each) => [each.groupId, each.priority])),
    };
  }
  const [only, second] = groupIds;
  const memberships = only !== undefined && second === undefined ? { [only]: 1 } : {};
  return { name: '', role: 'agent', capacity: usualCapacity, memberships };
}

/** The draft with this priority in a group; null removes the agent from it. */
export function withMembership(draft: AgentDraft, groupId: string, priority: number | string | null): AgentDraft {
  const { [groupId]: _, ...others } = draft.memberships;
  return { ...draft, memberships: priority === null ? others : { ...others, [groupId]: priority } };
}

/** The fields of `agent.put`; a group that was removed meanwhile is left out. */
export function agentFields(draft: AgentDraft, isGroup: (groupId: string) => boolean) {
  const memberOf = Object.entries(draft.memberships).filter(([groupId]) => isGroup(groupId));
  return {
    name: draft.name.trim(),
    role: draft.role,
    capacity: Number(draft.capacity),
    groups: memberOf.map(([groupId, priority]) => ({ groupId, priority: Number(priority) })),
  };
}

export function isFitCapacity(capacity: number | string): boolean {
  return isWithin(capacity, capacityRange);
}

export function isFitPriority(priority: number | string): boolean {
  return isWithin(priority, agentPriorityRange);
}

function isWithin(value: number | string, range: { min: number; max: number }): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= range.min && value <= range.max;
}
