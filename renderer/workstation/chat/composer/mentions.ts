import { mentionsMax } from '../../../../shared/protocol/limits';
import type { AgentView, ConversationView } from '../../../../shared/protocol/views';
import { createNameMatcher } from '../../ui/matches';

type Seen = Pick<ConversationView, 'groupId' | 'agentId' | 'fromAgentId'>;

/** Whom a note about this conversation may call: those who may see it, the ones who are there first. */
export function colleaguesFor(agents: Iterable<AgentView>, conversation: Seen, myId: string): AgentView[] {
  const { groupId, agentId, fromAgentId } = conversation;
  const sees = (agent: AgentView) =>
    agent.role === 'supervisor' ||
    agent.agentId === agentId ||
    agent.agentId === fromAgentId ||
    agent.groups.some((each) => each.groupId === groupId);
  const isThere = (agent: AgentView) => agent.connected && agent.status !== 'offline';
  return [...agents]
    .filter((agent) => agent.agentId !== myId && sees(agent))
    .sort((a, b) => Number(isThere(b)) - Number(isThere(a)) || a.name.localeCompare(b.name));
}

export function findColleagues(colleagues: readonly AgentView[], query: string): AgentView[] {
  const isMatch = createNameMatcher(query);
  return colleagues.filter(({ name }) => isMatch(name));
}

/** Those whose `@name` stands in the text, as many as a note may call. Of two names the longer one is meant. */
export function mentionedIn(text: string, colleagues: readonly AgentView[]): string[] {
  let rest = text;
  const mentioned: string[] = [];
  for (const { agentId, name } of [...colleagues].sort((a, b) => b.name.length - a.name.length)) {
    if (!rest.includes(`@${name}`)) continue;
    rest = rest.replaceAll(`@${name}`, ' ');
    mentioned.push(agentId);
  }
  return mentioned.slice(0, mentionsMax);
}
