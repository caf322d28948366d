import { saidAfter } from '../../../shared/protocol/after-message';
import { comesBefore } from '../../../shared/protocol/message-page';
import type { MessageView } from '../../../shared/protocol/views';
import { must, type RoutingEvent, type RoutingEventOf } from '../../../shared/routing/index';
import type { HubLimits } from '../limits';
import type { Customers } from './customers';
import type { HubEvent } from './records';
import { type LateRating, type MessagesLeft, newThread, type Thread, wasServed, withPage } from './thread';

/** Callbacks for what leaves the state and has to be stored elsewhere. */
export interface ThreadsLetGo {
  /** An ended conversation. */
  conversation?(thread: Thread): void;
  messages?(left: MessagesLeft): void;
  /** Of a conversation that was let go before. */
  rating?(late: LateRating): void;
}

export interface SavedThreads {
  conversations: Thread[];
  /** An id if it is its customer's latest (and so in `conversations`), else the whole thread. */
  closed: (string | Thread)[];
}

export type ThreadLimits = Pick<HubLimits, 'closedShownMs' | 'conversationMessagesMax'>;

/** Each customer's latest conversation, and those that ended recently. Rebuilt from the recorded events alone. */
export class Threads {
  /** By conversation id: the latest of each customer, open or closed. */
  private readonly latest = new Map<string, Thread>();
  /** By end, oldest first; includes those whose customer has a newer one. */
  private closed: Thread[] = [];

  constructor(
    private readonly customers: Customers,
    private readonly limits: ThreadLimits,
    private readonly letGo: ThreadsLetGo = {},
  ) {}

  save(): SavedThreads {
    return {
      conversations: [...this.latest.values()],
      closed: this.closed.map((each) => (this.latest.get(each.conversationId) === each ? each.conversationId : each)),
    };
  }

  /** The inverse of `save`, into an empty list. */
  load({ conversations, closed }: SavedThreads): void {
    for (const each of [...conversations, ...closed]) {
      if (typeof each !== 'string') this.bound(each);
    }
    for (const each of conversations) this.latest.set(each.conversationId, each);
    for (const each of closed) this.closed.push(typeof each === 'string' ? must(this.latest, each) : each);
  }

  get size(): number {
    return this.latest.size;
  }

  get(conversationId: string): Thread | undefined {
    return this.latest.get(conversationId);
  }

  /** The customer's messages that came after this one, and that no answer has seen. */
  unansweredAfter(conversationId: string, after: string): MessageView['unread'] {
    const { messages = [] } = this.latest.get(conversationId) ?? {};
    let count = 0;
    let since = 0;
    let left = Number.POSITIVE_INFINITY;
    for (let place = messages.length - 1; place >= 0 && left > 0; place -= 1) {
      const { messageId, from, at, unread } = messages[place]!;
      if (!comesBefore(after, messageId)) break;
      // Several answers may have been written before any of them was sent: each left so many of those before it.
      if (from.kind === 'agent' || from.kind === 'assistant') left = Math.min(left, unread?.count ?? 0);
      else if (from.kind === 'customer') [count, since, left] = [count + 1, at, left - 1];
    }
    return count === 0 ? undefined : { count, since };
  }

  must(conversationId: string): Thread {
    return must(this.latest, conversationId);
  }

  values(): Iterable<Thread> {
    return this.latest.values();
  }

  /** A customer's latest conversation, open or closed, while it is held. */
  latestOf(customerId: string): Thread | null {
    const conversationId = this.customers.get(customerId)?.conversationId ?? null;
    return conversationId === null ? null : (this.latest.get(conversationId) ?? null);
  }

  /** Whether the customer's latest conversation is held beyond this time: open, or ended recently. */
  isHeldAt(customerId: string, nowMs: number): boolean {
    const latest = this.latestOf(customerId);
    return latest !== null && !this.isOver(latest, nowMs);
  }

  /** A customer's conversation that ended at this time, recently: else it is in the archive. */
  endedAt(customerId: string, at: number): Thread | null {
    return this.closed.find((each) => each.customerId === customerId && each.closedAt === at) ?? null;
  }

