import type { AgentView } from '../../../../shared/protocol/views';

/** Sorts by name. */
export function byName<T extends { name: string }>(a: T, b: T): number {
  return a.name.localeCompare(b.name);
}

export function priorityIn(agent: AgentView, groupId: string): number | null {
  return agent.groups.find((membership) => membership.groupId === groupId)?.priority ?? null;
}

/** A group's members in the order in which they are asked when agent priority is on. */
export function membersOf(agents: Iterable<AgentView>, groupId: string): AgentView[] {
  return [...agents]
    .filter((agent) => priorityIn(agent, groupId) !== null)
    .sort((a, b) => (priorityIn(a, groupId) ?? 0) - (priorityIn(b, groupId) ?? 0) || byName(a, b));
}

/** The agent's groups with another place in this one; null removes the agent from it. */
export function withPriority(agent: AgentView, groupId: string, priority: number | null): AgentView['groups'] {
  const others = agent.groups.filter((membership) => membership.groupId !== groupId);
  if (priority === null) return others;
  const at = agent.groups.findIndex((membership) => membership.groupId === groupId);
  others.splice(at < 0 ? others.length : at, 0, { groupId, priority });
  return others;
}

export interface PriorityChange {
  agent: AgentView;
  /** null: out of the group. */
  priority: number | null;
}

/**
 * The priorities to save so that one member moves up (-1) or down (+1): only those that change. Equal priorities become
 * different on the way.
 */
export function moveMember(
  members: readonly AgentView[],
  groupId: string,
  index: number,
  step: -1 | 1,
): PriorityChange[] {
  const to = index + step;
  const moved = members[index];
  const other = members[to];
  if (!moved || !other) return [];
  const order = [...members];
  order[index] = other;
  order[to] = moved;
  let last = 0;
  return order.flatMap((agent) => {
    const now = priorityIn(agent, groupId) ?? 1;
    const priority = now > last && agent !== moved && agent !== other ? now : last + 1;
    last = priority;
    return priority === now ? [] : [{ agent, priority }];
  });
}
