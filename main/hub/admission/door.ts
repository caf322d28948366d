import type { RefusedWhat } from '../../../shared/protocol/refusals';
import type { HubLimits, ListenerRole, Rates } from '../limits';
import type { CommandRefusal } from '../session/outcome';
import type { HubState } from '../state/hub-state';
import type { RecordedEvent } from '../state/records';
import { addressKey } from '../system/addresses';
import { Budget, Slots, type Whose } from './budget';
import type { Refusals } from './refusals';

const messages = {
  hubFull: 'there is no room for more customers just now; try again in a while',
  tooManyLines: 'too many new connections by you or from your address; come back in a while',
  rateLimited: 'too much at once by you or from your address; send it again in a while',
  tooManyConversations: 'too many conversations by you or from your address; try again in a while',
  tooManyLeftMessages: 'too many messages were left by you or from your address; try again in a while',
} as const;

export interface DoorRefusal extends CommandRefusal {
  code: keyof typeof messages;
  now: { retryAfterMs: number };
}

export interface Slot {
  release(): void;
}

type Budgets<R extends keyof HubLimits['budgets']> = Record<keyof HubLimits['budgets'][R], Budget>;

/** Whose commands are counted. */
type Counted = 'assistant' | 'customer';

/** Asked by a command that would begin something. Null: admitted, and counted. */
export interface Admission {
  conversation(isNewCustomer: boolean): DoorRefusal | null;
  leftMessage(customerId: string, isNewCustomer: boolean): CommandRefusal | null;
  /** Called after `conversation` has admitted it. */
  opened(conversationId: string): void;
}

/**
 * The one place where the budgets of people, of addresses and of the whole hub are kept. In memory only: no record, and
 * lost with the process.
 */
export class Door {
  private readonly budgets: { agent: Budgets<'agent'>; assistant: Budgets<'assistant'>; customer: Budgets<'customer'> };
  private readonly lines: Record<ListenerRole, Slots>;
  private readonly uploads: Record<ListenerRole, Slots>;
  private readonly conversations: Slots;
  private readonly api: { requests: Budget; writes: Budget; unknown: Budget; slots: Slots };
  /** Open conversations that began while this hub ran. */
  private readonly slotByConversation = new Map<string, Slot>();

  constructor(
    private readonly limits: HubLimits,
    private readonly state: HubState,
    private readonly refusals: Refusals,
    private readonly now: () => number,
  ) {
    const { budgets, budgetKeysMax, linesPerAddressMax, customers, attachments } = limits;
    const linesMax = customers.socketsMax - limits.socketsBesideLinesMax;
    this.budgets = {
      agent: budgetsOf(budgets.agent, budgetKeysMax),
      assistant: budgetsOf(budgets.assistant, budgetKeysMax),
      customer: budgetsOf(budgets.customer, budgetKeysMax),
    };
    this.lines = {
      agent: new Slots({ address: linesPerAddressMax.agent, all: Number.POSITIVE_INFINITY }),
      customer: new Slots({ address: linesPerAddressMax.customer, all: linesMax }),
    };
    this.uploads = {
      agent: new Slots(attachments.uploadsAtOnceMax.agent),
      customer: new Slots(attachments.uploadsAtOnceMax.customer),
    };
    const { requests, writes, unknown, atOnceMax } = limits.api;
    this.api = {
      ...budgetsOf({ requests, writes, unknown }, budgetKeysMax),
      slots: new Slots(atOnceMax),
    };
    this.conversations = new Slots({ address: customers.conversationsPerAddressMax, all: Number.POSITIVE_INFINITY });
  }

  /** Admits an HTTP request; 0: admitted, otherwise how long to wait. */
  request(role: ListenerRole, address: string): number {
    const whose = { person: null, address: addressKey(address) };
    const waitMs = this.take(this.budgets[role].requests, whose);
    if (waitMs > 0) this.refusals.add('lines', whose.address);
    return waitMs;
  }

  /** Admits a new line, counted until its slot is released. */
  enter(role: ListenerRole, address: string): Slot | DoorRefusal {
    const whose = { person: null, address: addressKey(address) };
    const waitMs = this.take(this.budgets[role].lines, whose);
    if (waitMs > 0) return this.refuse('lines', whose.address, 'tooManyLines', waitMs);
    const slot = this.lines[role].take(whose);
    if (slot === 'all') return this.refuse('lines', null, 'hubFull', this.limits.retryAfterMs.whenFull);
    if (slot === 'own') return this.refuse('lines', whose.address, 'tooManyLines', this.limits.retryAfterMs.min);
    return slot;
  }

  /** `whose.person` null: not known yet. */
  hello(whose: Whose): DoorRefusal | null {
    const waitMs = this.take(this.budgets.customer.hellos, whose);
    return waitMs === 0 ? null : this.refuse('lines', whose.address, 'tooManyLines', waitMs);
  }

  /** False: too many frames. */
  frame(role: ListenerRole, whose: Whose, cost: number): boolean {
    if (this.take(this.budgets[role].frames, whose, cost) === 0) return true;
    this.refusals.add('frames', whose.address);
    return false;
  }

  /** `restMs`: how much longer they must wait for an earlier refusal. */
  command(who: Counted, whose: Whose, bytes: number, restMs: number): DoorRefusal | null {
    const { commands, commandBytes } = this.budgets[who];
    const now = this.now();
    const waitMs = Math.max(restMs, commands.waitMs(whose, now), commandBytes.waitMs(whose, now, bytes));
    if (waitMs > 0) return this.refuse('commands', whose.address, 'rateLimited', waitMs);
    commands.take(whose, now);
    commandBytes.take(whose, now, bytes);
    return null;
  }

