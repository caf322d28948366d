import * as z from 'zod';
import { asks } from '../../../shared/protocol/asks';
import { attachmentId, uploadedFile } from '../../../shared/protocol/attachments';
import { auditEntry } from '../../../shared/protocol/audit';
import { blockView } from '../../../shared/protocol/blocks';
import { cannedReplyShortcut } from '../../../shared/protocol/canned-replies';
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
import { retentionDays } from '../../../shared/protocol/retention';
import { leftMessageView, messageView } from '../../../shared/protocol/views';
import type { RoutingEvent } from '../../../shared/routing/index';

/** `agentId` null: shared. */
export const cannedReply = z.object({ cannedReplyId: id, agentId: id.nullable(), shortcut: cannedReplyShortcut, text });

export const block = blockView.extend({ tokenHash: z.string() });

/** What the hub records beside the core's events. Only recorded events change its state. */
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
    asks: asks.optional(),
  }),
  z.object({
    type: z.literal('passphrase.set'),
    agentId: id,
    salt: z.string(),
    hash: z.string(),
    cost: z.number().int(),
    /** What was asked of it; absent: 8. */
    lengthMin: count.optional(),
  }),
  /** With its account it ends by itself; this is for one that stays. */
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
    /** Of the invitation link's secret; absent where there is no link. */
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
    /** Absent in a record from before it was noted. */
    usedAt: epochMs.optional(),
  }),
  /** It has signed in; once a day at most. */
  z.object({ type: z.literal('device.used'), deviceId: id, at: epochMs }),
  z.object({ type: z.literal('device.removed'), deviceId: id }),
  /** As they say themselves. In a record from before there were more, they are absent. */
  z.object({
    type: z.literal('customer.seen'),
    customerId: id,
    tokenHash: z.string(),
    name,
    language,
    /** Absent, too: as before. */
    contact: contact.optional(),
    page: customerPage.nullable().exactOptional(),
    at: epochMs.optional(),
  }),
  /** As an agent corrects it. */
  z.object({ type: z.literal('customer.put'), customerId: id, name, contact }),
  z.object({ type: z.literal('message.added'), message: messageView.omit({ cid: true }) }),
  z.object({ type: z.literal('conversation.tagged'), conversationId: id, tags: conversationTags }),
  z.object({ type: z.literal('conversation.wrappedUp'), conversationId: id, code: label }),
  /** On disk, and `by` (an agent's or a customer's id) may name it in a message. */
  z.object({ type: z.literal('attachment.uploaded'), by: id, file: uploadedFile, at: epochMs }),
  z.object({ type: z.literal('hours.put'), groupId: id, hours: workingHours.nullable() }),
  z.object({ type: z.literal('leftMessage.added'), leftMessage: leftMessageView }),
  /** Its group was removed. */
  z.object({ type: z.literal('leftMessage.moved'), leftMessageId: id, groupId: id }),
  /** In a record from before such a message was kept, the last three are absent. */
  z.object({
    type: z.literal('leftMessage.done'),
    leftMessageId: id,
    agentId: id,
    name: z.string().optional(),
    customerId: id.optional(),
    at: epochMs.optional(),
  }),
  /** Nobody has seen to it any more. */
  z.object({ type: z.literal('leftMessage.reopened'), leftMessage: leftMessageView }),
  /**
   * No client is told of them any more; files still hold them until `customer.erasureFinished` (STORAGE.md).
   * `attachmentIds`: every file that they or somebody else named to them, as far as the state knows.
   */
  z.object({ type: z.literal('customer.erased'), customerId: id, attachmentIds: z.array(attachmentId) }),
  z.object({ type: z.literal('customer.erasureFinished'), customerId: id }),
  /** What ended or was noted before this moment is gone from the state; from files by `history.expiryFinished`. */
  z.object({ type: z.literal('history.expired'), before: epochMs }),
  z.object({ type: z.literal('history.expiryFinished'), before: epochMs }),
  /** Nothing expires from here on until `date.confirmed`: the record before is of `from`, long ago. */
  z.object({ type: z.literal('date.jumped'), from: epochMs, to: epochMs }),
  z.object({ type: z.literal('date.confirmed') }),
  /** In place of an earlier block of theirs. */
  z.object({ type: z.literal('customer.blocked'), block }),
  /** Run out, or ended by a supervisor. */
  z.object({ type: z.literal('block.ended'), blockId: id }),
  z.object({ type: z.literal('cannedReply.put'), cannedReply }),
  z.object({ type: z.literal('cannedReply.removed'), cannedReplyId: id }),
  z.object({ type: z.literal('audit.noted'), entry: auditEntry }),
]);
export type HubEvent = z.infer<typeof hubEvent>;

const routingEvent = z.looseObject({ type: z.string(), at: epochMs }) as unknown as z.ZodType<RoutingEvent>;

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

/** One step of the hub, atomic: one line of the journal. */
export const hubRecord = z.object({
  seq: count,
  at: epochMs,
  /** The command's device, as `<person's id>/<device id>`, its number there and its answer; absent for the hub's own. */
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
