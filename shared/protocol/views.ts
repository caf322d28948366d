import * as z from 'zod';
import { asks } from './asks';
import { attachmentView } from './attachments';
import { chatPage } from './chat-page';
import { customerProfile } from './customer-profile';
import { agentPriority, agentStatus, capacity, count, epochMs, id, name, role, statusAfterThis, text } from './fields';
import { workingHours } from './hours';
import { identitySecretView } from './identity';
import { conversationTags } from './labels';
import { attachmentsPerMessageMax, leftNoteMax, mentionsMax } from './limits';
import { afterwards, ownRating, rating } from './rating';
import { retentionDays } from './retention';
import { widgetSettings } from './widget';

/** Each entity as the hub sends it to a role. Clients ignore fields they do not know. */

const membership = z.object({ groupId: id, priority: agentPriority });

export const agentView = z.object({
  agentId: id,
  name,
  role,
  capacity,
  groups: z.array(membership),
  status: agentStatus,
  /** When the status began. */
  statusSince: epochMs,
  /** Why: `self`, `supervisor`, `timeout` (SB1), `graceEnded` (ST2), `breakEnded` (SB4), `idle` (ID1) … */
  statusCause: z.string(),
  /** ID3: why, as they said themselves. Absent: not said. */
  reason: z.string().optional(),
  /** ID2: the status they take once their last conversation has ended. Absent: none. */
  afterThis: z.object({ status: statusAfterThis, reason: z.string().optional() }).optional(),
  /** SB1: the missed conversation that caused this short break; sent to the agent themself, null to others. */
  missed: z.object({ conversationId: id, customerName: z.string(), waitedSeconds: count }).nullable(),
  connected: z.boolean(),
  load: count,
  missedInARow: count,
  /** AR5: the agent's own choice; null = the group's setting. */
  automatic: z.boolean().nullable(),
  wrapUps: z.array(id),
  /** Signed-in devices; 0 means the agent has never joined. */
  devices: count,
});

export const groupView = z.object({
  groupId: id,
  name,
  open: z.boolean(),
  /** SE1: the settings this group overrides, a deep partial of the office's. */
  settings: z.record(z.string(), z.unknown()),
  /** HR1; null = the office's. */
  hours: workingHours.nullable(),
  /** When its hours, or the office's, next open or close it; null = never. */
  changesAt: epochMs.nullable(),
  /** BO1: the program that speaks first in it. Absent: none. */
  assistant: z.object({ assistantId: id, name, connected: z.boolean() }).exactOptional(),
});

/** BO1: as supervisors see it. */
export const assistantView = z.object({
  assistantId: id,
  name,
  groupIds: z.array(id),
  connected: z.boolean(),
  /** How many conversations are with it. */
  assisting: count,
  /** When its token was made; null: it has none. */
  tokenMadeAt: epochMs.nullable(),
  /** When it last signed in, or its line ended; null: never. */
  seenAt: epochMs.nullable(),
});

/** A group as sent to customers. */
export const customerGroupView = z.object({
  groupId: id,
  name: z.string(),
  open: z.boolean(),
  /** While closed: when its hours open it again; null = unknown. */
  opensAt: epochMs.nullable(),
  /** While closed: the office's own text (`texts.outsideHours`); null = the built-in one. */
  closedText: z.string().nullable(),
});

export const leftNote = z.string().max(leftNoteMax);

/** A message left when no agent was available (QU6, HR1, HR2); open until an agent has dealt with it. */
export const leftMessage = z.object({
  leftMessageId: id,
  customerId: id,
  customerName: z.string(),
  /** The customer's contact details, as they typed them. */
  contact: z.string(),
  groupId: id,
  text,
  at: epochMs,
  /** It was marked as done under this id before, then reopened. */
  reopens: id.optional(),
  /** The agent who has taken it on; absent: nobody has. */
  takenBy: z.object({ agentId: id, name: z.string() }).exactOptional(),
  /** Colleagues' note; absent: none. */
  note: leftNote.exactOptional(),
  /** Absent: none. */
  tags: conversationTags.exactOptional(),
});

export const leftMessageView = leftMessage.extend({
  /** The customer has the page open. */
  customerConnected: z.boolean().exactOptional(),
});

/** BO2, BO3: why a conversation has left its assistant. */
const leftAssistant = z.enum(['askedForPerson', 'handedOver', 'claimed', 'silent', 'gone', 'withdrawn']);

/** EX1 */
export const why = z.object({
  rule: z.string(),
  runnerUp: id.nullable(),
  skipped: z.record(z.string(), count),
  /** People got it from the assistant. Absent: it was with none. */
  fromAssistant: leftAssistant.exactOptional(),
});

