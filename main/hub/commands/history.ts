import type { RoutingEvent } from '../../../shared/routing/index';
import { historyRights } from '../history/history';
import { groupOrSupervisor, relationToConversation, relationToGroup, supervisorOnly } from '../rights/rights';
import { ack, refused } from '../session/outcome';
import type { HubState } from '../state/hub-state';
import type { Relation } from '../state/relation';
import type { DroppedEntries } from '../state/traces';
import type { AgentCommandSpecs, Asked } from './command';

type HistoryOp = 'conversation.earlier' | 'conversation.trace' | 'conversation.find' | 'conversation.read';

/** What was said before, and what became of conversations. */
export const historyCommands: AgentCommandSpecs<HistoryOp> = {
  'conversation.earlier': {
    rights: groupOrSupervisor,
    relation: ofConversation,
    audit: 'none',
    question: (command, session, { earlierPages }) => earlierPages.forAgent(session, command),
  },
  /** EX1: everything recorded about one conversation, with the names of the agents in it. */
  'conversation.trace': {
    rights: supervisorOnly,
    relation: ofConversation,
    audit: 'none',
    question({ conversationId }, _session, { loop: { state } }) {
      const trace = state.traces.of(conversationId);
      if (trace) return ack({ trace: trace.map((entry) => ({ ...entry })), names: namesIn(trace, state) });
      const message =
        'there is no trace of this conversation; those of open ones and of the last 1,000 closed are kept';
      return refused({ code: 'unknownConversation', message, field: 'conversationId' });
    },
  },
  'conversation.find': {
    rights: groupOrSupervisor,
    scope: 'conversations:read',
    relation(asked) {
      const { groupId } = asked.command;
      return groupId === undefined ? 'own' : relationToGroup(asked, groupId);
    },
    audit: 'itself',
    job: (command, session, { history }) => history.find(session, command),
  },
  /** One that has ended counts as the sender's own: rights are looked at again when it has been found. */
  'conversation.read': {
    rights: historyRights,
    scope: 'conversations:read',
    relation: ofConversation,
    audit: 'itself',
    job: (command, session, { history }) => history.read(session, command),
  },
};

function ofConversation(asked: Asked<Exclude<HistoryOp, 'conversation.find'>>): Relation {
  return relationToConversation(asked, asked.command.conversationId);
}

type Traced = RoutingEvent | DroppedEntries;

/** By id, of the agents and assistants that there still are. */
function namesIn(trace: readonly Traced[], { config }: HubState): Record<string, string> {
  const names: Record<string, string> = {};
  for (const agentId of new Set(trace.flatMap(agentsIn))) {
    const name = config.accounts.get(agentId)?.name;
    if (name !== undefined) names[agentId] = name;
  }
  for (const { assistantId, name } of config.assistants.values()) names[assistantId] = name;
  return names;
}

type AgentField = 'agentId' | 'fromAgentId' | 'targetAgentId' | 'closedByAgentId' | 'by';

function agentsIn(entry: Traced): string[] {
  const { agentId, fromAgentId, targetAgentId, closedByAgentId, by } = entry as Partial<Record<AgentField, string>>;
  const runnerUp = 'why' in entry ? entry.why.runnerUp : null;
  return [agentId, fromAgentId, targetAgentId, closedByAgentId, by, runnerUp].filter(
    (each) => typeof each === 'string',
  );
}
