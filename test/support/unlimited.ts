import { defaultLimits, type HubLimits } from '../../main/hub/limits';

const { agent, assistant, customer } = defaultLimits.budgets;
const all = Number.POSITIVE_INFINITY;

/** Unlimited budgets, for a process that simulates every client from one address. */
export const unlimited: Pick<HubLimits, 'budgets' | 'linesPerAddressMax' | 'customers'> = {
  budgets: { agent: uncounted(agent), assistant: uncounted(assistant), customer: uncounted(customer) },
  linesPerAddressMax: { agent: all, customer: all },
  customers: {
    ...defaultLimits.customers,
    socketsMax: all,
    conversationsMax: all,
    conversationsPerAddressMax: all,
    leftMessagesMax: all,
  },
};

function uncounted<K extends string>(rates: Record<K, object>): Record<K, object> {
  return Object.fromEntries(Object.keys(rates).map((name) => [name, {}])) as Record<K, object>;
}
