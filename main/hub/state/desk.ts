import { saidAfter } from '../../../shared/protocol/after-message';
import type { CustomerPage } from '../../../shared/protocol/customer-profile';
import type { Language } from '../../../shared/protocol/fields';
import type { FoundConversation } from '../../../shared/protocol/history';
import type { MessageView, Why } from '../../../shared/protocol/views';
import { must, type RoutingEvent, type RoutingEventOf } from '../../../shared/routing/index';
import type { HubLimits } from '../limits';
import type { HubEvent } from './records';

export interface Customer {
  customerId: string;
  tokenHash: string;
  name: string;
  /** Empty: not known. */
  contact: string;
  language: Language;
  /** Where they wrote from last. Null: the hub's own page; absent: not known. */
  page?: CustomerPage | null;
  /** Null: before it was noted. */
  firstSeenAt: number | null;
  /** When they were last here, to the day, or what they had left was seen to: they are kept as long as that is. */
  seenAt: number;
  /** The latest conversation, open or closed, while it is held. */
  conversationId: string | null;
  /** When their last conversation ended; null: none has. */
  endedAt: number | null;
  /** How many have; null: not all were counted. */
  endedCount: number | null;
}

/** QU1's order key. */
export interface OrderKey {
  priority: number;
  enqueuedAt: number;
  seq: number;
}

/** What the hub adds to a conversation of the core. */
export interface DeskConversation {
  conversationId: string;
  customerId: string;
  groupId: string;
  key: OrderKey;
  since: number;
  redirects: number;
  note: string | null;
  why: Why | null;
  preview: string;
  lastMessageAt: number | null;
  unansweredSince: number | null;
  unanswered: number;
  tags: readonly string[];
  /** How it ended, as whoever closed it said. */
  wrapUpCode: string | null;
  closedBy: 'agent' | 'customer' | 'system' | null;
  closedAt: number | null;
  /** It has ended with the customer being asked to leave a message (QU6), and they have not left one yet. */
  asksForMessage: boolean;
  /** What it is in truth: a left message. Absent: a conversation. */
  left?: NonNullable<FoundConversation['left']>;
  /** Whom the last short break by timeout waited for: when it began to ring or was given. */
  rangSince: number | null;
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

export interface DeskLetGo {
  /** One that has ended. */
  conversation?(conversation: DeskConversation): void;
  messages?(left: MessagesLeft): void;
}

/** SB1, for the banner: what an agent on a short break by timeout missed. */
export interface Missed {
  conversationId: string;
  customerId: string;
  customerName: string;
  waitedSeconds: number;
}

export interface SavedDesk {
  customers: Customer[];
  conversations: DeskConversation[];
  /** By id while the conversation is held; as a whole when its customer has a newer one. */
  closed: (string | DeskConversation)[];
  missed: [string, Missed][];
}

export type DeskLimits = Pick<HubLimits, 'closedShownMs' | 'conversationMessagesMax'>;

/** Customers and what was said: what the core does not keep. Rebuilt from the recorded events alone. */
export class Desk {
  readonly customers = new Map<string, Customer>();
  readonly customerByTokenHash = new Map<string, Customer>();
  readonly conversations = new Map<string, DeskConversation>();
  readonly missed = new Map<string, Missed>();
  /** Oldest first. */
  private closed: DeskConversation[] = [];

  constructor(
    private readonly limits: DeskLimits,
    private readonly letGo: DeskLetGo = {},
  ) {}

  save(): SavedDesk {
    const held = (each: DeskConversation) => this.conversations.get(each.conversationId) === each;
    return {
      customers: [...this.customers.values()],
      conversations: [...this.conversations.values()],
      closed: this.closed.map((each) => (held(each) ? each.conversationId : each)),
      missed: [...this.missed],
    };
  }

  /** The inverse of `save`, into an empty desk. */
  load(saved: SavedDesk): void {
    for (const each of [...saved.conversations, ...saved.closed]) {
      if (typeof each === 'string') continue;
      this.bound(each);
    }
    for (const customer of saved.customers) {
      this.customers.set(customer.customerId, customer);
      this.customerByTokenHash.set(customer.tokenHash, customer);
    }
    for (const each of saved.conversations) this.conversations.set(each.conversationId, each);
    for (const each of saved.closed) this.closed.push(typeof each === 'string' ? must(this.conversations, each) : each);
    for (const [agentId, missed] of saved.missed) this.missed.set(agentId, missed);
  }

  /** A customer's latest conversation, open or closed, while it is held. */
  latestOf(customerId: string): DeskConversation | null {
    const conversationId = this.customers.get(customerId)?.conversationId ?? null;
    return conversationId === null ? null : (this.conversations.get(conversationId) ?? null);
  }

