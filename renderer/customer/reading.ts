import type { AttachmentRef, AttachmentView } from '../../shared/protocol/attachments';
import type { CustomerEvent } from '../../shared/protocol/customer-wire';
import type { CustomerMessageView, SystemLine } from '../../shared/protocol/views';
import type { Group, OwnText, PageState } from './state';

/** What the page shows, read from what it knows. */

/** `form`: nothing is open; it begins a chat or leaves a message. `leave`: a message in place of a conversation. */
export type Screen = 'connecting' | 'form' | 'leave' | 'left' | 'queue' | 'chat' | 'ended' | 'erased';

export function screenOf(state: PageState): Screen {
  if (state.office === null || !state.ready) return 'connecting';
  const { conversation, leave } = state;
  if (conversation?.stage === 'active' || conversation?.stage === 'assisted') return 'chat';
  if (state.erased && conversation === null) return 'erased';
  if (leave?.delivery === 'left') return 'left';
  if (conversation === null) return 'form';
  if (conversation.stage === 'closed' && conversation.conversationId === state.dismissedId) return 'form';
  const begun = writingOf(state)?.begun ?? false;
  if (conversation.stage === 'closed') {
    const mayLeave = conversation.mayLeaveMessage || (begun && conversation.closedBy === 'system');
    return mayLeave || leave !== null ? 'leave' : 'ended';
  }
  const writes = writingOf(state) !== null && (conversation.mayLeaveMessage || begun);
  return writes || leave !== null ? 'leave' : 'queue';
}

function writingOf({ writing, conversation }: PageState): PageState['writing'] {
  return writing?.conversationId === conversation?.conversationId ? writing : null;
}

/** Why the form asks for a message where there is a conversation. */
export type LeaveReason = 'nobodyHere' | 'backAgain' | 'longWait' | 'nobodyFree';

export function leaveReasonOf(state: PageState): LeaveReason | null {
  if (screenOf(state) !== 'leave' || state.conversation === null) return null;
  const { stage, closedBy, mayLeaveMessage, longerThanUsual } = state.conversation;
  if (stage === 'closed') return closedBy === 'system' ? 'nobodyFree' : 'nobodyHere';
  if (longerThanUsual) return 'longWait';
  return mayLeaveMessage || state.leave?.delivery === 'sending' ? 'nobodyHere' : 'backAgain';
}

/** The group chosen, or all of them as one while none is; null while it is open. */
export function closedOf(state: PageState, groupId: string): Omit<Group, 'groupId'> | null {
  const groups = state.office?.groups ?? [];
  const chosen = groups.find((group) => group.groupId === groupId);
  if (chosen !== undefined) return chosen.open ? null : chosen;
  if (groups.length === 0 || groups.some((group) => group.open)) return null;
  const opensAt = groups.flatMap((group) => group.opensAt ?? []);
  const closedTexts = new Set(groups.map((group) => group.closedText));
  return {
    name: '',
    open: false,
    opensAt: opensAt.length === 0 ? null : Math.min(...opensAt),
    closedText: closedTexts.size === 1 ? (groups[0]?.closedText ?? null) : null,
  };
}

/** The customer's messages since the last answer, as one text. */
export function unansweredWords(state: PageState): string {
  const words: string[] = [];
  for (const { from, text } of entriesOf(state)) {
    if (isOffice(from)) words.length = 0;
    if (from.kind === 'customer' && text !== '') words.push(text);
  }
  return words.join('\n');
}

/** Who or what ended it. The hub's view tells who; the lines before it tell why. */
export type End = 'agent' | 'customer' | 'leftLine' | 'silence' | 'waitLimit' | 'blocked';

export function endOf(state: PageState): End {
  const messages = state.messages.filter((each) => each.conversationId === state.conversation?.conversationId);
  switch (state.conversation?.closedBy) {
    case 'agent':
      return 'agent';
    case 'customer':
      return messages.some(({ from, line }) => isOffice(from) || isOneOf(servingLines, line)) ? 'customer' : 'leftLine';
    default: {
      if (messages.some(({ line }) => line?.code === 'blocked')) return 'blocked';
      // The hub ends what waits too long, and what the customer has not answered.
      const last = messages.filter(({ from, line }) => from.kind !== 'system' || isOneOf(queueingLines, line)).at(-1);
      return last && isOffice(last.from) ? 'silence' : 'waitLimit';
    }
  }
}