  /** All held, including those whose customer has a newer one. */
  held(): Iterable<Thread> {
    return new Set([...this.latest.values(), ...this.closed]);
  }

  *messages(): Iterable<MessageView> {
    for (const { messages } of this.held()) yield* messages;
  }

  /** Drops a customer's conversations without calling `letGo`. */
  erase(customerId: string): void {
    for (const each of this.held()) if (each.customerId === customerId) this.latest.delete(each.conversationId);
    this.closed = this.closed.filter((each) => each.customerId !== customerId);
  }

  /** Drops those that ended before this time, without calling `letGo`. */
  expire(before: number): void {
    this.forgetClosedWhile(({ closedAt }) => closedAt !== null && closedAt < before);
  }

  applyHub(event: HubEvent): void {
    if (event.type === 'message.added') this.added(event.message);
    else if (event.type === 'conversation.tagged') this.must(event.conversationId).tags = event.tags;
    else if (event.type === 'conversation.wrappedUp') this.must(event.conversationId).wrapUpCode = event.code;
    else if (event.type === 'conversation.rated') this.rated(event);
    // An idle office forgets its last ones with their customers.
    else if (event.type === 'customers.left') this.forgetClosed(event.at);
    else if (event.type === 'leftMessage.added') this.messageLeft(event.leftMessage.customerId);
  }

  applyRouting(event: RoutingEvent): void {
    this.forgetClosed(event.at);
    if (event.type === 'conversation.queued' || event.type === 'conversation.assisted') {
      this.arrived(event);
      return;
    }
    if (!('conversationId' in event) || event.conversationId === undefined || event.type === 'agent.changed') return;
    // A wrap-up outlives its conversation, which may be gone: its customer has a newer one or was erased.
    if (event.type === 'wrapUp.started' || event.type === 'wrapUp.ended') return;
    this.applyTo(this.must(event.conversationId), event);
  }

  private applyTo(thread: Thread, event: RoutingEvent) {
    switch (event.type) {
      case 'offer.made':
        this.rings(thread, event);
        // Only a transfer replaces the note: one written when it was sent to the group is for the agent who accepts it.
        if (event.kind === 'transfer') thread.note = event.note ?? null;
        return;
      case 'offer.ended':
        if (event.outcome === 'timedOut') this.redirected(thread, event.agentId);
        if (event.outcome !== 'accepted') thread.since = event.at;
        return;
      case 'conversation.assigned':
        this.rings(thread, event);
        thread.firstAssignedAt ??= event.at;
        thread.groupId = event.groupId;
        if (event.how !== 'automatic') delete thread.redirect;
        return;
      case 'conversation.returned':
        if (event.reason === 'timedOut') this.redirected(thread, event.agentId);
        else delete thread.redirect;
        thread.since = event.at;
        return;
      case 'conversation.transferFailed':
        thread.since = event.at;
        thread.note = null;
        return;
      case 'conversation.moved':
        thread.groupId = event.groupId;
        return;
      case 'conversation.closed':
        this.ended(thread, event);
        return;
    }
  }

  private redirected(thread: Thread, fromAgentId: string) {
    thread.redirects += 1;
    thread.redirect = { fromAgentId, said: thread.redirect?.said ?? false };
  }

  private rings(thread: Thread, { at, why }: RoutingEventOf<'offer.made' | 'conversation.assigned'>) {
    thread.since = at;
    thread.rangSince = at;
    thread.why = { ...why, skipped: { ...why.skipped } };
  }

  private ended(thread: Thread, { at, by, afterwards }: RoutingEventOf<'conversation.closed'>) {
    thread.since = at;
    thread.closedAt = at;
    thread.closedBy = by;
    thread.asksForMessage = afterwards === 'leaveMessage';
    const { endedAt } = this.customers.must(thread.customerId);
    if (endedAt !== null) thread.endedBefore = endedAt;
    this.customers.ended(thread.customerId, at);
    if (wasServed(thread)) this.customers.mayRate(thread, at);
    this.closed.push(thread);
  }

