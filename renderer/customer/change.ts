import type { Answer } from '../../shared/client/answer';
import type { LinkState } from '../../shared/client/link-state';
import type { CommandBody, CustomerWire } from '../../shared/client/wire';
import type { CustomerResult } from '../../shared/protocol/customer-results';
import type { CustomerEvent, WelcomeCustomer } from '../../shared/protocol/customer-wire';
import type { Filling, Group, Office, OwnText, PageState } from './state';

export type CustomerBody = CommandBody<CustomerWire>;

/** Everything that changes what the page knows. */
export type Change =
  | { type: 'linkChanged'; link: LinkState }
  | { type: 'welcomed'; welcome: WelcomeCustomer }
  | { type: 'happened'; event: CustomerEvent }
  | { type: 'caughtUp' }
  | { type: 'pauseChanged'; paused: boolean }
  | { type: 'typingHeard'; on: boolean }
  | { type: 'commandMade'; cid: string; body: CustomerBody; at: number }
  | { type: 'commandAnswered'; cid: string; answer: Answer }
  | { type: 'ownDiscarded'; cid: string }
  /** Its text was moved elsewhere; its files stay. */
  | { type: 'ownWordsTaken'; cid: string }
  | { type: 'leaveChosen' }
  | { type: 'leaveBegun' }
  | { type: 'waitChosen' }
  /** What is over is dismissed for something new. */
  | { type: 'endedDismissed' };

/** The state after a change; a pure function. */
export function changed(state: PageState, change: Change): PageState {
  switch (change.type) {
    case 'linkChanged':
      return { ...state, link: change.link };
    case 'welcomed': {
      const { office, groups, customerName, asks, hasPast = false, mode } = change.welcome;
      const filling = mode === 'snapshot' ? { conversation: null, messages: [], earlier: null } : null;
      return { ...state, office: { name: office.name, groups, customerName, asks, hasPast }, filling };
    }
    case 'happened':
      if (change.event.name === 'groups.changed') return withGroups(state, change.event.groups);
      if (change.event.name === 'asks.changed')
        return { ...state, office: state.office && { ...state.office, asks: change.event.asks } };
      return state.filling === null
        ? settled({ ...state, ...withEvent(state, change.event) })
        : { ...state, filling: withEvent(state.filling, change.event) };
    case 'caughtUp':
      return settled(filled(state));
    case 'pauseChanged':
      return { ...state, paused: change.paused };
    case 'typingHeard':
      return { ...state, typing: change.on };
    case 'commandMade':
      return withCommand(state, change.cid, change.body, change.at);
    case 'commandAnswered':
      return settled(withAnswer(state, change.cid, change.answer));
    case 'ownDiscarded':
      return { ...state, own: state.own.filter((own) => own.cid !== change.cid) };
    case 'ownWordsTaken':
      return { ...state, own: state.own.flatMap((own) => (own.cid === change.cid ? withoutWords(own) : [own])) };
    case 'leaveChosen': {
      const conversationId = state.conversation?.conversationId;
      return conversationId === undefined ? state : { ...state, writing: { conversationId, begun: false } };
    }
    case 'leaveBegun':
      return state.writing === null ? state : { ...state, writing: { ...state.writing, begun: true } };
    case 'waitChosen':
      return { ...state, writing: null, leave: null, keepsWaiting: true };
    case 'endedDismissed':
      return {
        ...state,
        own: state.own.filter((own) => own.delivery !== 'failed'),
        opening: null,
        leaving: null,
        reopening: null,
        rating: null,
        leave: null,
        writing: null,
        erased: false,
        dismissedId: state.conversation?.conversationId ?? state.dismissedId,
      };
  }
}

function filled(state: PageState): PageState {
  if (state.filling === null) return { ...state, ready: true };
  const { conversation, messages, earlier } = state.filling;
  // A snapshot holds everything the hub ever acknowledged.
  const own = state.own.filter((text) => text.delivery !== 'sent');
  return { ...state, ready: true, conversation, messages, earlier, filling: null, own };
}

function withEvent(view: Filling, event: CustomerEvent): Filling {
  switch (event.name) {
    case 'conversation.changed':
      return { ...view, conversation: event.conversation };
    case 'conversation.history':
      return { ...view, messages: event.messages, earlier: event.earlier ? { askedBy: null } : null };
    case 'message.added': {
      const known = view.messages.some((message) => message.messageId === event.message.messageId);
      return known ? view : { ...view, messages: [...view.messages, event.message] };
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
      return {
        ...state,
        opening: { cid, groupId: body.groupId ?? null, refusal: null },
        own: [...state.own, ...first],
      };
    }
    case 'message.send': {
      const conversationId = state.conversation?.conversationId ?? null;
      const afterId = state.messages.at(-1)?.messageId ?? null;
      const said = ownText(cid, body.text, at, conversationId, afterId);
      const files = body.attachments?.length ? { attachments: body.attachments } : {};
      return { ...state, own: [...state.own, { ...said, ...files }] };
    }
    case 'conversation.leave':
      return { ...state, leaving: { cid, refused: false } };
    case 'conversation.handOver':
      return { ...state, switching: cid };
    case 'conversation.reopen':
      return { ...state, reopening: { cid, refusedCode: null } };
    case 'conversation.rate':
      return { ...state, rating: { cid, score: body.score, comment: body.comment, refusedCode: null } };
    case 'conversation.past':
      // Its view keeps what it has asked for.
      return state;
    case 'message.leave':
      return {
        ...state,
        leave: { cid, contact: body.contact, text: body.text, delivery: 'sending', refusedCode: null },
      };
    case 'conversation.earlier':
      return { ...state, earlier: { askedBy: cid } };
  }
}