export const conversationView = z.object({
  conversationId: id,
  customerId: id,
  customerName: z.string(),
  profile: customerProfile,
  groupId: id,
  priority: count,
  stage: z.enum(['assisted', 'waiting', 'offered', 'active', 'closed']),
  enqueuedAt: epochMs,
  /** QU1: the hub's counter, the smaller first among those of one `enqueuedAt`. Absent once closed. */
  arrival: count.exactOptional(),
  /** When it entered its present stage. */
  since: epochMs,
  agentId: id.nullable(),
  /** When an agent first had it; null: none has. */
  firstAssignedAt: epochMs.nullable().exactOptional(),
  /** Once closed: who had it at its end; null: nobody. */
  lastAgentId: id.nullable().exactOptional(),
  /** While a transfer rings: the sender, who still owns the conversation. */
  fromAgentId: id.nullable(),
  offerId: id.nullable(),
  /** When the offer ends, by the hub's clock; null: it rings without a limit. */
  deadline: epochMs.nullable(),
  /** RD1, automatic reception: the deadline for the first reply. */
  attendBy: epochMs.nullable(),
  flagged: z.boolean(),
  /** UN1: who was last told that `unansweredSince` is too long ago. Absent: nobody. */
  overdue: z.enum(['agent', 'supervisors']).optional(),
  redirects: count,
  note: z.string().nullable(),
  why: why.nullable(),
  /** The customer's first words, shortened. */
  preview: z.string(),
  lastMessageAt: epochMs.nullable(),
  /** The oldest customer message without a reply. */
  unansweredSince: epochMs.nullable(),
  /** Customer messages since the agent's last one. */
  unanswered: count,
  tags: z.array(z.string()),
  closedBy: z.enum(['agent', 'customer', 'system']).nullable(),
  customerConnected: z.boolean(),
  /** What its customer said of it once it had ended. Absent: nothing. */
  rating: rating.exactOptional(),
  /** The last message the customer has read, as far as the hub has been told since its start. */
  seenByCustomer: id.nullable(),
});

/** Agents mentioned in a note. */
export const mentions = z.array(id).min(1).max(mentionsMax);

export const messageFrom = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent'), agentId: id, name: z.string() }),
  z.object({ kind: z.literal('customer') }),
  z.object({ kind: z.literal('system') }),
  z.object({ kind: z.literal('assistant'), assistantId: id, name: z.string() }),
  /** A program of the office's, by a token of the API. It answers nothing: who waits for an agent goes on waiting. */
  z.object({ kind: z.literal('program'), tokenId: id, name: z.string() }),
  /** An agent's note for colleagues; never sent to a customer. */
  z.object({ kind: z.literal('note'), agentId: id, name: z.string(), mentions: mentions.optional() }),
]);

/** System lines that the hub adds; each client renders them in its own language. */
export const systemLine = z.enum([
  'queued',
  'reopened',
  'joined',
  'redirected',
  'transferred',
  'returned',
  'agentLeft',
  'endedByAgent',
  'endedByCustomer',
  'endedBySystem',
  'customerSilent',
  'blocked',
  'assisted',
  'askedForPerson',
  'handedOver',
  'passedBy',
  'handedBack',
]);

export const messageView = z.object({
  messageId: id,
  /** The `cid` of the command that sent it; only told to the device that did. */
  cid: id.optional(),
  conversationId: id,
  at: epochMs,
  from: messageFrom,
  /** The text a person typed; empty for a system line, and possibly with attachments. */
  text: z.string(),
  line: z.object({ code: systemLine, params: z.record(z.string(), z.string()) }).nullable(),
  /** Absent: none. */
  attachments: z.array(attachmentView).min(1).max(attachmentsPerMessageMax).optional(),
  /** The customer's messages that an agent's answer does not answer: its writer had not seen them. Absent: none. */
  unread: z.object({ count: z.number().int().min(1), since: epochMs }).optional(),
});

/** The same message as its customer sees it: the agent's name, never the id; a program's as an assistant's; a note not at all. */
export const customerMessageView = messageView.omit({ unread: true }).extend({
  from: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('agent'), name: z.string() }),
    z.object({ kind: z.literal('customer') }),
    z.object({ kind: z.literal('system') }),
    z.object({ kind: z.literal('assistant'), name: z.string() }),
  ]),
});