  /** Counts a refused command. False: too many. */
  commandRefused(who: Counted, whose: Whose): boolean {
    if (this.take(this.budgets[who].refusals, whose) === 0) return true;
    this.refusals.add('commands', whose.address);
    return false;
  }

  /** Admits a program's request, counted until its slot is released; otherwise how long to wait. */
  program(tokenId: string, isWrite: boolean): Slot | { retryAfterMs: number } {
    const { requests, writes, slots } = this.api;
    const whose = { person: tokenId, address: null };
    const slot = slots.take(whose);
    const waitMs =
      typeof slot === 'string'
        ? this.limits.retryAfterMs.min
        : this.takeAll(isWrite ? [requests, writes] : [requests], whose, 1);
    if (waitMs === 0 && typeof slot === 'object') return slot;
    if (typeof slot === 'object') slot.release();
    this.refusals.add('api', null);
    return { retryAfterMs: Math.max(waitMs, this.limits.retryAfterMs.min) };
  }

  /** A request of a program without a valid token; 0: it is told so, otherwise how long to wait. */
  unknownProgram(address: string): number {
    const waitMs = this.take(this.api.unknown, { person: null, address });
    if (waitMs > 0) this.refusals.add('api', address);
    return waitMs;
  }

  admission(whose: Whose): Admission {
    const { customers } = this.limits;
    return {
      conversation: (isNewCustomer) => {
        if (this.state.routing.conversations.size >= customers.conversationsMax)
          return this.refuse('conversations', null, 'hubFull', this.limits.retryAfterMs.whenFull);
        if (this.conversations.hasNoneFor(whose))
          return this.refuse('conversations', whose.address, 'tooManyConversations', this.limits.retryAfterMs.whenFull);
        const waitMs = this.begin(this.budgets.customer.conversations, whose, isNewCustomer);
        return waitMs === 0 ? null : this.refuse('conversations', whose.address, 'tooManyConversations', waitMs);
      },
      leftMessage: (customerId, isNewCustomer) => {
        if (this.state.leftMessages.openOf(customerId) >= customers.leftMessagesPerCustomerMax)
          return { code: 'tooManyLeftMessages', message: 'leave another one when one of yours has been read' };
        if (this.state.leftMessages.openCount >= customers.leftMessagesMax)
          return this.refuse('leftMessages', null, 'hubFull', this.limits.retryAfterMs.whenFull);
        const waitMs = this.begin(this.budgets.customer.leftMessages, whose, isNewCustomer);
        return waitMs === 0 ? null : this.refuse('leftMessages', whose.address, 'tooManyLeftMessages', waitMs);
      },
      opened: (conversationId) => {
        const slot = this.conversations.take(whose);
        if (typeof slot === 'object') this.slotByConversation.set(conversationId, slot);
      },
    };
  }

  /** Gives back the slots of conversations that have ended. */
  recorded(events: readonly RecordedEvent[]): void {
    for (const { of, event } of events) {
      if (of !== 'routing' || event.type !== 'conversation.closed') continue;
      this.slotByConversation.get(event.conversationId)?.release();
      this.slotByConversation.delete(event.conversationId);
    }
  }

  /** Admits an upload, counted until its slot is released; otherwise how long to wait. */
  upload(role: ListenerRole, whose: Whose): Slot | { retryAfterMs: number } {
    const slot = this.uploads[role].take(whose);
    const waitMs =
      typeof slot === 'string' ? this.limits.retryAfterMs.min : this.take(this.budgets[role].uploads, whose);
    if (waitMs === 0 && typeof slot === 'object') return slot;
    if (typeof slot === 'object') slot.release();
    this.refusals.add('uploads', slot === 'all' ? null : whose.address);
    return { retryAfterMs: Math.max(waitMs, this.limits.retryAfterMs.min) };
  }

  /** Takes bytes of a customer's upload; 0: taken, otherwise how long to wait. `served`: by an agent, now or before. */
  uploadBytes(whose: Whose, bytes: number, served: boolean): number {
    const { uploadBytes, uploadBytesUnserved } = this.budgets.customer;
    const waitMs = this.takeAll(served ? [uploadBytes] : [uploadBytes, uploadBytesUnserved], whose, bytes);
    if (waitMs > 0) this.refusals.add('uploads', whose.address);
    return waitMs;
  }

  /** Customers' files have used up their share of the disk. */
  noRoomForFiles(): void {
    this.refusals.add('uploads', null);
  }

  private begin(budget: Budget, whose: Whose, isNewCustomer: boolean): number {
    return this.takeAll(isNewCustomer ? [budget, this.budgets.customer.newCustomers] : [budget], whose, 1);
  }

  /** Takes from all of them, or from none. */
  private takeAll(budgets: readonly Budget[], whose: Whose, cost: number): number {
    const now = this.now();
    const waitMs = Math.max(...budgets.map((budget) => budget.waitMs(whose, now, cost)));
    if (waitMs === 0) for (const budget of budgets) budget.take(whose, now, cost);
    return waitMs;
  }

  private take(budget: Budget, whose: Whose, cost = 1): number {
    return budget.take(whose, this.now(), cost);
  }

  private refuse(what: RefusedWhat, address: string | null, code: DoorRefusal['code'], waitMs: number): DoorRefusal {
    this.refusals.add(what, address);
    return { code, message: messages[code], now: { retryAfterMs: Math.max(waitMs, this.limits.retryAfterMs.min) } };
  }
}

function budgetsOf<K extends string>(rates: Record<K, Rates>, keysMax: number): Record<K, Budget> {
  const budgets = Object.entries<Rates>(rates).map(([name, each]) => [name, new Budget(each, keysMax)]);
  return Object.fromEntries(budgets) as Record<K, Budget>;
}
