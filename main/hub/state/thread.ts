import type { FoundConversation } from '../../../shared/protocol/history';
import type { Rating } from '../../../shared/protocol/rating';
import type { MessageView, Why } from '../../../shared/protocol/views';

/**
 * A conversation's messages and everything else the core does not keep of it. Stage, agent and priority of an open one
 * are looked up in the core, which forgets conversations that have ended.
 */
export interface Thread {
  conversationId: string;
  customerId: string;
  /** Once it has ended: the last group it was in. */
  groupId: string;
  openedAt: number;
  /** When the core last changed its stage. */
  since: number;
  /** When an agent first had it, since it was opened or reopened; absent: none has. */
  firstAssignedAt?: number;
  /** How often it was redirected because no agent attended in time. */
  redirects: number;
  /**
   * RD8: the agent who last did not attend in time, and whether the customer has been told that it goes to somebody else.
   * Absent: nobody, since an agent attended or it came back to the queue in another way.
   */
  redirect?: { fromAgentId: string; said: boolean };
  /** The colleague's note from the latest transfer. */
  note: string | null;
  /** Why the last offer or assignment went to that agent (EX1). */
  why: Why | null;
  /** When it last began to ring or was assigned; gives the waiting time of a missed ring (SB1). */
  rangSince: number | null;
  preview: string;
  lastMessageAt: number | null;
  unansweredSince: number | null;
  unanswered: number;
  tags: readonly string[];
  /** The outcome chosen by the agent who closed it. */
  wrapUpCode: string | null;
  closedBy: 'agent' | 'customer' | 'system' | null;
  closedAt: number | null;
  /** Once it has ended: when the customer's conversation before it had; absent: none had. */
  endedBefore?: number;
  /** What its customer said of it once it had ended; absent: nothing. */
  rating?: Rating;
  /** And that they have changed it. */
  ratingChanged?: true;
  /** It ended by asking the customer to leave a message (QU6), and they have not yet. */
  asksForMessage: boolean;
  /** Set when this is really a left message, shown as a conversation. */
  left?: NonNullable<FoundConversation['left']>;
  /** The latest messages, fewer than `conversationMessagesMax`. */
  messages: MessageView[];
  /** Summary of the messages before those; null: there are none. */
  earlier: EarlierMessages | null;
}

/** Summary of messages that have left the state for pages on disk. */
export interface EarlierMessages {
  count: number;
  /** Agents who wrote any of them. */
  agents: { agentId: string; name: string }[];
  /** Pages with attachments, named by the id of their first message. */
  withFiles: string[];
}

/** A rating of a conversation that had left the state. */
export interface LateRating {
  conversationId: string;
  endedAt: number;
  rating: Rating;
}

/** The oldest messages of a conversation, as they leave the state. */
export interface MessagesLeft {
  customerId: string;
  conversationId: string;
  messages: MessageView[];
}

export function newThread(
  begun: Pick<Thread, 'conversationId' | 'customerId' | 'groupId' | 'openedAt'>,
  since: number,
): Thread {
  return {
    ...begun,
    since,
    redirects: 0,
    note: null,
    why: null,
    rangSince: null,
    preview: '',
    lastMessageAt: null,
    unansweredSince: null,
    unanswered: 0,
    tags: [],
    wrapUpCode: null,
    closedBy: null,
    closedAt: null,
    asksForMessage: false,
    messages: [],
    earlier: null,
  };
}

/** An agent or an assistant has dealt with it, so that there is something to rate. */
export function wasServed({ firstAssignedAt, messages, earlier }: Thread): boolean {
  if (firstAssignedAt !== undefined || (earlier?.agents.length ?? 0) > 0) return true;
  return messages.some(({ from }) => from.kind === 'agent' || from.kind === 'assistant');
}

/** The summary, with one more page added. */
export function withPage(earlier: EarlierMessages | null, messages: readonly MessageView[]): EarlierMessages {
  const { count = 0, agents = [], withFiles = [] } = earlier ?? {};
  const known = new Map(agents.map((agent) => [agent.agentId, agent]));
  for (const { from } of messages)
    if (from.kind === 'agent' && !known.has(from.agentId))
      known.set(from.agentId, { agentId: from.agentId, name: from.name });
  const namesFiles = messages.some(({ attachments = [] }) => attachments.length > 0);
  return {
    count: count + messages.length,
    agents: [...known.values()],
    withFiles: namesFiles ? [...withFiles, messages[0]!.messageId] : withFiles,
  };
}
