import * as z from 'zod';
import { epochMs, id } from './fields';

/** The actions in the audit log, named after the command or the incident. */
export const auditedAction = z.enum([
  'settings.update',
  'group.put',
  'group.remove',
  'agent.put',
  'agent.remove',
  'agent.code',
  'agent.revoke',
  'assistant.put',
  'assistant.remove',
  'assistant.token',
  'assistant.revoke',
  'device.revoke',
  'join.answer',
  'office.put',
  'officeHours.put',
  'chatPage.put',
  'apiToken.make',
  'apiToken.revoke',
  'apiToken.use',
  'identitySecret.make',
  'identitySecret.remove',
  'webhook.put',
  'webhook.remove',
  'webhook.pause',
  'webhook.rotate',
  'webhook.resend',
  'webhook.test',
  'cannedReply.put',
  'cannedReply.remove',
  'office.backup',
  'status.set',
  'reception.set',
  'conversation.claim',
  'conversation.transfer',
  'conversation.close',
  'conversation.reopen',
  'conversation.watch',
  'conversation.read',
  'customer.put',
  'customer.erase',
  'leftMessage.begin',
  'leftMessage.done',
  'leftMessage.reopen',
  'customer.block',
  'block.lift',
  'history.expire',
  'date.jump',
  'date.confirm',
  'passphrase.change',
  'passphrase.reset',
  'device.added',
  'device.expire',
  'hubKey.prepare',
  'hubKey.switch',
  'signIn.delayed',
  'stranger.refused',
  'audit.export',
  'conversation.find',
  'right.refused',
]);

/**
 * `program`: by a token of the API. `hub`: the hub itself. `local`: the OS user on the hub's own machine. `unknown`: a client that has not signed in;
 * without an address it stands for several.
 */
export const auditActor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent'), agentId: id, name: z.string(), device: z.string() }),
  z.object({ kind: z.literal('program'), tokenId: id, name: z.string() }),
  z.object({ kind: z.literal('hub') }),
  z.object({ kind: z.literal('local') }),
  z.object({ kind: z.literal('unknown'), address: z.string() }),
]);

const auditValue = z.union([z.string(), z.number(), z.boolean()]).nullable();

/**
 * Who did what, from which device. Never holds message text, a token or a code; a conversation appears by its id only,
 * so that no entry has a customer's data.
 */
export const auditEntry = z.object({
  auditId: id,
  at: epochMs,
  by: auditActor,
  action: auditedAction,
  /** The name of the agent, group or canned reply at that time, a conversation's id, or the refused command. */
  subject: z.string().nullable(),
  /** `field` is a dotted path; null: the value was absent. */
  changes: z.array(z.object({ field: z.string(), before: auditValue, after: auditValue })),
  /** How many times within ten minutes, the last one at `lastAt`. Absent: once. */
  count: z.number().int().optional(),
  lastAt: epochMs.optional(),
  /** Conversations of other agents whose text a search has shown. */
  conversationIds: z.array(id).optional(),
});

/** The most conversations in one entry; a search that shows more adds another entry. */
export const auditConversationsMax = 50;

/** Sorts by recording order. A hub that resumed from an older state reuses numbers, but its time never goes back. */
export function compareAudit(a: Pick<AuditEntry, 'at' | 'auditId'>, b: Pick<AuditEntry, 'at' | 'auditId'>): number {
  const [seqA = 0, noteA = 0] = a.auditId.split('.').map(Number);
  const [seqB = 0, noteB = 0] = b.auditId.split('.').map(Number);
  return a.at - b.at || seqA - seqB || noteA - noteB;
}

export const auditPageMax = 200;

/** The cursor of a page: a number may occur twice, but not with the same time. */
export const auditCursor = z.strictObject({ at: epochMs, auditId: id });

export const auditPage = z.object({
  /** Newest first. */
  entries: z.array(auditEntry),
  isLast: z.boolean(),
  /** Of a filtered page that is not the last: the cursor of the next one. The hub looks through so much per request. */
  next: auditCursor.exactOptional(),
});

export type AuditPage = z.infer<typeof auditPage>;
export type AuditedAction = z.infer<typeof auditedAction>;
export type AuditCursor = z.infer<typeof auditCursor>;
export type AuditActor = z.infer<typeof auditActor>;
export type AuditEntry = z.infer<typeof auditEntry>;
export type AuditChange = AuditEntry['changes'][number];
