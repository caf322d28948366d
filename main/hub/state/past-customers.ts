import type { HubState } from './hub-state';
import type { PastCustomer } from './records';

/** What is to be stored of a customer before they leave the state. */
export function pastCustomerOf({ customers, answers, routing }: HubState, customerId: string): PastCustomer {
  const { tokenHash, name, contact, language, page, signedId, firstSeenAt, seenAt, endedAt, endedCount } =
    customers.must(customerId);
  const where = page === undefined ? {} : { page };
  const signed = signedId === undefined ? {} : { signedId };
  const last = routing.lastReceptionists.get(customerId);
  return {
    // First, because files are searched for it.
    ...{ tokenHash, customerId, name, contact, language, ...where, ...signed },
    ...{ firstSeenAt, seenAt, endedAt, endedCount },
    devices: answers.of(customerId),
    lastReceptionist: last ? { agentId: last.agentId, wroteAt: last.at } : null,
  };
}

/** Customers that what is in the state belongs to, and who therefore stay in it, too. */
export function stayingCustomers({ config, leftMessages }: HubState): Set<string> {
  const staying = new Set(leftMessages.customerIds());
  for (const { customerId } of config.blocks.values()) staying.add(customerId);
  return staying;
}

/** Whether the customer has been erased, as far as the state remembers: whatever is still found of them is gone. */
export function isErased({ erased, erasing }: HubState, customerId: string): boolean {
  return erasing.has(customerId) || erased.has(customerId);
}