/** A conversation as sent to its customer: without agents' ids, notes or reasons. */
export const customerConversationView = z.object({
  conversationId: id,
  stage: z.enum(['assisted', 'waiting', 'active', 'closed']),
  groupName: z.string(),
  agentName: z.string().nullable(),
  /** While `assisted`: the program that answers. Absent: none. */
  assistantName: z.string().exactOptional(),
  /** QU5: the place in the queue, 1 is next; null while unknown or not waiting. */
  position: count.nullable(),
  /** Null while unknown, while `nobodyHere` and while `longerThanUsual`. */
  estimatedWaitSeconds: count.nullable(),
  /** While waiting: no agent of the group is online and connected. Absent: no. */
  nobodyHere: z.boolean().optional(),
  /** While waiting: longer than any wait that the hub knows of. Absent: no. */
  longerThanUsual: z.boolean().optional(),
  closedBy: z.enum(['agent', 'customer', 'system']).nullable(),
  /** Closed: until when the customer may reopen it (RO1). Absent: they may not. */
  reopenUntil: epochMs.exactOptional(),
  /** Closed: until when the customer may rate it, or change that once. Absent: they may not. */
  rateUntil: epochMs.exactOptional(),
  /** Absent: none. */
  rating: ownRating.exactOptional(),
  /** Ask the customer to leave a message: while waiting with nobody here (HR2) or for long, or once closed for QU6. */
  mayLeaveMessage: z.boolean(),
  /** The last message that their agent has read. */
  seenByAgent: id.nullable(),
});

/**
 * One recorded event of a conversation, as the core emitted it, to explain its routing to a supervisor (EX1). An entry
 * `trace.dropped` stands for the `count` entries left out of a long trace.
 */
export const traceEntry = z.looseObject({ type: z.string(), at: epochMs });

/** Free space on the hub's disk: `low` shows a warning; at `short` the hub refuses messages until there is more. */
const diskSpace = z.enum(['plenty', 'low', 'short']);
/** The times of two successive records, so far apart that the hub's date may be wrong. */
const dateJump = z.object({ from: epochMs, to: epochMs });
export const officeView = z.object({
  name,
  sample: z.boolean(),
  retentionDays,
  diskSpace,
  /** The tags and wrap-up codes that agents can choose from. */
  tags: z.array(z.string()),
  wrapUpCodes: z.array(z.string()),
  /** ID3. Absent: an earlier hub, which knows none. */
  breakReasons: z.array(z.string()).optional(),
  asks,
  /** Absent: an earlier hub, which has no widget. */
  widget: widgetSettings.optional(),
  /** Absent: an earlier hub, whose page has no other words than its own. */
  chatPage: chatPage.optional(),
  /** Absent: an earlier hub, which knows no ratings. */
  afterwards: afterwards.optional(),
  /** Those that are valid, the older first. Absent: an earlier hub. */
  identitySecrets: z.array(identitySecretView).optional(),
  /** HR1: of every group without hours of its own; null = always open. Absent: an earlier hub, which has none. */
  hours: workingHours.nullable().optional(),
  /** While set, retention removes nothing until a supervisor confirms the date; null: the date is not in doubt. */
  dateJump: dateJump.nullable(),
});

/**
 * Faults of the hub itself, other than low disk space. `notSaved`: since `at`, a file other than the journal can't be
 * written. `restarted`: it had `count` errors recently, the last one at `at`, and restarted from its disk.
 */
export const hubFault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('notSaved'), at: epochMs }),
  z.object({ kind: z.literal('restarted'), at: epochMs, count }),
]);

/** A device that has presented a one-time code and waits for a supervisor's approval (SECURITY-MODEL.md, "Joining"). */
export const joinView = z.object({
  joinId: id,
  agentId: id,
  deviceLabel: z.string(),
  address: z.string(),
  at: epochMs,
});

export const deviceView = z.object({
  deviceId: id,
  agentId: id,
  label: z.string(),
  addedAt: epochMs,
  /** When it last signed in, to the day; null: unknown. */
  usedAt: epochMs.nullable(),
});

export type AgentView = z.infer<typeof agentView>;
export type AssistantView = z.infer<typeof assistantView>;
export type GroupView = z.infer<typeof groupView>;
export type Why = z.infer<typeof why>;
export type ConversationView = z.infer<typeof conversationView>;
export type MessageView = z.infer<typeof messageView>;
export type CustomerMessageView = z.infer<typeof customerMessageView>;
export type DeviceView = z.infer<typeof deviceView>;
export type HubFault = z.infer<typeof hubFault>;
export type JoinView = z.infer<typeof joinView>;
export type SystemLine = z.infer<typeof systemLine>;
export type CustomerConversationView = z.infer<typeof customerConversationView>;
export type DiskSpace = z.infer<typeof diskSpace>;
export type DateJump = z.infer<typeof dateJump>;
export type OfficeView = z.infer<typeof officeView>;
export type CustomerGroupView = z.infer<typeof customerGroupView>;
export type LeftMessage = z.infer<typeof leftMessage>;
export type LeftMessageView = z.infer<typeof leftMessageView>;
export type TraceEntry = z.infer<typeof traceEntry>;
