import type { AgentResults } from './agent-results';
import type { CustomerResults } from './customer-results';

type FieldsOf<Results> = { readonly [Op in keyof Results]: readonly (keyof Results[Op])[] };

/**
 * The required fields of each command's result, by role: a client checks that they are there before it passes a result
 * on. It does not check their values: a newer hub's lists may hold entries that this client ignores. Must not import
 * zod, which would make the customer's page too large.
 */
export const resultFields: {
  agent: FieldsOf<AgentResults>;
  customer: FieldsOf<CustomerResults>;
  assistant: Record<never, never>;
} = {
  assistant: {},
  agent: {
    'conversation.earlier': ['messages', 'earlier'],
    'conversation.trace': ['trace', 'names'],
    'conversation.find': ['found', 'next'],
    'conversation.read': ['conversation', 'note', 'messages', 'earlier'],
    'customer.block': ['blockId'],
    'customer.address': ['address', 'others'],
    'group.put': ['groupId'],
    'agent.put': ['agentId'],
    'assistant.put': ['assistantId'],
    'assistant.token': ['token'],
    'agent.code': ['code', 'expiresAt'],
    'apiToken.make': ['tokenId', 'token'],
    'identitySecret.make': ['secretId', 'secret'],
    'webhook.put': ['webhookId'],
    'webhook.rotate': ['secret'],
    'webhook.attempts': ['attempts'],
    'webhook.test': ['attempt'],
    'office.backup': ['fileName', 'bytes'],
    'audit.list': ['entries', 'isLast'],
    'cannedReply.put': ['cannedReplyId'],
    'leftMessage.begin': ['conversationId'],
    'leftMessage.reopen': ['leftMessageId'],
  },
  customer: {
    'conversation.open': ['conversationId'],
    'conversation.earlier': ['messages', 'earlier'],
    'conversation.past': ['conversationId', 'messages', 'earlier', 'next'],
    'conversation.rate': ['rateUntil'],
    'message.leave': ['leftMessageId'],
  },
};
