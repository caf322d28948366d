import { onOthers } from '../audit/audit';
import { ownOrSupervisor, relationToConversation } from '../rights/rights';
import { done } from '../session/outcome';
import type { AgentCommandSpecs } from './command';
import { unknownConversation } from './refusals';

/** Correcting who a customer is. */
export const profileCommands: AgentCommandSpecs<'customer.put'> = {
  'customer.put': {
    rights: ownOrSupervisor,
    relation: (asked) => relationToConversation(asked, asked.command.conversationId),
    audit: { when: onOthers, subject: ({ command }) => command.conversationId },
    step(step, { conversationId, ...put }) {
      const { routing, customers, threads } = step.state;
      const { customerId = '' } = threads.get(conversationId) ?? {};
      const customer = customers.get(customerId);
      if (!customer || !routing.conversations.has(conversationId)) return unknownConversation();
      const { name = customer.name, contact = customer.contact } = put;
      step.add({ type: 'customer.put', customerId, name, contact });
      return done;
    },
  },
};
