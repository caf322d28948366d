import type { Answer, CommandBody, CustomerWire } from '../../shared/client/connection';
import type { LinkState } from '../../shared/client/link-state';
import type { CustomerEvent, WelcomeCustomer } from '../../shared/protocol/customer-wire';
import type { CustomerConversationView, CustomerMessageView, SystemLine } from '../../shared/protocol/views';

/** What the page knows, made from frames only; nothing here touches the document, so it can be tested as a function. */
export interface PageState {
  link: LinkState;
  /** Null until the hub's first welcome. */
  office: Office | null;
  /** The first snapshot is complete: only then is "no conversation" a fact. */
  ready: boolean;
  conversation: CustomerConversationView | null;
  messages: readonly CustomerMessageView[];
  /** A snapshot that is still arriving; it replaces what is shown in one go, so the page does not flicker. */
  filling: Filling | null;
  /** This tab's own words that are not yet among `messages`. */
  own: readonly OwnText[];
  /** Messages that began as own words keep their key, so that the bubble on screen stays the same element. */
  keys: Readonly<Record<string, string>>;
  opening: { cid: string; refusal: { code: string; field: string | null } | null } | null;
  leaving: { cid: string; refused: boolean } | null;
  /** An ended conversation that the customer has put away for a new one. */
  dismissedId: string | null;
}

export type CustomerBody = CommandBody<CustomerWire>;

export interface Office {
  name: string;
  groups: WelcomeCustomer['groups'];
  customerName: string | null;
}

interface Filling {
  conversation: CustomerConversationView | null;
  messages: readonly CustomerMessageView[];
}

export interface OwnText {
  cid: string;
  text: string;
  at: number;
  delivery: 'sending' | 'sent' | 'failed';
  /** Null for the first words of a conversation that does not exist yet. */
  conversationId: string | null;
  messageId: string | null;
  /** The message it was written below, where it stays if it fails. */
  afterId: string | null;
  refusedCode: string | null;
}

export type Change =
  | { type: 'linkChanged'; link: LinkState }
  | { type: 'welcomed'; welcome: WelcomeCustomer }
  | { type: 'happened'; event: CustomerEvent }
  | { type: 'caughtUp' }
  | { type: 'commandMade'; cid: string; body: CustomerBody; at: number }
  | { type: 'commandAnswered'; cid: string; answer: Answer }
  | { type: 'ownDiscarded'; cid: string }
  | { type: 'endedDismissed' };

/** One thing to show in the list of messages. */
export interface Entry {
  key: string;
  at: number;
  from: CustomerMessageView['from'];
  text: string;
  line: CustomerMessageView['line'];
  delivery: 'sending' | 'sent' | 'failed' | null;
  refusedCode: string | null;
}

export type Screen = 'connecting' | 'form' | 'queue' | 'chat' | 'ended';

export function startState(dismissedId: string | null, failed: readonly OwnText[] = []): PageState {
  return {
    link: { state: 'idle' },
    office: null,
    ready: false,
    conversation: null,
    messages: [],
    filling: null,
    own: failed,
    keys: {},
    opening: null,
    leaving: null,
    dismissedId,
  };
}

export function changed(state: PageState, change: Change): PageState {
  switch (change.type) {
    case 'linkChanged':
      return { ...state, link: change.link };
    case 'welcomed': {
      const { office, groups, customerName, mode } = change.welcome;
      const filling = mode === 'snapshot' ? { conversation: null, messages: [] } : null;
      return { ...state, office: { name: office.name, groups, customerName }, filling };
    }
    case 'happened':
      return state.filling === null
        ? settled({ ...state, ...withEvent(state, change.event) })
        : { ...state, filling: withEvent(state.filling, change.event) };
    case 'caughtUp':
      return settled(filled(state));
    case 'commandMade':
      return withCommand(state, change.cid, change.body, change.at);
    case 'commandAnswered':
      return settled(withAnswer(state, change.cid, change.answer));
    case 'ownDiscarded':
      return { ...state, own: state.own.filter((own) => own.cid !== change.cid) };
    case 'endedDismissed':
      return {
        ...state,
        own: state.own.filter((own) => own.delivery !== 'failed'),
        opening: null,
        leaving: null,
        dismissedId: state.conversation?.conversationId ?? state.dismissedId,
      };
  }
}

export function screenOf(state: PageState): Screen {
  if (state.office === null || !state.ready) return 'connecting';
  const { conversation } = state;
  if (conversation === null || conversation.conversationId === state.dismissedId) return 'form';
  if (conversation.stage === 'closed') return 'ended';
  return conversation.stage === 'waiting' ? 'queue' : 'chat';
}

/** The messages of the conversation on screen with this tab's own unsent words among them. */
export function entriesOf(state: PageState): Entry[] {
  const conversationId = state.conversation?.conversationId;
  const messages = state.messages.filter((message) => message.conversationId === conversationId);
  const own = state.own.filter((text) => text.conversationId === null || text.conversationId === conversationId);
  const inPlace = (text: OwnText) => text.delivery === 'failed' && messages.some((m) => m.messageId === text.afterId);

  const entries: Entry[] = [];
  for (const message of messages) {
    entries.push(messageEntry(state, message));
    for (const text of own) if (inPlace(text) && text.afterId === message.messageId) entries.push(ownEntry(text));
  }
  for (const text of own) if (!inPlace(text)) entries.push(ownEntry(text));
  return entries;
}