function ownText(
  cid: string,
  text: string,
  at: number,
  conversationId: string | null,
  afterId: string | null,
): OwnText {
  return { cid, text, at, delivery: 'sending', conversationId, afterId, refusedCode: null };
}

function withoutWords(own: OwnText): OwnText[] {
  return own.attachments ? [{ ...own, text: '', refusedCode: null }] : [];
}

function withGroups(state: PageState, groups: readonly Group[]): PageState {
  const office = state.office && { ...state.office, groups };
  // What was refused because the group was closed may be tried again.
  return { ...state, office, opening: state.opening?.refusal?.code === 'groupClosed' ? null : state.opening };
}

/** The group has closed while the chat was being opened. */
function withClosed(office: Office | null, groupId: string | null): Office | null {
  if (office === null) return null;
  const isMeant = (group: Group) => groupId === null || group.groupId === groupId;
  return { ...office, groups: office.groups.map((group) => (isMeant(group) ? { ...group, open: false } : group)) };
}

function withAnswer(state: PageState, cid: string, answer: Answer): PageState {
  const { opening, leaving, leave } = state;
  if (state.earlier?.askedBy === cid) return withEarlier(state, answer);
  if (state.rating?.cid === cid) return withRating(state, state.rating, answer);
  if (leave?.cid === cid) {
    const delivery = answer.ok ? ('left' as const) : ('failed' as const);
    return { ...state, leave: { ...leave, delivery, refusedCode: answer.ok ? null : answer.code } };
  }
  if (answer.ok) {
    const own = state.own.map((text) =>
      text.cid === cid ? { ...text, delivery: 'sent' as const, refusedCode: null } : text,
    );
    return { ...state, own };
  }
  if (opening?.cid === cid) {
    // The form says what was wrong and still holds the text.
    const refusal = { code: answer.code, field: answer.field ?? null };
    const office = answer.code === 'groupClosed' ? withClosed(state.office, opening.groupId) : state.office;
    return { ...state, office, opening: { ...opening, refusal }, own: state.own.filter((text) => text.cid !== cid) };
  }
  if (state.reopening?.cid === cid) return { ...state, reopening: { cid, refusedCode: answer.code } };
  if (state.switching === cid) return { ...state, switching: null };
  if (leaving?.cid === cid) return { ...state, leaving: { cid, refused: true } };
  const own = state.own.map((text) =>
    text.cid === cid ? { ...text, delivery: 'failed' as const, refusedCode: answer.code } : text,
  );
  return { ...state, own };
}

/** The hub tells its view of what has ended only for an hour, and takes a rating for longer. */
function withRating(state: PageState, given: NonNullable<PageState['rating']>, answer: Answer): PageState {
  if (!answer.ok) return { ...state, rating: { ...given, refusedCode: answer.code } };
  const { rateUntil = null } = (answer.result as CustomerResult<'conversation.rate'> | undefined) ?? {};
  const { rateUntil: _, ...conversation } = state.conversation!;
  const rating = { score: given.score, comment: given.comment };
  const rated = { ...conversation, rating, ...(rateUntil === null ? {} : { rateUntil }) };
  return { ...state, conversation: rated, rating: null };
}

function withEarlier(state: PageState, answer: Answer): PageState {
  const page = answer.ok ? (answer.result as CustomerResult<'conversation.earlier'> | undefined) : undefined;
  if (!page) return { ...state, earlier: { askedBy: null } };
  const messages = [...page.messages, ...state.messages];
  return { ...state, messages, earlier: page.earlier ? { askedBy: null } : null };
}

/** Own words that have come back as messages are messages from then on; what was asked for and came true is done. */
function settled(state: PageState): PageState {
  const own = state.own.filter(({ cid }) => !state.messages.some((message) => message.cid === cid));
  const { conversation } = state;
  const open = conversation !== null && conversation.stage !== 'closed';
  const opening = open ? null : state.opening;
  const leaving = open ? state.leaving : null;
  const reopening = open ? null : state.reopening;
  const rating = open ? null : state.rating;
  const keepsWaiting = state.keepsWaiting && conversation?.mayLeaveMessage === true;
  // An agent is there: an unsent message for later is said to them instead.
  const served = conversation?.stage === 'active';
  const switching = conversation?.stage === 'assisted' ? state.switching : null;
  const leave = served && state.leave?.delivery !== 'sending' ? null : state.leave;
  const writing = served ? null : state.writing;
  return { ...state, own, opening, leaving, reopening, rating, switching, leave, writing, keepsWaiting };
}
