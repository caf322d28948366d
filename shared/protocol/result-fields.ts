import type { AgentResults } from './agent-results';
import type { CustomerResults } from './customer-results';

type FieldsOf<Results> = { readonly [Op in keyof Results]: readonly (keyof Results[Op])[] };

/**
 * The fields that a result has to have, by role and command: what a client looks at before it passes one on. Not at what is
 * in them: a newer hub's lists may hold what this client ignores. Without zod, which the customer's page does not carry.
 */
export const resultFields: { agent: FieldsOf<AgentResults>; customer: FieldsOf<CustomerResults> } = {
  agent: {
    'conversation.earlier': ['messages', 'earlier'],
    'conversation.trace': ['trace', 'names'],
    'conversation.find': ['found', 'next'],
    'conversation.read': ['conversation', 'note', 'messages', 'earlier'],
    'customer.block': ['blockId'],
    'customer.address': ['address', 'others'],
    'group.put': ['groupId'],
    'agent.put': ['agentId'],
    'agent.code': ['code', 'expiresAt'],
    'office.backup': ['fileName', 'bytes'],
    'audit.list': ['entries', 'isLast'],
    'cannedReply.put': ['cannedReplyId'],
    'leftMessage.reopen': ['leftMessageId'],
  },
  customer: {
    'conversation.open': ['conversationId'],
    'conversation.earlier': ['messages', 'earlier'],
    'message.leave': ['leftMessageId'],
  },
};
