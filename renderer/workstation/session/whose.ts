import type { Keep } from './keep';
import type { OfficeState } from './office-state';

/**
 * Whose each conversation is in which something unsent is kept: what is kept names conversations, an erasure names
 * customers, and by then nobody may know the conversation any more.
 */
export interface Whose {
  /** Something of this conversation is kept from now on. */
  note(conversationId: string): void;
  /** Also when nobody can tell: what may be theirs goes with what is. */
  isOfOne(conversationId: string, customerIds: ReadonlySet<string>): boolean;
  forget(customerIds: ReadonlySet<string>): void;
}

/** As many as there may be drafts and failed messages; the longest unused go first. */
const notedMax = 500;
const key = 'customers';

/** `known`: by what the page holds. */
export function createWhose(keep: Keep, known: (conversationId: string) => string | null): Whose {
  const noted = new Map<string, string>(readNoted(keep));
  const save = () => keep.write(key, noted.size === 0 ? null : JSON.stringify([...noted]));
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
      const customerId = known(conversationId) ?? noted.get(conversationId);
      return customerId === undefined || customerIds.has(customerId);
    },
    forget(customerIds) {
      const before = noted.size;
      for (const [conversationId, customerId] of noted) if (customerIds.has(customerId)) noted.delete(conversationId);
      if (noted.size < before) save();
    },
  };
}

/** By what the page holds of this conversation. */
export function customerIn(
  { conversations, selectedGone, recentlyGone }: OfficeState,
  conversationId: string,
): string | null {
  const shown = selectedGone?.conversationId === conversationId ? selectedGone : undefined;
  return (conversations.get(conversationId) ?? shown ?? recentlyGone.get(conversationId))?.customerId ?? null;
}

function readNoted(keep: Keep): [string, string][] {
  try {
    const value: unknown = JSON.parse(keep.read(key) ?? '[]');
    if (!Array.isArray(value)) return [];
    return value.filter(
      (pair): pair is [string, string] => Array.isArray(pair) && pair.every((each) => typeof each === 'string'),
    );
  } catch {
    return [];
  }
}
