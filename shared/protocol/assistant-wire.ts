import * as z from 'zod';
import { agentCommand, agentHello, pair } from './agent-wire';
import { count, epochMs, id, language, name, text } from './fields';
import { transferNoteMax } from './limits';
import { ack, caughtUp, hello, ping, pong, refused } from './session';
import { agentSeen, agentTyping, typingToAgent } from './signals';
import { customerMessageView } from './views';

/** What a group's assistant says and is told: a program on the agents' port, which knows of no other conversation. */

const command = { type: z.literal('command'), cid: id, n: z.number().int().positive() };

/** `token`: made by a supervisor (`assistant.token`). A second line takes over, as an agent's does. */
const assistantHello = hello.extend({ role: z.literal('assistant'), token: z.string().min(20).max(200) });

export const assistantCommand = z.discriminatedUnion('op', [
  z.strictObject({ ...command, op: z.literal('message.send'), conversationId: id, text }),
  /** BO2. `groupId` absent: its own; `priority`: 0 (highest) to 9, absent: as it is; `note`: for the agent who gets it. */
  z.strictObject({
    ...command,
    op: z.literal('conversation.handOver'),
    conversationId: id,
    groupId: id.optional(),
    priority: z.number().int().min(0).max(9).optional(),
    note: z.string().max(transferNoteMax).optional(),
  }),
]);

export const fromAssistant = z.discriminatedUnion('type', [assistantHello, ping, assistantCommand, agentTyping]);

/** What may come on the agents' port before the role is known, and from an agent after that. */
export const fromAgentsPort = z.discriminatedUnion('type', [
  z.discriminatedUnion('role', [agentHello, assistantHello]),
  ping,
  pair,
  agentCommand,
  agentTyping,
  agentSeen,
]);

/** Always a snapshot: an assistant has few conversations. */
const welcomeAssistant = z.object({
  type: z.literal('welcome'),
  hubId: id,
  epoch: z.number().int(),
  seq: count,
  mode: z.literal('snapshot'),
  lastN: count,
  serverTime: epochMs,
  assistantId: id,
  name,
});

/** A conversation that is with it. */
export const assistedConversation = z.object({
  conversationId: id,
  groupId: id,
  groupName: z.string(),
  customerName: z.string(),
  /** The customer's. */
  language,
});

const event = { type: z.literal('event'), seq: count, prev: count, at: epochMs };
export const assistantEvent = z.discriminatedUnion('name', [
  z.object({ ...event, name: z.literal('conversation.changed'), conversation: assistedConversation }),
  /** The newest messages so far, when it gets the conversation; `earlier`: there are older ones, which it is not told. */
  z.object({
    ...event,
    name: z.literal('conversation.history'),
    conversationId: id,
    messages: z.array(customerMessageView),
    earlier: z.boolean(),
  }),
  z.object({ ...event, name: z.literal('message.added'), cid: id.optional(), message: customerMessageView }),
  /** With people now, or ended. */
  z.object({ ...event, name: z.literal('conversation.removed'), conversationId: id }),
]);

export const toAssistant = z.discriminatedUnion('type', [
  welcomeAssistant,
  assistantEvent,
  caughtUp,
  ack,
  refused,
  pong,
  typingToAgent,
]);

export type AssistantHello = z.infer<typeof assistantHello>;
export type AssistantCommand = z.infer<typeof assistantCommand>;
export type AssistantSignal = z.infer<typeof agentTyping>;
export type WelcomeAssistant = z.infer<typeof welcomeAssistant>;
export type AssistedConversation = z.infer<typeof assistedConversation>;
export type AssistantEvent = z.infer<typeof assistantEvent>;
