import * as z from 'zod';
import { asks } from './asks';
import { contact, customerPage } from './customer-profile';
import { count, epochMs, id, language, name, text } from './fields';
import { identityAnswer, signedIdentity } from './identity';
import { messageId } from './message-page';
import { ratingComment, score } from './rating';
import { said, saysSomething } from './said';
import { ack, caughtUp, hello, ping, pong, refused } from './session';
import { customerMoved, customerSeen, customerTyping, typingToCustomer } from './signals';
import { customerConversationView, customerGroupView, customerMessageView } from './views';

const command = { type: z.literal('command'), cid: id, n: z.number().int().positive() };

/** `token` null: a new customer; `welcome` then has the token to keep. */
export const customerHello = hello.extend({
  role: z.literal('customer'),
  token: z.string().min(20).max(200).nullable(),
  language,
  /** The web page that embeds the chat; null: the hub's own page. */
  page: customerPage.nullable().optional(),
  /** Absent: nobody vouches for them. */
  identity: signedIdentity.optional(),
});

export const customerCommand = z.discriminatedUnion('op', [
  z.strictObject({
    ...command,
    op: z.literal('conversation.open'),
    name: name.optional(),
    contact: contact.optional(),
    groupId: id.optional(),
    text: text.optional(),
  }),
  z.strictObject({ ...command, op: z.literal('message.send'), ...said }).refine(...saysSomething),
  z.strictObject({ ...command, op: z.literal('conversation.leave') }),
  /** BO2: asks for a person in place of the assistant. */
  z.strictObject({ ...command, op: z.literal('conversation.handOver') }),
  /** Reopens the customer's latest conversation (RO1), until its `reopenUntil`. */
  z.strictObject({ ...command, op: z.literal('conversation.reopen') }),
  /** Rates one that has ended, until its `rateUntil`; once more, to change it. The comment may be empty. */
  z.strictObject({
    ...command,
    op: z.literal('conversation.rate'),
    conversationId: id,
    score,
    comment: ratingComment,
  }),
  /**
   * Loads a past conversation of theirs, where the office shows them: the one that ended at `endedAt`, the `next` of
   * another, or their last (null); its newest messages, or those before one of them.
   */
  z.strictObject({
    ...command,
    op: z.literal('conversation.past'),
    endedAt: epochMs.nullable(),
    before: messageId.optional(),
  }),
  /** Loads a page of messages from before one of the conversation on screen; it is ack.result. */
  z.strictObject({ ...command, op: z.literal('conversation.earlier'), before: messageId }),
  /** Leaves a message for when no agent is available. Closes the customer's conversation if it is still waiting. */
  z.strictObject({
    ...command,
    op: z.literal('message.leave'),
    name: name.optional(),
    contact,
    groupId: id.optional(),
    text,
  }),
]);

export const fromCustomer = z.discriminatedUnion('type', [
  customerHello,
  ping,
  customerCommand,
  customerTyping,
  customerSeen,
  customerMoved,
]);

const welcomeCustomer = z.object({
  type: z.literal('welcome'),
  hubId: id,
  epoch: z.number().int(),
  seq: count,
  mode: z.enum(['resume', 'snapshot']),
  lastN: count,
  serverTime: epochMs,
  customerId: id,
  token: z.string().nullable(),
  /** `pageRevision`: of what is served of the page (`/chat-page.en.json`). Absent: an earlier hub. */
  office: z.object({ name: z.string(), pageRevision: z.string().exactOptional() }),
  /** They may read what was said before, by `conversation.past`. Absent: nothing was, or the office shows none of it. */
  hasPast: z.boolean().exactOptional(),
  groups: z.array(customerGroupView),
  /** Null: unknown. */
  customerName: z.string().nullable(),
  /** The form for this customer: it does not ask for a contact that the hub knows. */
  asks,
  /** Of `hello`'s identity; absent: it had none. Anything but `signed`: they are whoever `token` says. */
  identity: identityAnswer.optional(),
});

const event = { type: z.literal('event'), seq: count, prev: count, at: epochMs };
export const customerEvent = z.discriminatedUnion('name', [
  z.object({ ...event, name: z.literal('conversation.changed'), conversation: customerConversationView }),
  /** The newest messages so far, for a client that holds none of them; `earlier`: there are older ones. */
  z.object({
    ...event,
    name: z.literal('conversation.history'),
    conversationId: id,
    messages: z.array(customerMessageView),
    earlier: z.boolean(),
  }),
  /** `cid`: it is the answer to this command, too (protocol 2). */
  z.object({ ...event, name: z.literal('message.added'), cid: id.optional(), message: customerMessageView }),
  /** This customer has been erased: the client deletes everything it keeps of them, its token too. */
  z.object({ ...event, name: z.literal('erased') }),
  z.object({ ...event, name: z.literal('asks.changed'), asks }),
  /** The office words its page in another way: what is served of it is fetched anew. */
  z.object({ ...event, name: z.literal('chatPage.changed'), revision: z.string() }),
  z.object({ ...event, name: z.literal('groups.changed'), groups: z.array(customerGroupView) }),
]);

export const toCustomer = z.discriminatedUnion('type', [
  welcomeCustomer,
  customerEvent,
  caughtUp,
  ack,
  refused,
  pong,
  typingToCustomer,
]);

export type CustomerHello = z.infer<typeof customerHello>;
export type CustomerCommand = z.infer<typeof customerCommand>;
export type CustomerOp = CustomerCommand['op'];
export type WelcomeCustomer = z.infer<typeof welcomeCustomer>;
export type CustomerEvent = z.infer<typeof customerEvent>;
export type ToCustomer = z.infer<typeof toCustomer>;
