import * as z from 'zod';
import type { AgentOp } from './agent-wire';
import { auditPage } from './audit';
import { customerAddress } from './blocks';
import { count, epochMs, id } from './fields';
import { historyPage, readConversation } from './history';
import { messageView, traceEntry } from './views';
import { webhookAttempt } from './webhooks';

/** `ack.result` of each command of agents that has one. */
export const agentResults = {
  'conversation.earlier': z.object({ messages: z.array(messageView), earlier: z.boolean() }),
  /** `names` by agent id, for agents that still exist. */
  'conversation.trace': z.object({ trace: z.array(traceEntry), names: z.record(id, z.string()) }),
  'conversation.find': historyPage,
  'conversation.read': readConversation,
  'customer.block': z.object({ blockId: id }),
  'customer.address': customerAddress,
  'group.put': z.object({ groupId: id }),
  'agent.put': z.object({ agentId: id }),
  'assistant.put': z.object({ assistantId: id }),
  /** Secret, so the answer to a repeat has no result. */
  'assistant.token': z.object({ token: z.string() }),
  /** `link`: an invitation, present when other machines can join. Secret, so the answer to a repeat has no result. */
  'agent.code': z.object({ code: z.string(), expiresAt: epochMs, link: z.string().optional() }),
  /** Secret: the answer to a repeat has no result. */
  'apiToken.make': z.object({ tokenId: id, token: z.string() }),
  /** Secret: the answer to a repeat has no result. */
  'identitySecret.make': z.object({ secretId: id, secret: z.string() }),
  /** `secret`: of a new one. Secret: the answer to a repeat has no result. */
  'webhook.put': z.object({ webhookId: id, secret: z.string().optional() }),
  /** Secret, so the answer to a repeat has no result. */
  'webhook.rotate': z.object({ secret: z.string() }),
  /** The newest first. */
  'webhook.attempts': z.object({ attempts: z.array(webhookAttempt) }),
  'webhook.test': z.object({ attempt: webhookAttempt }),
  'office.backup': z.object({ fileName: z.string(), bytes: count }),
  'audit.list': auditPage,
  'cannedReply.put': z.object({ cannedReplyId: id }),
  'leftMessage.begin': z.object({ conversationId: id }),
  'leftMessage.reopen': z.object({ leftMessageId: id }),
} satisfies Partial<Record<AgentOp, z.ZodObject>>;

export type AgentResults = { [Op in keyof typeof agentResults]: z.infer<(typeof agentResults)[Op]> };
/** `undefined`: the command has none. */
export type AgentResult<Op extends AgentOp> = Op extends keyof AgentResults ? AgentResults[Op] : undefined;
