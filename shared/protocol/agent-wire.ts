import * as z from 'zod';
import { passphraseLengthMax } from '../passphrase';
import { settingsPatchSchema } from '../routing/settings';
import { asks } from './asks';
import { auditCursor, auditPageMax } from './audit';
import { backupPassphrase } from './backup';
import { blockForMs, blockNote, blockView } from './blocks';
import { cannedReplyScope, cannedReplyShortcut, cannedReplyView } from './canned-replies';
import { contact } from './customer-profile';
import {
  agentPriority,
  agentStatus,
  capacity,
  codeIdLength,
  count,
  epochMs,
  id,
  name,
  plainText,
  role,
  text,
} from './fields';
import { historySearch } from './history';
import { workingHours } from './hours';
import { conversationTags, label, labels } from './labels';
import { declineReasonMax, nameMax, transferNoteMax } from './limits';
import { messageId } from './message-page';
import { refusalView } from './refusals';
import { retentionDays } from './retention';
import { said, saysSomething } from './said';
import { ack, caughtUp, hello, ping, pong, refused } from './session';
import { agentSeen, agentTyping, typingToAgent } from './signals';
import {
  agentView,
  conversationView,
  deviceView,
  groupView,
  hubFault,
  joinView,
  leftMessageView,
  mentions,
  messageView,
  officeView,
} from './views';

/** Base64url SHA-256 of a certificate. */
const fingerprint = z.string().regex(/^[\w-]{43}$/);
const command = { type: z.literal('command'), cid: id, n: z.number().int().positive() };

/** How an agent's device proves who it is. A code or passphrase is answered with a token in `welcome`. */
export const agentAuth = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('token'), token: z.string().min(20).max(200) }),
  z.strictObject({ kind: z.literal('code'), code: z.string().min(1).max(40) }),
  /** The one-time secret of an invitation link. */
  z.strictObject({ kind: z.literal('link'), secret: z.string().min(20).max(40) }),
  /** `name`: whose it is, needed where several supervisors have one. */
  z.strictObject({
    kind: z.literal('passphrase'),
    passphrase: z.string().min(1).max(passphraseLengthMax),
    name: name.optional(),
  }),
  /** The hub's own command line, by a secret only the hub's OS user can read. */
  z.strictObject({ kind: z.literal('local'), secret: z.string().min(20).max(200) }),
]);

export const agentHello = hello.extend({
  role: z.literal('agent'),
  auth: agentAuth,
  deviceLabel: plainText.max(nameMax),
});

/** Before `hello`, by who knows a typed code only: the hub proves that it knows it too, bound to this TLS session. */
const pair = z.strictObject({ type: z.literal('pair'), codeId: z.string().length(codeIdLength) });
export const paired = z.object({ type: z.literal('paired'), proof: z.string() });

/** The code fits; `welcome` comes when a supervisor has approved. */
const joinWaiting = z.object({ type: z.literal('joinWaiting') });