  private arrived(event: RoutingEventOf<'conversation.queued'> | RoutingEventOf<'conversation.assisted'>) {
    const { conversationId, customerId, groupId, at } = event;
    const known = this.latest.get(conversationId);
    if (event.type === 'conversation.queued' && event.reason === 'reopened') {
      this.reopened(this.must(conversationId), event);
      return;
    }
    if (known) {
      const note = event.type === 'conversation.queued' ? (event.note ?? null) : null;
      Object.assign(known, { groupId, since: at, note });
      // BO2: as a new one to people.
      if (event.type === 'conversation.queued' && event.reason === 'switched')
        Object.assign(known, { redirects: 0, why: null, rangSince: null });
      return;
    }
    this.latest.set(conversationId, newThread({ conversationId, customerId, groupId, openedAt: event.enqueuedAt }, at));
    const before = this.customers.began(customerId, conversationId);
    if (before !== null) this.latest.delete(before);
  }

  /** RO1: as a new one, with what was said and its tags. */
  private reopened(thread: Thread, { groupId, at }: RoutingEventOf<'conversation.queued'>) {
    const { firstAssignedAt: _, endedBefore = null, ...rest } = thread;
    this.closed = this.closed.filter((each) => each !== thread);
    this.customers.reopened(thread.customerId, endedBefore);
    this.latest.set(thread.conversationId, {
      ...rest,
      groupId,
      since: at,
      redirects: 0,
      note: null,
      why: null,
      rangSince: null,
      unansweredSince: thread.unanswered > 0 ? at : null,
      wrapUpCode: null,
      closedBy: null,
      closedAt: null,
      asksForMessage: false,
    });
  }

  /** The conversation may have left the state, and its customer may have a newer one. */
  private rated({ conversationId, customerId, endedAt, rating }: Extract<HubEvent, { type: 'conversation.rated' }>) {
    const changed = this.customers.rated(customerId, rating);
    const thread =
      this.latest.get(conversationId) ?? this.closed.find((each) => each.conversationId === conversationId);
    if (thread) Object.assign(thread, { rating }, changed ? { ratingChanged: true } : {});
    else this.letGo.rating?.({ conversationId, endedAt, rating });
  }

  private added(message: MessageView) {
    const thread = this.must(message.conversationId);
    thread.messages.push(message);
    if (message.from.kind === 'agent') delete thread.redirect;
    if (message.line?.code === 'redirected' && thread.redirect) thread.redirect = { ...thread.redirect, said: true };
    Object.assign(thread, saidAfter(thread, message));
    this.bound(thread);
  }

  /** Moves the oldest third out as a page at the limit; depends on the count alone, so a replay does the same. */
  private bound(thread: Thread) {
    const { conversationMessagesMax } = this.limits;
    const { customerId, conversationId } = thread;
    while (thread.messages.length >= conversationMessagesMax) {
      const messages = thread.messages.splice(0, Math.ceil(conversationMessagesMax / 3));
      thread.earlier = withPage(thread.earlier, messages);
      this.letGo.messages?.({ customerId, conversationId, messages });
    }
  }

  private messageLeft(customerId: string) {
    const thread = this.latestOf(customerId);
    if (thread) thread.asksForMessage = false;
  }

  /** Uses the recorded time, so that a replay drops the same ones. */
  private forgetClosed(nowMs: number) {
    this.forgetClosedWhile((each) => this.isOver(each, nowMs), this.letGo.conversation);
  }

  private isOver({ closedAt }: Thread, nowMs: number): boolean {
    return closedAt !== null && nowMs - closedAt > this.limits.closedShownMs;
  }

  private forgetClosedWhile(isOld: (thread: Thread) => boolean, forgotten?: ThreadsLetGo['conversation']) {
    while (this.closed.length > 0 && isOld(this.closed[0]!)) {
      const old = this.closed.shift()!;
      forgotten?.(old);
      if (this.latest.get(old.conversationId) === old) this.latest.delete(old.conversationId);
      this.customers.letGo(old.customerId, old.conversationId);
    }
  }
}
