import * as z from 'zod';
import { passphraseLengthMax } from '../passphrase';
import { settingsPatchSchema } from '../routing/settings';
import { apiTokenView, scope } from './api-tokens';
import { asks } from './asks';
import { auditCursor, auditedAction, auditPageMax } from './audit';
import { backupPassphrase } from './backup';
import { blockForMs, blockNote, blockView } from './blocks';
import { cannedReplyScope, cannedReplyShortcut, cannedReplyView } from './canned-replies';
import { chatPage } from './chat-page';
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
  statusAfterThis,
  text,
} from './fields';
import { historySearch } from './history';
import { workingHours } from './hours';
import { conversationTags, label, labels } from './labels';
import { declineReasonMax, nameMax, transferNoteMax } from './limits';
import { messageId } from './message-page';
import { afterwards, rating } from './rating';
import { refusalView } from './refusals';
import { retentionDays } from './retention';
import { said, saysSomething } from './said';
import { ack, caughtUp, hello, ping, pong, refused } from './session';
import { agentSeen, agentTyping, typingToAgent } from './signals';
import {
  agentView,
  assistantView,
  conversationView,
  deviceView,
  groupView,
  hubFault,
  joinView,
  leftMessageView,
  leftNote,
  mentions,
  messageView,
  officeView,
} from './views';
import { webhookEvents, webhookUrl, webhookView } from './webhooks';
import { widgetSettings } from './widget';

/** Base64url SHA-256 of a certificate. */
const fingerprint = z.string().regex(/^[\w-]{43}$/);
const command = { type: z.literal('command'), cid: id, n: z.number().int().positive() };

/** How an agent's device proves who it is. A code or passphrase is answered with a token in `welcome`. */
export const agentAuth = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('token'), token: z.string().min(20).max(200) }),
  z.strictObject({ kind: z.literal('code'), code: z.string().min(1).max(40) }),
  /** The one-time secret of an invitation link. */
  z.strictObject({ kind: z.literal('link'), secret: z.string().min(20).max(40) }),
  /** `name`: the supervisor, required when several have a passphrase. */
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

/** Before `hello`, by a client with a typed code: the hub proves that it knows the code, bound to this TLS session. */
export const pair = z.strictObject({ type: z.literal('pair'), codeId: z.string().length(codeIdLength) });
export const paired = z.object({ type: z.literal('paired'), proof: z.string() });

/** The code is valid; `welcome` follows once a supervisor approves. */
const joinWaiting = z.object({ type: z.literal('joinWaiting') });

