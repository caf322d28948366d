import * as z from 'zod';
import { scope } from '../../../shared/protocol/api-tokens';
import { asks } from '../../../shared/protocol/asks';
import { attachmentId, uploadedFile } from '../../../shared/protocol/attachments';
import { auditEntry } from '../../../shared/protocol/audit';
import { blockView } from '../../../shared/protocol/blocks';
import { cannedReplyShortcut } from '../../../shared/protocol/canned-replies';
import { look } from '../../../shared/protocol/chat-page';
import { contact, customerPage } from '../../../shared/protocol/customer-profile';
import {
  agentPriority,
  capacity,
  count,
  epochMs,
  id,
  language,
  name,
  role,
  text,
} from '../../../shared/protocol/fields';
import { workingHours } from '../../../shared/protocol/hours';
import { conversationTags, label, labels } from '../../../shared/protocol/labels';
import { afterwards, rating } from '../../../shared/protocol/rating';
import { retentionDays } from '../../../shared/protocol/retention';
import { leftMessage, leftNote, messageView } from '../../../shared/protocol/views';
import { webhookAttempt, webhookEventType } from '../../../shared/protocol/webhooks';
import { widgetSettings } from '../../../shared/protocol/widget';
import type { RoutingEvent } from '../../../shared/routing/index';

/** `agentId` null: shared. */
export const cannedReply = z.object({ cannedReplyId: id, agentId: id.nullable(), shortcut: cannedReplyShortcut, text });

export const block = blockView.extend({ tokenHash: z.string() });

const storedWords = z.record(z.string(), z.string());

/** As it is stored: another Foyer may know other sentences. */
export const storedChatPage = z.object({
  words: z.object({ en: storedWords, zh: storedWords }),
  look: look.optional(),
});
export type StoredChatPage = z.infer<typeof storedChatPage>;

/** One event on its way to a webhook. `number` grows in the order in which they came; one sent again gets a new one. */
const webhookEvent = z.object({
  number: count,
  /** What receivers know it by. The same for every webhook, and when it is sent again. */
  eventId: id,
  type: z.string(),
  at: epochMs,
  /** What it is about: what is told of one conversation, left message or agent is told in order. */
  about: id,
  data: z.record(z.string(), z.unknown()),
});
export type WebhookEvent = z.infer<typeof webhookEvent>;

/** An attempt with its event, so that it can be sent again. */
const madeAttempt = webhookAttempt.omit({ eventId: true, type: true }).extend({ event: webhookEvent });
export type MadeAttempt = z.infer<typeof madeAttempt>;

const answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ack'), cid: id, result: z.record(z.string(), z.unknown()).optional() }),
  z.object({
    kind: z.literal('refused'),
    cid: id,
    code: z.string(),
    message: z.string(),
    field: z.string().optional(),
    now: z.unknown().optional(),
  }),
]);
export type Answer = z.infer<typeof answer>;

/** What is stored of a past customer; it comes back with them. */
export const pastCustomer = z.object({
  tokenHash: z.string(),
  customerId: id,
  name,
  contact: z.string(),
  language,
  page: customerPage.nullable().exactOptional(),
  signedId: z.string().exactOptional(),
  firstSeenAt: epochMs.nullable(),
  seenAt: epochMs,
  endedAt: epochMs.nullable(),
  endedCount: count.nullable(),
  /** `[device id, last n, [n, answer]…]`, the least recently used first. */
  devices: z.array(z.tuple([z.string(), count, z.array(z.tuple([count, z.object({ seq: count, answer })]))])),
  lastReceptionist: z.object({ agentId: id, wroteAt: epochMs }).nullable(),
});
export type PastCustomer = z.infer<typeof pastCustomer>;

