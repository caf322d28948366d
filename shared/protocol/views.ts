import * as z from 'zod';
import { asks } from './asks';
import { attachmentView } from './attachments';
import { customerProfile } from './customer-profile';
import { agentPriority, agentStatus, capacity, count, epochMs, id, name, role, text } from './fields';
import { workingHours } from './hours';
import { attachmentsPerMessageMax, mentionsMax } from './limits';
import { retentionDays } from './retention';

/** What one side of the wire may see of each entity. Clients ignore fields they do not know. */

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
  /** Why: `self`, `supervisor`, `timeout` (SB1), `graceEnded` (ST2), `breakEnded` (SB4) … */
  statusCause: z.string(),
  /** SB1: the missed conversation behind one's own short break by timeout; of others null. */
  missed: z.object({ conversationId: id, customerName: z.string(), waitedSeconds: count }).nullable(),
  connected: z.boolean(),
  load: count,
  missedInARow: count,
  /** AR5: the agent's own switch; null = as the group's. */
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
  /** HR1; null = always open. */
  hours: workingHours.nullable(),
  /** When the hours open or close it next; null = never. */
  changesAt: epochMs.nullable(),
});

/** A group as its customers see it. */
export const customerGroupView = z.object({
  groupId: id,
  name: z.string(),
  open: z.boolean(),
  /** While closed: when it opens by its hours; null = not known. */
  opensAt: epochMs.nullable(),
  /** While closed: the office's own words (`texts.outsideHours`); null = the built-in sentence. */
  closedText: z.string().nullable(),
});

/** What a customer wrote when nobody could take it up (QU6, HR1, HR2); open until somebody has seen to it. */
export const leftMessageView = z.object({
  leftMessageId: id,
  customerId: id,
  customerName: z.string(),
  /** How to reach them, in their own words. */
  contact: z.string(),
  groupId: id,
  text,
  at: epochMs,
  /** It had been seen to by this id, and was taken back. */
  reopens: id.optional(),
});

/** EX1 */
export const why = z.object({
  rule: z.string(),
  runnerUp: id.nullable(),
  skipped: z.record(z.string(), count),
});

export const conversationView = z.object({
  conversationId: id,
  customerId: id,
  customerName: z.string(),
  profile: customerProfile,
  groupId: id,
  priority: count,
  stage: z.enum(['waiting', 'offered', 'active', 'closed']),
  enqueuedAt: epochMs,
  /** Entered its present stage. */
  since: epochMs,
  agentId: id.nullable(),
  /** A transfer that rings: whose conversation it still is. */
  fromAgentId: id.nullable(),
  offerId: id.nullable(),
  /** The offer's end as the hub counts it; null rings without a limit. */
  deadline: epochMs.nullable(),
  /** RD1, automatic reception: reply before this. */
  attendBy: epochMs.nullable(),
  flagged: z.boolean(),
  redirects: count,
  note: z.string().nullable(),
  why: why.nullable(),
  /** The customer's first words, shortened. */
  preview: z.string(),
  lastMessageAt: epochMs.nullable(),
  /** The first customer message that has no answer yet. */
  unansweredSince: epochMs.nullable(),
  /** How many customer messages came since the agent's last. */
  unanswered: count,
  tags: z.array(z.string()),
  closedBy: z.enum(['agent', 'customer', 'system']).nullable(),
  customerConnected: z.boolean(),
  /** The last message that the customer has read, as far as this hub has heard since its start. */
  seenByCustomer: id.nullable(),
});

/** Agents whom a note calls. */
export const mentions = z.array(id).min(1).max(mentionsMax);

export const messageFrom = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent'), agentId: id, name: z.string() }),
  z.object({ kind: z.literal('customer') }),
  z.object({ kind: z.literal('system') }),
  /** From an agent to colleagues: no customer is ever told of it. */
  z.object({ kind: z.literal('note'), agentId: id, name: z.string(), mentions: mentions.optional() }),
]);

/** Lines the hub adds itself; each reader's client says them in its own language. */
export const systemLine = z.enum([
  'queued',
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
]);

export const messageView = z.object({
  messageId: id,
  /** Only on the line of the device that sent it: of its command. */
  cid: id.optional(),
  conversationId: id,
  at: epochMs,
  from: messageFrom,
  /** A person's words; empty for a system line, and may be where there are attachments. */
  text: z.string(),
  line: z.object({ code: systemLine, params: z.record(z.string(), z.string()) }).nullable(),
  /** Absent: none. */
  attachments: z.array(attachmentView).min(1).max(attachmentsPerMessageMax).optional(),
});

/** The same message as its customer sees it: the agent's name, never the id; a note not at all. */
export const customerMessageView = messageView.extend({
  from: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('agent'), name: z.string() }),
    z.object({ kind: z.literal('customer') }),
    z.object({ kind: z.literal('system') }),
  ]),
});

/** What the customer is told of their own conversation: never an agent's id, note or reason. */
export const customerConversationView = z.object({
  conversationId: id,
  stage: z.enum(['waiting', 'active', 'closed']),
  groupName: z.string(),
  agentName: z.string().nullable(),
  /** QU5: 1 is next; null while unknown or not waiting. */
  position: count.nullable(),
  estimatedWaitSeconds: count.nullable(),
  closedBy: z.enum(['agent', 'customer', 'system']).nullable(),
  /** The customer is asked to leave a message: while waiting because nobody is online (HR2), once closed for QU6. */
  mayLeaveMessage: z.boolean(),
  /** The last message that their agent has read. */
  seenByAgent: id.nullable(),
});

/**
 * One recorded event of a conversation, as the core wrote it, for the supervisor who asks why (EX1). An entry
 * `trace.dropped` with a `count` stands where a long trace has been shortened.
 */
export const traceEntry = z.looseObject({ type: z.string(), at: epochMs });

/** Room on the hub's disk: `low` is worth a warning, at `short` no messages are taken until there is more. */
const diskSpace = z.enum(['plenty', 'low', 'short']);
/** From the hub's last record before to the first after: so long that the date may be wrong. */
const dateJump = z.object({ from: epochMs, to: epochMs });
export const officeView = z.object({
  name,
  sample: z.boolean(),
  retentionDays,
  diskSpace,
  /** What conversations may be tagged with, and how they may be said to have ended. */
  tags: z.array(z.string()),
  wrapUpCodes: z.array(z.string()),
  asks,
  /** Nothing is removed for its age until a supervisor has confirmed the date; null: no doubt. */
  dateJump: dateJump.nullable(),
});

/**
 * What is wrong with the hub itself, beside room on its disk. `notSaved`: something beside the journal can't be written,
 * since `at`. `restarted`: it has met an error `count` times recently, the last time `at`, and started again from its disk.
 */
export const hubFault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('notSaved'), at: epochMs }),
  z.object({ kind: z.literal('restarted'), at: epochMs, count }),
]);

/** A device that knows a one-time code and waits for a supervisor's word (SECURITY-MODEL.md, "Joining"). */
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
  /** When it last signed in, to the day; null: not known. */
  usedAt: epochMs.nullable(),
});

export type AgentView = z.infer<typeof agentView>;
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
export type LeftMessageView = z.infer<typeof leftMessageView>;
export type TraceEntry = z.infer<typeof traceEntry>;