/** Who serves or last served; the view forgets the agent once the conversation is closed or returned. */
export function lastAgentName(state: PageState): string | null {
  if (state.conversation?.agentName) return state.conversation.agentName;
  if (state.conversation?.assistantName) return state.conversation.assistantName;
  for (const { from, line, conversationId } of [...state.messages].reverse()) {
    if (conversationId !== state.conversation?.conversationId) continue;
    if (from.kind === 'agent') return from.name;
    if (line !== null && isOneOf(servingLines, line)) return line.params.agentName ?? null;
  }
  return null;
}

/** Lines whose agent is the one who serves from then on, or did to the end. */
const servingLines: readonly SystemLine[] = ['joined', 'transferred', 'endedByAgent'];
/** Lines after which the conversation waits again. */
const queueingLines: readonly SystemLine[] = [
  'reopened',
  'redirected',
  'returned',
  'agentLeft',
  'askedForPerson',
  'handedOver',
  'passedBy',
];

/** An agent, or the assistant that speaks for the office. */
export function isOffice({ kind }: CustomerMessageView['from']): boolean {
  return kind === 'agent' || kind === 'assistant';
}

function isOneOf(codes: readonly SystemLine[], line: CustomerMessageView['line']): boolean {
  return line !== null && codes.includes(line.code);
}

/** One thing to show in the list of messages. */
export interface Entry {
  key: string;
  at: number;
  from: CustomerMessageView['from'];
  text: string;
  /** Once the hub has it, with what it is. */
  attachments: readonly (AttachmentRef | AttachmentView)[];
  /** Whose files they are; null while only this tab has them. */
  conversationId: string | null;
  line: CustomerMessageView['line'];
  delivery: 'sending' | 'sent' | 'failed' | null;
  /** By the customer's agent: up to its place, however many were said in the same moment. */
  read: boolean;
  refusedCode: string | null;
}

/** The messages of the conversation on screen with this tab's own unsent words among them. */
export function entriesOf(state: PageState): Entry[] {
  const conversationId = state.conversation?.conversationId;
  const messages = state.messages.filter((message) => message.conversationId === conversationId);
  const own = state.own.filter((text) => text.conversationId === null || text.conversationId === conversationId);
  const inPlace = (text: OwnText) => text.delivery === 'failed' && messages.some((m) => m.messageId === text.afterId);

  const seen = state.conversation?.seenByAgent ?? null;
  const readUpTo = messages.findIndex(({ messageId }) => messageId === seen);
  const entries: Entry[] = [];
  for (const [place, message] of messages.entries()) {
    entries.push({ ...messageEntry(message), read: place <= readUpTo });
    for (const text of own) if (inPlace(text) && text.afterId === message.messageId) entries.push(ownEntry(text));
  }
  for (const text of own) if (!inPlace(text)) entries.push(ownEntry(text));
  return entries;
}

function messageEntry(message: CustomerMessageView): Omit<Entry, 'read'> {
  return {
    // What began as own words stays the same element on screen.
    key: message.cid ?? message.messageId,
    at: message.at,
    from: message.from,
    text: message.text,
    attachments: message.attachments ?? [],
    conversationId: message.conversationId,
    line: message.line,
    delivery: message.from.kind === 'customer' ? 'sent' : null,
    refusedCode: null,
  };
}

function ownEntry(text: OwnText): Entry {
  const { cid, at, delivery, refusedCode, attachments = [] } = text;
  const own = { key: cid, at, from: { kind: 'customer' }, text: text.text, line: null } as const;
  return { ...own, attachments, conversationId: null, delivery, read: false, refusedCode };
}

/** A conversation goes on. */
export function isTalking({ conversation }: PageState): boolean {
  return conversation !== null && conversation.stage !== 'closed';
}

/** Messages of agents that the customer has not seen, and who wrote the last of them. */
export interface Unread {
  count: number;
  from: string | null;
}

/** `seenId`: the last message that was on screen in any tab. */
export function unreadOf({ messages, conversation }: PageState, seenId: string | null): Unread {
  const own = messages.filter((message) => message.conversationId === conversation?.conversationId);
  const unseen = own.slice(own.findIndex((message) => message.messageId === seenId) + 1);
  const fromAgents = unseen.flatMap(({ from }) => (from.kind === 'agent' ? [from] : []));
  return { count: fromAgents.length, from: fromAgents.at(-1)?.name ?? null };
}

/** False for what a snapshot tells, which is history, and for what comes again over a new line. */
export function isNewFromAgent(state: PageState, event: CustomerEvent): boolean {
  if (state.filling !== null || event.name !== 'message.added') return false;
  const { messageId, from } = event.message;
  return isOffice(from) && state.messages.every((message) => message.messageId !== messageId);
}
