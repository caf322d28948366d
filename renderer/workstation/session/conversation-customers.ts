import type { PageStorage } from '../services/page-storage';
import type { OfficeState } from './office-state';

/**
 * The customer of every conversation with something unsent. Drafts are stored by conversation but erased by customer,
 * and by then the conversation itself may be gone from the page.
 */
export interface ConversationCustomers {
  /** To be called when something of this conversation is stored: remembers its customer. */
  note(conversationId: string): void;
  /** Also true if the customer is unknown: better to erase too much than too little. */
  isOfOne(conversationId: string, customerIds: ReadonlySet<string>): boolean;
  /** The same customer's other conversations that something of is stored, oldest first. */
  othersOf(conversationId: string): string[];
  forget(customerIds: ReadonlySet<string>): void;
}

/** Enough for all drafts and failed messages. The oldest entries go first. */
const notedMax = 500;
const key = 'customers';

/** `known`: the conversation's customer according to the page's state, or null. */
export function createConversationCustomers(
  storage: PageStorage,
  known: (conversationId: string) => string | null,
): ConversationCustomers {
  const noted = new Map<string, string>(readNoted(storage));
  const customerOf = (conversationId: string) => known(conversationId) ?? noted.get(conversationId);
  const save = () => storage.write(key, noted.size === 0 ? null : JSON.stringify([...noted]));
  return {
    note(conversationId) {
      const customerId = known(conversationId);
      if (customerId === null || noted.get(conversationId) === customerId) return;
      noted.set(conversationId, customerId);
      const [oldest] = noted.keys();
      if (noted.size > notedMax && oldest !== undefined) noted.delete(oldest);
      save();
    },
    isOfOne(conversationId, customerIds) {
      const customerId = customerOf(conversationId);
      return customerId === undefined || customerIds.has(customerId);
    },
    othersOf(conversationId) {
      const customerId = customerOf(conversationId);
      return [...noted].flatMap(([id, of]) => (of === customerId && id !== conversationId ? id : []));
    },
    forget(customerIds) {
      const before = noted.size;
      for (const [conversationId, customerId] of noted) if (customerIds.has(customerId)) noted.delete(conversationId);
      if (noted.size < before) save();
    },
  };
}

/** The conversation's customer according to the page's state, or null. */
export function customerIn(
  { conversations, selectedGone, recentlyGone }: OfficeState,
  conversationId: string,
): string | null {
  const shown = selectedGone?.conversationId === conversationId ? selectedGone : undefined;
  return (conversations.get(conversationId) ?? shown ?? recentlyGone.get(conversationId))?.customerId ?? null;
}

function readNoted(storage: PageStorage): [string, string][] {
  try {
    const value: unknown = JSON.parse(storage.read(key) ?? '[]');
    if (!Array.isArray(value)) return [];
    return value.filter(
      (pair): pair is [string, string] => Array.isArray(pair) && pair.every((each) => typeof each === 'string'),
    );
  } catch {
    return [];
  }
}