/** Who serves or last served; the view forgets the agent once the conversation is closed or returned. */
export function lastAgentName(state: PageState): string | null {
  if (state.conversation?.agentName) return state.conversation.agentName;
  for (const { from, line, conversationId } of [...state.messages].reverse()) {
    if (conversationId !== state.conversation?.conversationId) continue;
    if (from.kind === 'agent') return from.name;
    if (line !== null && servingLines.includes(line.code)) return line.params.agentName ?? null;
  }
  return null;
}

/** Lines whose agent is the one who serves from then on, or did to the end. */
const servingLines: readonly SystemLine[] = ['joined', 'transferred', 'endedByAgent'];

function messageEntry(state: PageState, message: CustomerMessageView): Entry {
  return {
    key: state.keys[message.messageId] ?? message.messageId,
    at: message.at,
    from: message.from,
    text: message.text,
    line: message.line,
    delivery: message.from.kind === 'customer' ? 'sent' : null,
    refusedCode: null,
  };
}

function ownEntry(text: OwnText): Entry {
  const { cid, at, delivery, refusedCode } = text;
  return { key: cid, at, from: { kind: 'customer' }, text: text.text, line: null, delivery, refusedCode };
}

function filled(state: PageState): PageState {
  if (state.filling === null) return { ...state, ready: true };
  const { conversation, messages } = state.filling;
  // A snapshot holds everything the hub ever acknowledged.
  const own = state.own.filter((text) => text.delivery !== 'sent');
  return { ...state, ready: true, conversation, messages, filling: null, own };
}

function withEvent(view: Filling, event: CustomerEvent): Filling {
  switch (event.name) {
    case 'conversation.changed':
      return { conversation: event.conversation, messages: view.messages };
    case 'message.added': {
      const known = view.messages.some((message) => message.messageId === event.message.messageId);
      return known ? view : { conversation: view.conversation, messages: [...view.messages, event.message] };
    }
    default:
      // An event of a newer hub.
      return view;
  }
}

function withCommand(state: PageState, cid: string, body: CustomerBody, at: number): PageState {
  switch (body.op) {
    case 'conversation.open': {
      const first = body.text === undefined ? [] : [ownText(cid, body.text, at, null, null)];
      return { ...state, opening: { cid, refusal: null }, own: [...state.own, ...first] };
    }
    case 'message.send': {
      const conversationId = state.conversation?.conversationId ?? null;
      const afterId = state.messages.at(-1)?.messageId ?? null;
      return { ...state, own: [...state.own, ownText(cid, body.text, at, conversationId, afterId)] };
    }
    case 'conversation.leave':
      return { ...state, leaving: { cid, refused: false } };
  }
}

function ownText(
  cid: string,
  text: string,
  at: number,
  conversationId: string | null,
  afterId: string | null,
): OwnText {
  return { cid, text, at, delivery: 'sending', conversationId, messageId: null, afterId, refusedCode: null };
}

function withAnswer(state: PageState, cid: string, answer: Answer): PageState {
  const { opening, leaving } = state;
  if (answer.ok) {
    const messageId = typeof answer.result.messageId === 'string' ? answer.result.messageId : null;
    const own = state.own.map((text) =>
      text.cid === cid ? { ...text, delivery: 'sent' as const, messageId, refusedCode: null } : text,
    );
    return { ...state, own };
  }
  if (opening?.cid === cid) {
    // The form says what was wrong and still holds the words.
    const refusal = { code: answer.code, field: answer.field ?? null };
    return { ...state, opening: { cid, refusal }, own: state.own.filter((text) => text.cid !== cid) };
  }
  if (leaving?.cid === cid) return { ...state, leaving: { cid, refused: true } };
  const own = state.own.map((text) =>
    text.cid === cid ? { ...text, delivery: 'failed' as const, refusedCode: answer.code } : text,
  );
  return { ...state, own };
}

/** Own words that have come back as messages are messages from then on; what was asked for and came true is done. */
function settled(state: PageState): PageState {
  const keys: Record<string, string> = { ...state.keys };
  const own = state.own.filter((text) => {
    if (text.delivery !== 'sent') return true;
    // Where the answer names no message: the first with these words since they were written that is nobody else's.
    const writtenAt = state.messages.findIndex((message) => message.messageId === text.afterId);
    const message = state.messages.find(
      ({ messageId, from, text: said }, index) =>
        from.kind === 'customer' &&
        (text.messageId === null
          ? index > writtenAt && said === text.text && keys[messageId] === undefined
          : messageId === text.messageId),
    );
    if (message === undefined) return true;
    keys[message.messageId] = text.cid;
    return false;
  });

  const { conversation } = state;
  const open = conversation !== null && conversation.stage !== 'closed';
  const opening = open ? null : state.opening;
  const leaving = open ? state.leaving : null;
  return { ...state, own, keys, opening, leaving };
}