  /** Also those whose customer has a newer one. */
  held(): Iterable<DeskConversation> {
    return new Set([...this.conversations.values(), ...this.closed]);
  }

  *messages(): Iterable<MessageView> {
    for (const { messages } of this.held()) yield* messages;
  }

  /** Without telling `letGo` of them. */
  erase(customerId: string): void {
    const known = this.customers.get(customerId);
    this.customers.delete(customerId);
    if (known) this.customerByTokenHash.delete(known.tokenHash);
    for (const each of this.held()) {
      if (each.customerId === customerId) this.conversations.delete(each.conversationId);
    }
    for (const [agentId, missed] of this.missed) if (missed.customerId === customerId) this.missed.delete(agentId);
    this.closed = this.closed.filter((each) => each.customerId !== customerId);
  }

  /**
   * Those that ended before this moment, without telling `letGo` of them, and the customers of whom nothing is kept
   * any more, but for some that are still of use. Gives the ids of these customers.
   */
  expire(before: number, isOfUse: (customerId: string) => boolean): string[] {
    this.forgetClosedWhile((closedAt) => closedAt < before);
    const gone = [...this.customers.values()].filter(
      ({ customerId, endedAt, seenAt }) =>
        Math.max(endedAt ?? 0, seenAt) < before && !this.latestOf(customerId) && !isOfUse(customerId),
    );
    for (const { customerId, tokenHash } of gone) {
      this.customers.delete(customerId);
      this.customerByTokenHash.delete(tokenHash);
    }
    return gone.map(({ customerId }) => customerId);
  }

  /** `at`: of the record before. */
  applyHub(event: HubEvent, at: number): void {
    if (event.type === 'customer.seen') this.seen(event, at);
    else if (event.type === 'customer.put') this.corrected(event);
    else if (event.type === 'message.added') this.added(event.message);
    else if (event.type === 'conversation.tagged') this.change(event.conversationId, { tags: event.tags });
    else if (event.type === 'conversation.wrappedUp') this.change(event.conversationId, { wrapUpCode: event.code });
    else if (event.type === 'leftMessage.done') this.leftSeenTo(event);
    else if (event.type === 'leftMessage.added') this.messageLeft(event.leftMessage.customerId);
  }

  applyRouting(event: RoutingEvent) {
    this.forgetClosed(event.at);
    if (event.type === 'agent.changed') return this.statusChanged(event);
    if (event.type === 'agent.removed') {
      this.missed.delete(event.agentId);
      return;
    }
    if (event.type === 'conversation.queued') return this.enqueued(event);
    if (!('conversationId' in event) || event.conversationId === undefined) return;
    // A wrap-up outlives its conversation, whose customer may have a newer one by then, or be erased.
    if (event.type === 'wrapUp.started' || event.type === 'wrapUp.ended') return;
    this.applyTo(must(this.conversations, event.conversationId), event);
  }

  private applyTo(conversation: DeskConversation, event: RoutingEvent) {
    switch (event.type) {
      case 'offer.made':
        conversation.since = event.at;
        conversation.rangSince = event.at;
        conversation.why = { ...event.why, skipped: { ...event.why.skipped } };
        // What a colleague wrote when they sent it to the group is for whoever takes it up.
        if (event.kind === 'transfer') conversation.note = event.note ?? null;
        return;
      case 'offer.ended':
        if (event.outcome === 'timedOut') conversation.redirects += 1;
        if (event.outcome !== 'accepted') conversation.since = event.at;
        return;
      case 'conversation.assigned':
        this.taken(conversation, event);
        return;
      case 'conversation.returned':
        if (event.reason === 'timedOut') conversation.redirects += 1;
        conversation.since = event.at;
        conversation.key = { ...conversation.key, priority: event.priority };
        return;
      case 'conversation.transferFailed':
        conversation.since = event.at;
        conversation.note = null;
        return;
      case 'conversation.moved':
        conversation.groupId = event.groupId;
        return;
      case 'conversation.closed':
        conversation.since = event.at;
        conversation.closedAt = event.at;
        this.ended(conversation.customerId, event.at);
        conversation.closedBy = event.by;
        conversation.asksForMessage = event.afterwards === 'leaveMessage';
        this.closed.push(conversation);
        return;
    }
  }

  private ended(customerId: string, at: number) {
    const customer = must(this.customers, customerId);
    customer.endedAt = at;
    if (customer.endedCount !== null) customer.endedCount += 1;
  }

