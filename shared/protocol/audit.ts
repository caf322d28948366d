import * as z from 'zod';
import { epochMs, id } from './fields';

/** What the audit log tells of, by the command that did it or what happened. */
export const auditedAction = z.enum([
  'settings.update',
  'group.put',
  'group.remove',
  'agent.put',
  'agent.remove',
  'agent.code',
  'agent.revoke',
  'device.revoke',
  'join.answer',
  'office.put',
  'cannedReply.put',
  'cannedReply.remove',
  'office.backup',
  'status.set',
  'reception.set',
  'conversation.claim',
  'conversation.transfer',
  'conversation.close',
  'conversation.watch',
  'conversation.read',
  'customer.put',
  'customer.erase',
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
 * `hub`: by itself. `local`: at the hub's own machine, by its OS user. `unknown`: a client that has not signed in; without an
 * address there are several.
 */
export const auditActor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent'), agentId: id, name: z.string(), device: z.string() }),
  z.object({ kind: z.literal('hub') }),
  z.object({ kind: z.literal('local') }),
  z.object({ kind: z.literal('unknown'), address: z.string() }),
]);

const auditValue = z.union([z.string(), z.number(), z.boolean()]).nullable();

/**
 * Who did what, from which device. Never message text, a token or a code; a conversation is named by its id, so that
 * nothing here speaks of a customer.
 */
export const auditEntry = z.object({
  auditId: id,
  at: epochMs,
  by: auditActor,
  action: auditedAction,
  /**
   * Whom or what it was done to: an agent's, group's or canned reply's name as it was then, a conversation's id, the command
   * that was refused.
   */
  subject: z.string().nullable(),
  /** `field` is a dotted path; null is what was not there. */
  changes: z.array(z.object({ field: z.string(), before: auditValue, after: auditValue })),
  /** How often within ten minutes, the last time at `lastAt`. Absent: once. */
  count: z.number().int().optional(),
  lastAt: epochMs.optional(),
  /** Others' conversations whose words a search has shown. */
  conversationIds: z.array(id).optional(),
});

/** In one entry; a search that shows more begins another one. */
export const auditConversationsMax = 50;

/** The order in which they were noted. A hub that went on from an older state counts anew, but its time never goes back. */
export function compareAudit(a: Pick<AuditEntry, 'at' | 'auditId'>, b: Pick<AuditEntry, 'at' | 'auditId'>): number {
  const [seqA = 0, noteA = 0] = a.auditId.split('.').map(Number);
  const [seqB = 0, noteB = 0] = b.auditId.split('.').map(Number);
  return a.at - b.at || seqA - seqB || noteA - noteB;
}

export const auditPageMax = 200;

/** The entry that a page goes on after: a number may come twice, but not at one time. */
export const auditCursor = z.strictObject({ at: epochMs, auditId: id });

export interface AuditPage {
  /** Newest first. */
  entries: AuditEntry[];
  isLast: boolean;
}

export type AuditCursor = z.infer<typeof auditCursor>;
export type AuditActor = z.infer<typeof auditActor>;
export type AuditEntry = z.infer<typeof auditEntry>;
export type AuditChange = AuditEntry['changes'][number];
