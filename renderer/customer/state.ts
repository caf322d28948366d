import type { LinkState } from '../../shared/client/link-state';
import type { Asks } from '../../shared/protocol/asks';
import type { AttachmentRef } from '../../shared/protocol/attachments';
import type { WelcomeCustomer } from '../../shared/protocol/customer-wire';
import type { CustomerConversationView, CustomerMessageView } from '../../shared/protocol/views';

/** What the page knows. Made from frames and the customer's actions by a pure function that touches no document. */
export interface PageState {
  link: LinkState;
  /** Null until the hub's first welcome. */
  office: Office | null;
  /** The first snapshot is complete: only then is "no conversation" a fact. */
  ready: boolean;
  /** The hub has asked for a pause; the rest is sent by itself afterwards. */
  paused: boolean;
  conversation: CustomerConversationView | null;
  messages: readonly CustomerMessageView[];
  earlier: Earlier;
  /** The agent is typing. */
  typing: boolean;
  /** A snapshot that is still arriving; it replaces what is shown in one go, so the page does not flicker. */
  filling: Filling | null;
  /** This tab's own words that are not yet among `messages`. */
  own: readonly OwnText[];
  opening: { cid: string; groupId: string | null; refusal: { code: string; field: string | null } | null } | null;
  leaving: { cid: string; refused: boolean } | null;
  /** The customer goes on with what has ended (RO1). */
  reopening: { cid: string; refusedCode: string | null } | null;
  /** What the customer says of what has ended; once the hub has it, it is in `conversation`. */
  rating: { cid: string; score: number; comment: string; refusedCode: string | null } | null;
  /** The customer has asked for a person (BO2), by this command. */
  switching: string | null;
  /** A message for later, left because nobody could serve the customer; from the moment it is sent. */
  leave: LeaveMessage | null;
  /** The customer would rather leave a message than keep waiting in this conversation; `begun`: has typed something. */
  writing: { conversationId: string; begun: boolean } | null;
  /** The customer was offered to leave a message and has chosen to keep waiting. */
  keepsWaiting: boolean;
  /** An ended conversation that the customer has dismissed. */
  dismissedId: string | null;
  /** The hub has erased this customer; shown until something new begins. */
  erased: boolean;
}

export interface Office {
  name: string;
  groups: readonly Group[];
  customerName: string | null;
  asks: Asks;
  /** There are earlier conversations, which the office shows. */
  hasPast: boolean;
}

export type Group = WelcomeCustomer['groups'][number];

export interface LeaveMessage {
  cid: string;
  contact: string;
  text: string;
  /** `left` is the hub's word for it. */
  delivery: 'sending' | 'left' | 'failed';
  refusedCode: string | null;
}

/** What the tab keeps over a reload. */
export interface KeptState {
  dismissedId: string | null;
  failed: readonly OwnText[];
  left: LeaveMessage | null;
  writingId: string | null;
  erased: boolean;
}

/** What the hub holds before the first of `messages`: nothing (null), or more, perhaps asked for already. */
type Earlier = { askedBy: string | null } | null;

export interface Filling {
  conversation: CustomerConversationView | null;
  messages: readonly CustomerMessageView[];
  earlier: Earlier;
}

export interface OwnText {
  cid: string;
  text: string;
  /** Absent: none. */
  attachments?: readonly AttachmentRef[];
  at: number;
  delivery: 'sending' | 'sent' | 'failed';
  /** Null for the first message of a conversation that does not exist yet. */
  conversationId: string | null;
  /** The message it was written below, where it stays if it fails. */
  afterId: string | null;
  refusedCode: string | null;
}

export function startState({ dismissedId, failed, left, writingId, erased }: KeptState): PageState {
  return {
    link: { state: 'idle' },
    office: null,
    ready: false,
    paused: false,
    conversation: null,
    messages: [],
    earlier: null,
    typing: false,
    filling: null,
    own: failed,
    opening: null,
    leaving: null,
    reopening: null,
    rating: null,
    switching: null,
    leave: left,
    writing: writingId === null ? null : { conversationId: writingId, begun: true },
    keepsWaiting: false,
    dismissedId,
    erased,
  };
}
