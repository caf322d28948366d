import type { AgentView, ConversationView, GroupView } from '../../../../shared/protocol/views';
import type { OfficeState } from '../../session/office-state';

export interface TransferTargets {
  /** Connected and not offline or on a break; members of the conversation's group first, then by free capacity. */
  agents: AgentView[];
  groups: { group: GroupView; online: number }[];
}

/** The agents and groups that a conversation can be transferred to. */
export function transferTargets(
  state: Pick<OfficeState, 'agents' | 'groups'>,
  conversation: Pick<ConversationView, 'groupId'>,
  myId: string,
  search: string,
): TransferTargets {
  const wanted = search.trim().toLocaleLowerCase();
  const matches = (name: string) => wanted === '' || name.toLocaleLowerCase().includes(wanted);
  const isMember = (agent: AgentView, groupId: string) => agent.groups.some((each) => each.groupId === groupId);
  const agents = [...state.agents.values()]
    .filter((agent) => agent.agentId !== myId && canRing(agent) && matches(agent.name))
    .sort(
      (a, b) =>
        Number(isMember(b, conversation.groupId)) - Number(isMember(a, conversation.groupId)) ||
        Number(b.status === 'online') - Number(a.status === 'online') ||
        a.load / Math.max(1, a.capacity) - b.load / Math.max(1, b.capacity) ||
        a.name.localeCompare(b.name),
    );
  const groups = [...state.groups.values()]
    .filter((group) => matches(group.name))
    .map((group) => ({
      group,
      online: [...state.agents.values()].filter(
        (agent) => agent.connected && agent.status === 'online' && isMember(agent, group.groupId),
      ).length,
    }))
    .sort((a, b) => a.group.name.localeCompare(b.group.name));
  return { agents, groups };
}

function canRing(agent: AgentView): boolean {
  return agent.connected && (agent.status === 'online' || agent.status === 'busy');
}
