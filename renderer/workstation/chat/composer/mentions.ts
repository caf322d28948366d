import { mentionsMax } from '../../../../shared/protocol/limits';
import type { AgentView, ConversationView } from '../../../../shared/protocol/views';
import { createNameMatcher } from '../../ui/matches';

type Seen = Pick<ConversationView, 'groupId' | 'agentId' | 'fromAgentId'>;

/** The agents that a note may mention: those who may see the conversation, the online ones first. */
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

/** The agents whose `@name` is in the text, up to the limit of a note. Of two matching names the longer one counts. */
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