/** Every command an agent's device can express; who may use which, and what it does, is in `main/hub/commands/`. */
export const agentCommand = z.discriminatedUnion('op', [
  z.strictObject({ ...command, op: z.literal('status.set'), status: agentStatus, agentId: id.optional() }),
  z.strictObject({
    ...command,
    op: z.literal('reception.set'),
    automatic: z.boolean().nullable(),
    agentId: id.optional(),
  }),
  z.strictObject({ ...command, op: z.literal('offer.accept'), offerId: id }),
  z.strictObject({
    ...command,
    op: z.literal('offer.decline'),
    offerId: id,
    reason: z.string().max(declineReasonMax).optional(),
  }),
  z.strictObject({ ...command, op: z.literal('conversation.ack'), conversationId: id }),
  z.strictObject({
    ...command,
    op: z.literal('conversation.claim'),
    conversationId: id,
    force: z.boolean().optional(),
  }),
  z.strictObject({
    ...command,
    op: z.literal('conversation.transfer'),
    conversationId: id,
    to: z.union([z.strictObject({ agentId: id }), z.strictObject({ groupId: id })]),
    note: z.string().max(transferNoteMax).optional(),
    force: z.boolean().optional(),
  }),
  /** With how it ended, one of the office's `wrapUpCodes`. */
  z.strictObject({
    ...command,
    op: z.literal('conversation.close'),
    conversationId: id,
    wrapUpCode: label.optional(),
  }),
  /** All the tags it has from now on: of the office's, or its own already. */
  z.strictObject({ ...command, op: z.literal('conversation.tag'), conversationId: id, tags: conversationTags }),
  /** Ask for the messages of a conversation and its further ones; at most one watched at a time, null = none. */
  z.strictObject({ ...command, op: z.literal('conversation.watch'), conversationId: id.nullable() }),
  /** The messages before one, of a conversation whose messages this client holds; ack.result is a page of them. */
  z.strictObject({ ...command, op: z.literal('conversation.earlier'), conversationId: id, before: messageId }),
  /** What happened to a conversation and why; ack.result is `{ trace, names }`: `traceEntry[]`, names by agent id. */
  z.strictObject({ ...command, op: z.literal('conversation.trace'), conversationId: id }),
  /** Conversations that the agent may read, open and ended, newest first; ack.result is a `historyPage`. */
  z.strictObject({ ...command, op: z.literal('conversation.find'), ...historySearch }),
  /** Opens one that was found, with its `endedAt`; ack.result is a `readConversation`. */
  z.strictObject({
    ...command,
    op: z.literal('conversation.read'),
    conversationId: id,
    endedAt: epochMs.nullable(),
    /** Absent: the newest, and what is to be known beside them. */
    before: messageId.optional(),
  }),
  z.strictObject({ ...command, op: z.literal('message.send'), conversationId: id, ...said }).refine(...saysSomething),
  /** For colleagues who may read the conversation; never for its customer. */
  z.strictObject({
    ...command,
    op: z.literal('note.add'),
    conversationId: id,
    text,
    /** Colleagues who are told of it. Absent: none. */
    mentions: mentions.optional(),
  }),
  /** Corrects who the customer of an open conversation is; absent: as before. */
  z.strictObject({
    ...command,
    op: z.literal('customer.put'),
    conversationId: id,
    name: name.optional(),
    contact: contact.optional(),
  }),
  /** Takes nothing from them any more, and ends what is open; ack.result is `{ blockId }`. */
  z.strictObject({
    ...command,
    op: z.literal('customer.block'),
    customerId: id,
    forMs: blockForMs,
    /** Also from wherever they write now (`customer.address`); only a supervisor shuts out other customers with them. */
    address: z.boolean(),
    note: blockNote,
  }),
  /** Where they write from now; ack.result is a `customerAddress`. */
  z.strictObject({ ...command, op: z.literal('customer.address'), customerId: id }),
  z.strictObject({ ...command, op: z.literal('block.lift'), blockId: id }),
  z.strictObject({ ...command, op: z.literal('wrapUp.done'), conversationId: id }),
  z.strictObject({ ...command, op: z.literal('settings.update'), settings: settingsPatchSchema }),
  z.strictObject({
    ...command,
    op: z.literal('group.put'),
    groupId: id.optional(),
    name,
    /** All that the group sets for itself; absent: as before. */
    settings: settingsPatchSchema.optional(),
    /** null: always open; absent: as before. */
    hours: workingHours.nullable().optional(),
  }),
  z.strictObject({ ...command, op: z.literal('group.remove'), groupId: id, moveTo: id.optional() }),
  z.strictObject({
    ...command,
    op: z.literal('agent.put'),
    agentId: id.optional(),
    name,
    role,
    capacity,
    groups: z.array(z.strictObject({ groupId: id, priority: agentPriority })).max(200),
  }),
  z.strictObject({ ...command, op: z.literal('agent.remove'), agentId: id }),
  /** A new one-time code for this agent's next device; ack.result is `{ code, expiresAt, link? }`. */
  z.strictObject({ ...command, op: z.literal('agent.code'), agentId: id }),
  /** Signs out every device of this agent at once. */
  z.strictObject({ ...command, op: z.literal('agent.revoke'), agentId: id }),
  /** Signs out this device at once, and no other. */
  z.strictObject({ ...command, op: z.literal('device.revoke'), deviceId: id }),
  /** Lets a device in that waits for it, or not. */
  z.strictObject({ ...command, op: z.literal('join.answer'), joinId: id, accept: z.boolean() }),
  /** Absent: as before. */
  z.strictObject({
    ...command,
    op: z.literal('office.put'),
    name: name.optional(),
    retentionDays: retentionDays.optional(),
    tags: labels.optional(),
    wrapUpCodes: labels.optional(),
    asks: asks.optional(),
  }),
  /** After a `dateJump` of the office: the hub's date is right, and what is older than is kept may go again. */
  z.strictObject({ ...command, op: z.literal('date.confirm') }),
  /**
   * Makes a backup on the hub's machine, encrypted with the passphrase; null: anybody who has the file can read it.
   * ack.result is `{ fileName, bytes }`, once it has been read back.
   */
  z.strictObject({ ...command, op: z.literal('office.backup'), passphrase: backupPassphrase.nullable() }),
  /** One's own. On the hub's own command line `name` says whose, where there are several supervisors. */
  z.strictObject({
    ...command,
    op: z.literal('passphrase.change'),
    /** Absent: there was none. */
    old: z.string().max(passphraseLengthMax).optional(),
    new: z.string().max(passphraseLengthMax),
    name: name.optional(),
  }),
  /** Makes the hub's next key, which desktops follow; `finish`: it takes the place of the present one now. */
  z.strictObject({ ...command, op: z.literal('hubKey.rotate'), finish: z.boolean() }),
  /** Everything the hub knows of a customer, for ever; the answer comes when no file holds it any more. */
  z.strictObject({ ...command, op: z.literal('customer.erase'), customerId: id }),
  /** Newest first, those before the entry `before`; ack.result is `{ entries, isLast }`: `auditEntry[]`. */
  z.strictObject({
    ...command,
    op: z.literal('audit.list'),
    before: auditCursor.nullable(),
    length: z.number().int().min(1).max(auditPageMax),
  }),
  /** Notes that the log is about to be taken along; its entries come by `audit.list`. */
  z.strictObject({ ...command, op: z.literal('audit.export') }),
  /** Without an id a new one; ack.result is `{ cannedReplyId }`. */
  z.strictObject({
    ...command,
    op: z.literal('cannedReply.put'),
    cannedReplyId: id.optional(),
    scope: cannedReplyScope,
    shortcut: cannedReplyShortcut,
    text,
  }),
  z.strictObject({ ...command, op: z.literal('cannedReply.remove'), cannedReplyId: id }),
  /** Somebody has seen to it. */
  z.strictObject({ ...command, op: z.literal('leftMessage.done'), leftMessageId: id }),
  /** Takes that back, of one that was found with its `endedAt`; ack.result is `{ leftMessageId }`. */
  z.strictObject({ ...command, op: z.literal('leftMessage.reopen'), leftMessageId: id, endedAt: epochMs }),
]);

