import type { Customer } from '../state/customers';
import type { Thread } from '../state/thread';

/** A closed conversation as stored in `archive/<UTC day of closing>.jsonl`. */
export type ArchivedConversation = Thread & {
  customer: Pick<Customer, 'customerId' | 'name' | 'language'> | null;
};

export function archived(conversation: Thread, customer: Customer | undefined): ArchivedConversation {
  const { customerId, name, language } = customer ?? {};
  const known = customerId !== undefined && name !== undefined && language !== undefined;
  return { ...conversation, customer: known ? { customerId, name, language } : null };
}