  private seen(event: Extract<HubEvent, { type: 'customer.seen' }>, at: number) {
    const { type: _type, at: seenAt = at, contact, ...said } = event;
    const known = this.customers.get(event.customerId);
    if (known) {
      Object.assign(known, { ...said, seenAt, contact: contact ?? known.contact });
      return;
    }
    const none = { conversationId: null, endedAt: null, endedCount: 0 };
    const added: Customer = { ...said, contact: contact ?? '', firstSeenAt: event.at ?? null, seenAt, ...none };
    this.customers.set(added.customerId, added);
    this.customerByTokenHash.set(added.tokenHash, added);
  }

  private corrected({ customerId, name, contact }: Extract<HubEvent, { type: 'customer.put' }>) {
    Object.assign(must(this.customers, customerId), { name, contact });
  }

  private enqueued(event: RoutingEventOf<'conversation.queued'>) {
    const key = { priority: event.priority, enqueuedAt: event.enqueuedAt, seq: event.seq };
    const known = this.conversations.get(event.conversationId);
    if (known) {
      Object.assign(known, { groupId: event.groupId, key, since: event.at, note: event.note ?? null });
      return;
    }
    const added: DeskConversation = {
      conversationId: event.conversationId,
      customerId: event.customerId,
      groupId: event.groupId,
      key,
      since: event.at,
      redirects: 0,
      note: null,
      why: null,
      preview: '',
      lastMessageAt: null,
      unansweredSince: null,
      unanswered: 0,
      tags: [],
      wrapUpCode: null,
      closedBy: null,
      closedAt: null,
      asksForMessage: false,
      rangSince: null,
      messages: [],
      earlier: null,
    };
    this.conversations.set(added.conversationId, added);
    const customer = must(this.customers, event.customerId);
    if (customer.conversationId !== null) this.conversations.delete(customer.conversationId);
    customer.conversationId = added.conversationId;
  }

  private taken(conversation: DeskConversation, event: RoutingEventOf<'conversation.assigned'>) {
    conversation.groupId = event.groupId;
    conversation.since = event.at;
    conversation.rangSince = event.at;
    conversation.why = { ...event.why, skipped: { ...event.why.skipped } };
  }

  private statusChanged(event: RoutingEventOf<'agent.changed'>) {
    this.missed.delete(event.agentId);
    if (event.cause !== 'timeout' || event.conversationId === undefined) return;
    const conversation = must(this.conversations, event.conversationId);
    this.missed.set(event.agentId, {
      conversationId: event.conversationId,
      customerId: conversation.customerId,
      customerName: must(this.customers, conversation.customerId).name,
      waitedSeconds: Math.max(0, Math.round((event.at - (conversation.rangSince ?? event.at)) / 1_000)),
    });
  }

  private added(message: MessageView) {
    const conversation = must(this.conversations, message.conversationId);
    conversation.messages.push(message);
    Object.assign(conversation, saidAfter(conversation, message));
    this.bound(conversation);
  }

  /** A page of the oldest messages leaves when there are three: by their number alone, so that a replay does the same. */
  private bound(conversation: DeskConversation) {
    const { conversationMessagesMax } = this.limits;
    const { customerId, conversationId } = conversation;
    while (conversation.messages.length >= conversationMessagesMax) {
      const messages = conversation.messages.splice(0, Math.ceil(conversationMessagesMax / 3));
      conversation.earlier = withPage(conversation.earlier, messages);
      this.letGo.messages?.({ customerId, conversationId, messages });
    }
  }

  private change(conversationId: string, fields: Partial<Pick<DeskConversation, 'tags' | 'wrapUpCode'>>) {
    Object.assign(must(this.conversations, conversationId), fields);
  }

  private leftSeenTo({ customerId = '', at = 0 }: Extract<HubEvent, { type: 'leftMessage.done' }>) {
    const customer = this.customers.get(customerId);
    if (customer) customer.seenAt = Math.max(customer.seenAt, at);
  }

  private messageLeft(customerId: string) {
    const conversation = this.latestOf(customerId);
    if (conversation) conversation.asksForMessage = false;
  }

  /** By recorded time, so that a replay forgets the same. */
  private forgetClosed(nowMs: number) {
    this.forgetClosedWhile((closedAt) => nowMs - closedAt > this.limits.closedShownMs, this.letGo.conversation);
  }

  private forgetClosedWhile(isOld: (closedAt: number) => boolean, forgotten?: DeskLetGo['conversation']) {
    while (this.closed.length > 0 && isOld(this.closed[0]!.closedAt ?? Number.POSITIVE_INFINITY)) {
      const old = this.closed.shift()!;
      forgotten?.(old);
      if (this.conversations.get(old.conversationId) === old) this.conversations.delete(old.conversationId);
      const customer = this.customers.get(old.customerId);
      if (customer?.conversationId === old.conversationId) customer.conversationId = null;
    }
  }
}

function withPage(earlier: EarlierMessages | null, messages: readonly MessageView[]): EarlierMessages {
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