/** The hub's own events, recorded beside the core's. Only recorded events change its state. */
export const hubEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('office.changed'),
    name,
    sample: z.boolean(),
    /** Absent: the default. */
    retentionDays: retentionDays.optional(),
    /** Absent: none. */
    tags: labels.optional(),
    wrapUpCodes: labels.optional(),
    breakReasons: labels.optional(),
    asks: asks.optional(),
    widget: widgetSettings.optional(),
    afterwards: afterwards.optional(),
  }),
  /** The customers' page, as a whole. */
  z.object({ type: z.literal('chatPage.put'), chatPage: storedChatPage }),
  z.object({
    type: z.literal('identitySecret.made'),
    secretId: id,
    secret: z.string(),
    /** From which customers' tokens are made; the same in all of them. */
    key: z.string(),
    madeAt: epochMs,
  }),
  z.object({ type: z.literal('identitySecret.removed'), secretId: id }),
  /** `secret`: of a new one. */
  z.object({
    type: z.literal('webhook.put'),
    webhookId: id,
    url: z.string(),
    events: z.array(webhookEventType),
    at: epochMs,
    secret: z.string().exactOptional(),
  }),
  z.object({ type: z.literal('webhook.removed'), webhookId: id }),
  /** `hub`: because nothing gets through. */
  z.object({ type: z.literal('webhook.paused'), webhookId: id, at: epochMs, by: z.enum(['person', 'hub']) }),
  z.object({ type: z.literal('webhook.resumed'), webhookId: id, at: epochMs }),
  /** The one before signs, too, for a while. */
  z.object({ type: z.literal('webhook.secretMade'), webhookId: id, secret: z.string(), at: epochMs }),
  /** `failed`: it is tried again. `givenUp`: it is not. `tested`: of a person's test, which never waited. */
  z.object({
    type: z.literal('webhook.attempted'),
    webhookId: id,
    attempt: madeAttempt,
    outcome: z.enum(['delivered', 'failed', 'givenUp', 'tested']),
  }),
  /** One of its last attempts' events waits once more. */
  z.object({ type: z.literal('webhook.resent'), webhookId: id, eventId: id }),
  z.object({
    type: z.literal('apiToken.made'),
    tokenId: id,
    name,
    scopes: z.array(scope),
    tokenHash: z.string(),
    /** From which customers' tokens are made, where there was none before. */
    identityKey: z.string(),
    madeAt: epochMs,
  }),
  z.object({ type: z.literal('apiToken.revoked'), tokenId: id }),
  /** The first request of an hour. */
  z.object({ type: z.literal('apiToken.used'), tokenId: id, at: epochMs }),
  z.object({
    type: z.literal('passphrase.set'),
    agentId: id,
    salt: z.string(),
    hash: z.string(),
    cost: z.number().int(),
    /** The minimum length required when it was set; absent: 8. */
    lengthMin: count.optional(),
  }),
  /** For an account that stays; removing an account removes its passphrase without this. */
  z.object({ type: z.literal('passphrase.voided'), agentId: id }),
  z.object({
    type: z.literal('account.put'),
    agentId: id,
    name,
    role,
    capacity,
    groups: z.array(z.object({ groupId: id, priority: agentPriority })),
  }),
  z.object({ type: z.literal('account.removed'), agentId: id }),
  z.object({
    type: z.literal('code.made'),
    codeId: z.string(),
    agentId: id,
    hash: z.string(),
    expiresAt: epochMs,
    /** Hash of the invitation link's secret; absent where there is no link. */
    linkHash: z.string().optional(),
    /** Made by the hub's OS user: its device is let in without a supervisor's approval. */
    approved: z.boolean().optional(),
  }),
  z.object({ type: z.literal('code.missed'), codeId: z.string() }),
  /** Used or burnt. */
  z.object({ type: z.literal('code.ended'), codeId: z.string() }),
  z.object({
    type: z.literal('device.added'),
    deviceId: id,
    agentId: id,
    tokenHash: z.string(),
    label: z.string(),
    addedAt: epochMs,
    /** Absent in old records. */
    usedAt: epochMs.optional(),
  }),
  /** A sign-in; recorded at most once a day. */
  z.object({ type: z.literal('device.used'), deviceId: id, at: epochMs }),
  z.object({ type: z.literal('device.removed'), deviceId: id }),
  /** In place of the token before. */
  z.object({ type: z.literal('assistant.tokenMade'), assistantId: id, tokenHash: z.string(), at: epochMs }),
  z.object({ type: z.literal('assistant.tokenRevoked'), assistantId: id }),
  /** It has signed in, or its line has ended. */
  z.object({ type: z.literal('assistant.seen'), assistantId: id, at: epochMs }),
  /** What the customer says about themselves. Optional fields are absent in old records. */
  z.object({
    type: z.literal('customer.seen'),
    customerId: id,
    tokenHash: z.string(),
    name,
    language,
    /** Absent also when unchanged. */
    contact: contact.optional(),
    page: customerPage.nullable().exactOptional(),
    /** By which the office's own site knows them; absent: they are who they say, or it is known. */
    signedId: z.string().exactOptional(),
    at: epochMs.optional(),
  }),
  /** They were not here for long: only files know them from here on, which were written before. */
  z.object({ type: z.literal('customers.left'), customerIds: z.array(id), at: epochMs }),
  /** One of those is back, with all that the files know of them. */
  z.object({ type: z.literal('customer.returned'), customer: pastCustomer, at: epochMs }),
  /** An agent's correction. */
  z.object({ type: z.literal('customer.put'), customerId: id, name, contact }),
  z.object({ type: z.literal('message.added'), message: messageView.omit({ cid: true }) }),
  z.object({ type: z.literal('conversation.tagged'), conversationId: id, tags: conversationTags }),
  z.object({ type: z.literal('conversation.wrappedUp'), conversationId: id, code: label }),
  /** By its customer, of one that ended at `endedAt`; in place of what they said before, if they did. */
  z.object({ type: z.literal('conversation.rated'), conversationId: id, customerId: id, endedAt: epochMs, rating }),
  /** The file is on disk, and `by` (an agent's or a customer's id) may now attach it to a message. */
  z.object({ type: z.literal('attachment.uploaded'), by: id, file: uploadedFile, at: epochMs }),
  z.object({ type: z.literal('hours.put'), groupId: id, hours: workingHours.nullable() }),
  z.object({ type: z.literal('officeHours.put'), hours: workingHours.nullable() }),
  z.object({ type: z.literal('leftMessage.added'), leftMessage }),
  /** Because its group was removed. */
  /** Absent fields are unchanged; `takenBy` null: by nobody. */
  z.object({
    type: z.literal('leftMessage.put'),
    leftMessageId: id,
    takenBy: leftMessage.shape.takenBy.unwrap().nullable().exactOptional(),
    note: leftNote.exactOptional(),
    tags: conversationTags.exactOptional(),
  }),
  z.object({ type: z.literal('leftMessage.moved'), leftMessageId: id, groupId: id }),
  /** The last three are absent in old records, from before done messages were kept. */
  z.object({
    type: z.literal('leftMessage.done'),
    leftMessageId: id,
    agentId: id,
    name: z.string().optional(),
    customerId: id.optional(),
    at: epochMs.optional(),
  }),
  /** Back among the open ones. */
  z.object({ type: z.literal('leftMessage.reopened'), leftMessage }),
  /**
   * From here on no client gets anything about the customer; files may until `customer.erasureFinished` (STORAGE.md).
   * `attachmentIds`: every file sent by or to them, as far as the state knows.
   */
  z.object({ type: z.literal('customer.erased'), customerId: id, attachmentIds: z.array(attachmentId) }),
  z.object({ type: z.literal('customer.erasureFinished'), customerId: id }),
  /** Removes what ended or was noted before this time from the state; `history.expiryFinished`: from files too. */
  z.object({ type: z.literal('history.expired'), before: epochMs }),
  z.object({ type: z.literal('history.expiryFinished'), before: epochMs }),
  /** The previous record's time, `from`, is long ago: nothing expires from here on until `date.confirmed`. */
  z.object({ type: z.literal('date.jumped'), from: epochMs, to: epochMs }),
  z.object({ type: z.literal('date.confirmed') }),
  /** Replaces an earlier block of the customer. */
  z.object({ type: z.literal('customer.blocked'), block }),
  /** Expired, or ended by a supervisor. */
  z.object({ type: z.literal('block.ended'), blockId: id }),
  z.object({ type: z.literal('cannedReply.put'), cannedReply }),
  z.object({ type: z.literal('cannedReply.removed'), cannedReplyId: id }),
  z.object({ type: z.literal('audit.noted'), entry: auditEntry }),
]);
export type HubEvent = z.infer<typeof hubEvent>;

const routingEvent = z.looseObject({ type: z.string(), at: epochMs }) as unknown as z.ZodType<RoutingEvent>;

/** One step of the hub, atomic: one line of the journal. */
export const hubRecord = z.object({
  seq: count,
  at: epochMs,
  /** The command's device (`<person's id>/<device id>`), its `n` and its answer; absent for the hub's own steps. */
  device: z.string().optional(),
  n: count.optional(),
  answer: answer.optional(),
  /** In the order they took effect. */
  events: z.array(
    z.union([
      z.object({ of: z.literal('routing'), event: routingEvent }),
      z.object({ of: z.literal('hub'), event: hubEvent }),
    ]),
  ),
});
export type HubRecord = z.infer<typeof hubRecord>;
export type RecordedEvent = HubRecord['events'][number];
