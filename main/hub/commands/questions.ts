import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import type { CustomerAddress } from '../../../shared/protocol/blocks';
import type { RoutingEvent } from '../../../shared/routing/index';
import type { FanOut } from '../fan-out/fan-out';
import type { EarlierPages } from '../history/earlier-pages';
import { ack, type CommandOutcome, refused } from '../session/outcome';
import type { AgentSession } from '../session/session';
import type { Whereabouts } from '../session/whereabouts';
import type { HubState } from '../state/hub-state';
import type { DroppedEntries } from '../state/traces';

/** Commands that change nothing but what their own line is told. They are not recorded; a repeat is answered anew. */
export type Question = Extract<
  AgentCommand,
  { op: 'conversation.watch' | 'conversation.earlier' | 'conversation.trace' | 'customer.address' }
>;

const questions: ReadonlySet<string> = new Set<Question['op']>([
  'conversation.watch',
  'conversation.earlier',
  'conversation.trace',
  'customer.address',
]);

/** What becomes a record. */
export type RecordedCommand = Exclude<
  AgentCommand,
  | Question
  | { op: 'conversation.find' | 'conversation.read' | 'leftMessage.reopen' }
  | { op: 'office.backup' | 'passphrase.change' | 'hubKey.rotate' | 'customer.erase' | 'audit.list' }
>;

export function isQuestion(command: AgentCommand): command is Question {
  return questions.has(command.op);
}

/** Null, later: its line went meanwhile. */
export function answerTo(
  question: Question,
  session: AgentSession,
  {
    state,
    fanOut,
    whereabouts,
    earlierPages,
  }: { state: HubState; fanOut: FanOut; whereabouts: Whereabouts; earlierPages: EarlierPages },
): CommandOutcome | Promise<CommandOutcome | null> {
  switch (question.op) {
    case 'conversation.trace':
      return trace(state, question);
    case 'conversation.watch':
      return watch(state, fanOut, session, question);
    case 'conversation.earlier':
      return earlierPages.forAgent(session, question);
    case 'customer.address': {
      const { cid, customerId } = question;
      const address = whereabouts.of(customerId);
      const others = whereabouts.othersAt(customerId, address);
      return ack(cid, { address, others } satisfies CustomerAddress);
    }
  }
}

type Watch = Extract<Question, { op: 'conversation.watch' }>;

function watch(state: HubState, fanOut: FanOut, session: AgentSession, { cid, conversationId }: Watch): CommandOutcome {
  if (conversationId !== null && !state.routing.conversations.has(conversationId))
    return refused(cid, { code: 'unknownConversation', message: 'there is no such open conversation' });
  fanOut.conversations.watch(session, conversationId);
  return ack(cid);
}

/** EX1: everything recorded about one conversation, with the names of whoever is in it. */
function trace(state: HubState, { cid, conversationId }: { cid: string; conversationId: string }): CommandOutcome {
  const entries = state.traces.of(conversationId);
  if (!entries) {
    const message = 'there is no trace of this conversation; those of open ones and of the last 1,000 closed are kept';
    return refused(cid, { code: 'unknownConversation', message, field: 'conversationId' });
  }
  const names: Record<string, string> = {};
  for (const agentId of new Set(entries.flatMap(agentsIn))) {
    const name = state.config.accounts.get(agentId)?.name;
    if (name !== undefined) names[agentId] = name;
  }
  return ack(cid, { trace: entries, names });
}

type AgentField = 'agentId' | 'fromAgentId' | 'targetAgentId' | 'closedByAgentId' | 'by';

function agentsIn(entry: RoutingEvent | DroppedEntries): string[] {
  const { agentId, fromAgentId, targetAgentId, closedByAgentId, by } = entry as Partial<Record<AgentField, string>>;
  const runnerUp = 'why' in entry ? entry.why.runnerUp : null;
  return [agentId, fromAgentId, targetAgentId, closedByAgentId, by, runnerUp].filter(
    (each) => typeof each === 'string',
  );
}
