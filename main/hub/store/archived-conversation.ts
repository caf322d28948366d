import type { Customer, DeskConversation } from '../state/desk';

/** A closed conversation with what was said, in `archive/<UTC day of closing>.jsonl`. */
export type ArchivedConversation = Omit<DeskConversation, 'key'> & {
  openedAt: number;
  customer: Pick<Customer, 'customerId' | 'name' | 'language'> | null;
};

export function archived(conversation: DeskConversation, customer: Customer | undefined): ArchivedConversation {
  const { key, ...kept } = conversation;
  const { customerId, name, language } = customer ?? {};
  const known = customerId !== undefined && name !== undefined && language !== undefined;
  return { ...kept, openedAt: key.enqueuedAt, customer: known ? { customerId, name, language } : null };
}