export const fromAgent = z.discriminatedUnion('type', [agentHello, ping, pair, agentCommand, agentTyping, agentSeen]);

const welcomeAgent = z.object({
  type: z.literal('welcome'),
  hubId: id,
  epoch: z.number().int(),
  seq: count,
  mode: z.enum(['resume', 'snapshot']),
  /** The last `n` of this device that the hub executed. */
  lastN: count,
  serverTime: epochMs,
  agentId: id,
  role,
  /** Only right after a code or passphrase: this device's own token, shown once. */
  token: z.string().nullable(),
  customerUrl: z.string(),
});

/** Entity upserts and appends. With `mode: snapshot` they describe everything this client may see, up to `caughtUp`. */
const event = { type: z.literal('event'), seq: count, prev: count, at: epochMs };
export const agentEvent = z.discriminatedUnion('name', [
  z.object({ ...event, name: z.literal('office.changed'), office: officeView }),
  z.object({ ...event, name: z.literal('settings.changed'), settings: z.record(z.string(), z.unknown()) }),
  z.object({ ...event, name: z.literal('group.changed'), group: groupView }),
  z.object({ ...event, name: z.literal('group.removed'), groupId: id }),
  z.object({ ...event, name: z.literal('agent.changed'), agent: agentView }),
  z.object({ ...event, name: z.literal('agent.removed'), agentId: id }),
  z.object({ ...event, name: z.literal('device.changed'), device: deviceView }),
  z.object({ ...event, name: z.literal('device.removed'), deviceId: id }),
  z.object({ ...event, name: z.literal('conversation.changed'), conversation: conversationView }),
  /** Closed, or no longer this client's to see. */
  z.object({ ...event, name: z.literal('conversation.removed'), conversationId: id }),
  z.object({ ...event, name: z.literal('message.added'), message: messageView }),
  /** The newest messages so far, at the moment this client may read them; `earlier`: there are more before. */
  z.object({
    ...event,
    name: z.literal('conversation.history'),
    conversationId: id,
    messages: z.array(messageView),
    earlier: z.boolean(),
  }),
  /** All the devices that wait for a supervisor's word; supervisors only. */
  z.object({ ...event, name: z.literal('joins.changed'), joins: z.array(joinView) }),
  /** By which certificates desktops on other machines know the hub, the present first; `switchesAt`: the next alone. */
  z.object({
    ...event,
    name: z.literal('hubKey.changed'),
    pins: z.array(fingerprint).min(1).max(2),
    switchesAt: epochMs.nullable(),
  }),
  /** Supervisors only: their own passphrase (`short`: by older rules), and whether any supervisor has one. */
  z.object({
    ...event,
    name: z.literal('passphrase.changed'),
    own: z.enum(['none', 'short', 'set']),
    office: z.boolean(),
  }),
  /** All that is wrong with the hub itself; supervisors only. */
  z.object({ ...event, name: z.literal('faults.changed'), faults: z.array(hubFault) }),
  /** All the customers from whom nothing is taken; supervisors only. */
  z.object({ ...event, name: z.literal('blocks.changed'), blocks: z.array(blockView) }),
  /** Supervisors only: all that go on. */
  z.object({ ...event, name: z.literal('refusals.changed'), refusals: z.array(refusalView) }),
  z.object({ ...event, name: z.literal('leftMessage.added'), leftMessage: leftMessageView }),
  z.object({ ...event, name: z.literal('leftMessage.removed'), leftMessageId: id }),
  /** These customers are erased: a client removes all it keeps of them. */
  z.object({ ...event, name: z.literal('customers.erased'), customerIds: z.array(id).min(1) }),
  z.object({ ...event, name: z.literal('cannedReply.changed'), cannedReply: cannedReplyView }),
  /** Gone, or somebody's own now. */
  z.object({ ...event, name: z.literal('cannedReply.removed'), cannedReplyId: id }),
  /** Something this person must know and can act on; `code` is a key in shared/text (`notice.<code>`). */
  z.object({
    ...event,
    name: z.literal('notice'),
    /** The same when it is told again to a client that comes back. */
    noticeId: z.string(),
    code: z.string(),
    conversationId: id.nullable(),
    params: z.record(z.string(), z.string()),
  }),
]);

export const toAgent = z.discriminatedUnion('type', [
  welcomeAgent,
  agentEvent,
  caughtUp,
  ack,
  refused,
  pong,
  paired,
  joinWaiting,
  typingToAgent,
]);

export type AgentAuth = z.infer<typeof agentAuth>;
export type AgentHello = z.infer<typeof agentHello>;
export type AgentCommand = z.infer<typeof agentCommand>;
export type AgentOp = AgentCommand['op'];
export type WelcomeAgent = z.infer<typeof welcomeAgent>;
export type AgentEvent = z.infer<typeof agentEvent>;
export type ToAgent = z.infer<typeof toAgent>;
