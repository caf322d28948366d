import type { FoundConversation } from '../../../shared/protocol/history';
import type { MessageView, Why } from '../../../shared/protocol/views';

/**
 * What was said in a conversation and what else the core does not keep of it. The stage, the agent and the priority of an
 * open one are asked from the core, which forgets those that have ended.
 */
export interface Thread {
  conversationId: string;
  customerId: string;
  /** Its last one, once it has ended. */
  groupId: string;
  openedAt: number;
  /** When the core last changed its stage. */
  since: number;
  /** How often it was redirected because no agent attended in time. */
  redirects: number;
  /** What was written when it was handed over. */
  note: string | null;
  /** Why it was last offered or given to whom it was (EX1). */
  why: Why | null;
  /** When it last began to ring or was given: how long a missed one waited (SB1). */
  rangSince: number | null;
  preview: string;
  lastMessageAt: number | null;
  unansweredSince: number | null;
  unanswered: number;
  tags: readonly string[];
  /** How it ended, as the agent who closed it said. */
  wrapUpCode: string | null;
  closedBy: 'agent' | 'customer' | 'system' | null;
  closedAt: number | null;
  /** It has ended with the customer being asked to leave a message (QU6), and they have not left one yet. */
  asksForMessage: boolean;
  /** What it is in truth: a left message. Absent: a conversation. */
  left?: NonNullable<FoundConversation['left']>;
  /** The latest (`conversationMessagesMax`). */
  messages: MessageView[];
  /** What was said before those; null: nothing. */
  earlier: EarlierMessages | null;
}

/** Of messages that have left the state for pages on disk. */
export interface EarlierMessages {
  count: number;
  /** Who wrote in them. */
  agents: { agentId: string; name: string }[];
  /** The pages that name files, by their first message. */
  withFiles: string[];
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

/** With a page more of what has left the state. */
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