/** Every command of an agent's device; rights and effects are in `main/hub/commands/`. */
export const agentCommand = z.discriminatedUnion('op', [
  /** `reason`: one of the office's `breakReasons`. */
  z.strictObject({
    ...command,
    op: z.literal('status.set'),
    status: agentStatus,
    agentId: id.optional(),
    reason: label.optional(),
  }),
  /** ID1: this machine has been idle for `presence.awayAfterMinutes`. */
  z.strictObject({ ...command, op: z.literal('status.idle') }),
  /** ID2: the status to take once one's last conversation has ended; null: stay. */
  z.strictObject({
    ...command,
    op: z.literal('status.afterThis'),
    status: statusAfterThis.nullable(),
    reason: label.optional(),
  }),
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
  /** BO4: to its group's assistant. */
  z.strictObject({ ...command, op: z.literal('conversation.handBack'), conversationId: id }),
  /** `wrapUpCode` is one of the office's `wrapUpCodes`. */
  z.strictObject({
    ...command,
    op: z.literal('conversation.close'),
    conversationId: id,
    wrapUpCode: label.optional(),
  }),
  /** Replaces all its tags; each is one of the office's, or one the conversation has already. */
  /** Reopens a conversation that ended recently, for its sender; the customer has to be connected (RO1). */
  z.strictObject({ ...command, op: z.literal('conversation.reopen'), conversationId: id }),
  z.strictObject({ ...command, op: z.literal('conversation.tag'), conversationId: id, tags: conversationTags }),
  /** Subscribes to a conversation's messages, past and new; at most one is watched at a time, null = none. */
  z.strictObject({ ...command, op: z.literal('conversation.watch'), conversationId: id.nullable() }),
  /** Loads a page of older messages of a conversation that this client may see messages of; it is ack.result. */
  z.strictObject({ ...command, op: z.literal('conversation.earlier'), conversationId: id, before: messageId }),
  /** A conversation's routing history; ack.result is `{ trace, names }`: `traceEntry[]`, names by agent id. */
  z.strictObject({ ...command, op: z.literal('conversation.trace'), conversationId: id }),
  /** Searches the open and ended conversations the agent may read, newest first; ack.result is a `historyPage`. */
  z.strictObject({ ...command, op: z.literal('conversation.find'), ...historySearch }),
  /** Reads a conversation from a search result, by its `endedAt` there; ack.result is a `readConversation`. */
  z.strictObject({
    ...command,
    op: z.literal('conversation.read'),
    conversationId: id,
    endedAt: epochMs.nullable(),
    /** Absent: the newest messages, with the conversation's other data. */
    before: messageId.optional(),
  }),
  z
    .strictObject({
      ...command,
      op: z.literal('message.send'),
      conversationId: id,
      ...said,
      /** The last message that its writer had seen, where others may have come before it is sent. Absent: all. */
      after: messageId.optional(),
    })
    .refine(...saysSomething),
  /** Visible to colleagues who may read the conversation; never to its customer. */
  z.strictObject({
    ...command,
    op: z.literal('note.add'),
    conversationId: id,
    text,
    /** Colleagues to notify. Absent: none. */
    mentions: mentions.optional(),
  }),
  /** Corrects the customer's data in an open conversation; absent: unchanged. */
  z.strictObject({
    ...command,
    op: z.literal('customer.put'),
    conversationId: id,
    name: name.optional(),
    contact: contact.optional(),
  }),
  /** Blocks a customer and closes their open conversations; ack.result is `{ blockId }`. */
  z.strictObject({
    ...command,
    op: z.literal('customer.block'),
    customerId: id,
    forMs: blockForMs,
    /** Also block their present address (`customer.address`); if other customers use it, only a supervisor may. */
    address: z.boolean(),
    note: blockNote,
  }),
  /** The address to block them by; ack.result is a `customerAddress`. */
  z.strictObject({ ...command, op: z.literal('customer.address'), customerId: id }),
  z.strictObject({ ...command, op: z.literal('block.lift'), blockId: id }),
  z.strictObject({ ...command, op: z.literal('wrapUp.done'), conversationId: id }),
  z.strictObject({ ...command, op: z.literal('settings.update'), settings: settingsPatchSchema }),
  z.strictObject({
    ...command,
    op: z.literal('group.put'),
    groupId: id.optional(),
    name,
    /** Replaces all of the group's overrides; absent: unchanged. */
    settings: settingsPatchSchema.optional(),
    /** null: the office's; absent: unchanged. */
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
  /** BO1: without an id it makes one; ack.result is `{ assistantId }`. A group has one assistant at most. */
  z.strictObject({
    ...command,
    op: z.literal('assistant.put'),
    assistantId: id.optional(),
    name,
    groupIds: z.array(id).max(200),
  }),
  z.strictObject({ ...command, op: z.literal('assistant.remove'), assistantId: id }),
  /** A new token, in place of the one before, whose line ends at once; ack.result is `{ token }`, told once. */
  z.strictObject({ ...command, op: z.literal('assistant.token'), assistantId: id }),
  /** Voids its token and ends its line at once. */
  z.strictObject({ ...command, op: z.literal('assistant.revoke'), assistantId: id }),
  /** A new one-time code for this agent's next device; ack.result is `{ code, expiresAt, link? }`. */
  z.strictObject({ ...command, op: z.literal('agent.code'), agentId: id }),
  /** Signs out every device of this agent at once. */
  z.strictObject({ ...command, op: z.literal('agent.revoke'), agentId: id }),
  /** Signs out this device at once, and no other. */
  z.strictObject({ ...command, op: z.literal('device.revoke'), deviceId: id }),
  /** Admits or rejects a waiting device. */
  z.strictObject({ ...command, op: z.literal('join.answer'), joinId: id, accept: z.boolean() }),
  /** Absent fields stay unchanged. */
  z.strictObject({
    ...command,
    op: z.literal('office.put'),
    name: name.optional(),
    retentionDays: retentionDays.optional(),
    tags: labels.optional(),
    wrapUpCodes: labels.optional(),
    breakReasons: labels.optional(),
    asks: asks.optional(),
    widget: widgetSettings.optional(),
    afterwards: afterwards.optional(),
  }),
  /** The customers' page, as a whole. */
  z.strictObject({ ...command, op: z.literal('chatPage.put'), chatPage }),
  /** A new secret for signing who a customer is; ack.result is `{ secretId, secret }`, once. */
  z.strictObject({ ...command, op: z.literal('identitySecret.make') }),
  /** What was signed with it is not believed any more. */
  z.strictObject({ ...command, op: z.literal('identitySecret.remove'), secretId: id }),
  /** A token with which a program uses the API; ack.result is `{ tokenId, token }`, told once. */
  z.strictObject({ ...command, op: z.literal('apiToken.make'), name, scopes: z.array(scope).min(1).max(20) }),
  /** Voids it and ends its requests at once. */
  z.strictObject({ ...command, op: z.literal('apiToken.revoke'), tokenId: id }),
  /** Without an id it makes one, whose secret is told once; ack.result is `{ webhookId, secret? }`. */
  z.strictObject({
    ...command,
    op: z.literal('webhook.put'),
    webhookId: id.optional(),
    url: webhookUrl,
    events: webhookEvents,
  }),
  z.strictObject({ ...command, op: z.literal('webhook.remove'), webhookId: id }),
  /** While it is paused, its events wait; false: it is resumed with all of them. */
  z.strictObject({ ...command, op: z.literal('webhook.pause'), webhookId: id, paused: z.boolean() }),
  /** A new secret; the one before signs, too, for a day. ack.result is `{ secret }`, once. */
  z.strictObject({ ...command, op: z.literal('webhook.rotate'), webhookId: id }),
  /** The last attempts, the newest first; ack.result is `{ attempts }`. */
  z.strictObject({ ...command, op: z.literal('webhook.attempts'), webhookId: id }),
  /** Sends the event of one of the last attempts once more, with its old id. */
  z.strictObject({ ...command, op: z.literal('webhook.resend'), webhookId: id, eventId: id }),
  /** Sends `webhook.test` at once; ack.result is `{ attempt }`. */
  z.strictObject({ ...command, op: z.literal('webhook.test'), webhookId: id }),
  /** HR1: the hours of every group without hours of its own; null: always open. */
  z.strictObject({ ...command, op: z.literal('officeHours.put'), hours: workingHours.nullable() }),
  /** After a `dateJump` of the office: confirms the hub's date, so that retention removes old data again. */
  z.strictObject({ ...command, op: z.literal('date.confirm') }),
  /**
   * Makes a backup on the hub's machine, encrypted with the passphrase; null: unencrypted. ack.result is
   * `{ fileName, bytes }`, sent once the backup has been read back and verified.
   */
  z.strictObject({ ...command, op: z.literal('office.backup'), passphrase: backupPassphrase.nullable() }),
  /** Changes one's own passphrase. On the hub's command line `name` selects one of several supervisors. */
  z.strictObject({
    ...command,
    op: z.literal('passphrase.change'),
    /** Absent if there was none. */
    old: z.string().max(passphraseLengthMax).optional(),
    new: z.string().max(passphraseLengthMax),
    name: name.optional(),
  }),
  /** Creates the hub's next key, which desktops pin too; `finish`: replaces the present key with it now. */
  z.strictObject({ ...command, op: z.literal('hubKey.rotate'), finish: z.boolean() }),
  /** Erases everything the hub has on a customer, for good; acknowledged when no file holds it any more. */
  z.strictObject({ ...command, op: z.literal('customer.erase'), customerId: id }),
  /** The entries before `before`, newest first, by this agent and of this action; ack.result is an `auditPage`. */
  z.strictObject({
    ...command,
    op: z.literal('audit.list'),
    before: auditCursor.nullable(),
    length: z.number().int().min(1).max(auditPageMax),
    agentId: id.optional(),
    action: auditedAction.optional(),
  }),
  /** Records that the log is about to be exported; the entries themselves are read by `audit.list`. */
  z.strictObject({ ...command, op: z.literal('audit.export') }),
  /** Without an id it creates one; ack.result is `{ cannedReplyId }`. */
  z.strictObject({
    ...command,
    op: z.literal('cannedReply.put'),
    cannedReplyId: id.optional(),
    scope: cannedReplyScope,
    shortcut: cannedReplyShortcut,
    text,
  }),
  z.strictObject({ ...command, op: z.literal('cannedReply.remove'), cannedReplyId: id }),
  /** Absent fields stay unchanged. `taken`: by the sender; false: by nobody. */
  z.strictObject({
    ...command,
    op: z.literal('leftMessage.put'),
    leftMessageId: id,
    taken: z.boolean().optional(),
    note: leftNote.optional(),
    tags: conversationTags.optional(),
  }),
  /** Begins a conversation with its customer, who has to be connected: it is the first message, and dealt with. */
  z.strictObject({ ...command, op: z.literal('leftMessage.begin'), leftMessageId: id }),
  /** Marks it as dealt with. */
  z.strictObject({ ...command, op: z.literal('leftMessage.done'), leftMessageId: id }),
  /** Reopens one from a search result, by its `endedAt` there; ack.result is `{ leftMessageId }`. */
  z.strictObject({ ...command, op: z.literal('leftMessage.reopen'), leftMessageId: id, endedAt: epochMs }),
]);

export const fromAgent = z.discriminatedUnion('type', [agentHello, ping, pair, agentCommand, agentTyping, agentSeen]);

const welcomeAgent = z.object({
  type: z.literal('welcome'),
  hubId: id,
  epoch: z.number().int(),
  seq: count,
  mode: z.enum(['resume', 'snapshot']),
  /** The highest `n` of this device that the hub has executed. */
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
  /** Closed, or no longer visible to this client. */
  z.object({ ...event, name: z.literal('conversation.removed'), conversationId: id }),
  /** By its customer, after its end; told to those who may find it in the history. */
  z.object({ ...event, name: z.literal('conversation.rated'), conversationId: id, rating }),
  /** `cid`: it is the answer to this command, too (protocol 2). */
  z.object({ ...event, name: z.literal('message.added'), cid: id.optional(), message: messageView }),
  /** The newest messages so far, sent when this client may first read them; `earlier`: there are older ones. */
  z.object({
    ...event,
    name: z.literal('conversation.history'),
    conversationId: id,
    messages: z.array(messageView),
    earlier: z.boolean(),
  }),
  /** All tokens of the API, and where it is reached; supervisors only. */
  z.object({
    ...event,
    name: z.literal('apiTokens.changed'),
    apiTokens: z.array(apiTokenView),
    urls: z.array(z.string()),
  }),
  /** All assistants; supervisors only. */
  z.object({ ...event, name: z.literal('assistants.changed'), assistants: z.array(assistantView) }),
  /** All webhooks; supervisors only. */
  z.object({ ...event, name: z.literal('webhooks.changed'), webhooks: z.array(webhookView) }),
  /** All devices that wait for a supervisor's approval; supervisors only. */
  z.object({ ...event, name: z.literal('joins.changed'), joins: z.array(joinView) }),
  /** The certificates that remote desktops pin, the present one first; from `switchesAt` only the next one counts. */
  z.object({
    ...event,
    name: z.literal('hubKey.changed'),
    pins: z.array(fingerprint).min(1).max(2),
    switchesAt: epochMs.nullable(),
  }),
  /** Supervisors only: the state of their own passphrase (`short`: set under older rules), and whether any has one. */
  z.object({
    ...event,
    name: z.literal('passphrase.changed'),
    own: z.enum(['none', 'short', 'set']),
    office: z.boolean(),
  }),
  /** All present faults of the hub itself; supervisors only. */
  z.object({ ...event, name: z.literal('faults.changed'), faults: z.array(hubFault) }),
  /** All blocked customers; supervisors only. */
  z.object({ ...event, name: z.literal('blocks.changed'), blocks: z.array(blockView) }),
  /** All rate limits being hit at present; supervisors only. */
  z.object({ ...event, name: z.literal('refusals.changed'), refusals: z.array(refusalView) }),
  z.object({ ...event, name: z.literal('leftMessage.added'), leftMessage: leftMessageView }),
  z.object({ ...event, name: z.literal('leftMessage.removed'), leftMessageId: id }),
  /** These customers are erased: a client removes all it keeps of them. */
  z.object({ ...event, name: z.literal('customers.erased'), customerIds: z.array(id).min(1) }),
  z.object({ ...event, name: z.literal('cannedReply.changed'), cannedReply: cannedReplyView }),
  /** Removed, or now private to another agent. */
  z.object({ ...event, name: z.literal('cannedReply.removed'), cannedReplyId: id }),
  /** Something this person must know and can act on; `code` is a key in shared/text (`notice.<code>`). */
  z.object({
    ...event,
    name: z.literal('notice'),
    /** Unchanged when the notice is replayed to a reconnecting client. */
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
