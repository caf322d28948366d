import { type AuditActor, type AuditEntry, auditConversationsMax, compareAudit } from '../../../shared/protocol/audit';
import { dayMs } from '../system/days';
import type { HubEvent } from './records';

/** A repeat within this time raises the entry's count instead of adding one, unless it changed something. */
const togetherMs = 10 * 60_000;
/** Most entries held in memory; beyond that the oldest go to the files early. */
const recentMax = 1_000;
/**
 * Entries a day for actions that can be repeated at will (`atWill`): per agent, and for all unknown persons together.
 * Further ones lose their subject and a stranger's address, so that they merge into few entries with large counts.
 */
const perDayMax: Readonly<Record<AuditActor['kind'], number>> = {
  unknown: 200,
  agent: 2_000,
  program: 2_000,
  hub: 2_000,
  local: 2_000,
};
const atWill: ReadonlySet<AuditEntry['action']> = new Set([
  'conversation.find',
  'conversation.read',
  'conversation.watch',
  'right.refused',
  'signIn.delayed',
]);

/** An entry, before it has its id and time. */
export type AuditNote = Pick<AuditEntry, 'by' | 'action' | 'subject' | 'changes' | 'conversationIds'>;

export interface SavedAudit {
  recent: AuditEntry[];
  lastId: string;
  expiredBefore: string | null;
  /** Entries of `atWill` actions per actor, on the day (since 1970) of the last one. */
  day: number;
  counts: [actor: string, count: number][];
}

/**
 * The audit log: who did what. Each entry is part of the record of the action itself. In memory are only entries whose
 * count may still rise; settled ones are in the audit log's files (`store/audit-files.ts`).
 */
export class AuditLog {
  /** Oldest first. */
  private recent: AuditEntry[] = [];
  private readonly bySameness = new Map<string, AuditEntry>();
  private day = 0;
  private counts = new Map<string, number>();
  /** Id of the last note, whether it became an entry or was counted. */
  lastId = '';
  /** What the last `history.expire` names. */
  expiredBefore: string | null = null;

  /** `settled` gets each entry once it is final, in order. */
  constructor(private readonly settled: (entry: AuditEntry) => void = () => undefined) {}

  save(): SavedAudit {
    const { recent, lastId, expiredBefore, day, counts } = this;
    return { recent: [...recent], lastId, expiredBefore, day, counts: [...counts] };
  }

  /** The inverse of `save`, into an empty log. */
  load({ recent, lastId, expiredBefore, day, counts }: SavedAudit): void {
    for (const entry of recent) this.add(entry);
    this.lastId = lastId;
    this.expiredBefore = expiredBefore;
    this.day = day;
    this.counts = new Map(counts);
    this.settle(recent.at(-1)?.at ?? 0);
  }

  apply(event: HubEvent): void {
    if (event.type !== 'audit.noted') return;
    const entry = this.bounded(event.entry);
    this.lastId = entry.auditId;
    if (entry.action === 'history.expire') this.expiredBefore = entry.subject;
    this.settle(entry.at);
    const same = this.bySameness.get(samenessOf(entry));
    if (entry.changes.length > 0 || !same || !count(same, entry)) this.add(entry);
  }

  expire(before: number): void {
    while (this.recent[0] && this.recent[0].at < before) this.takeOldest();
  }

  /** Newest first, those before `before`; older ones are in the files. */
  page(before: Pick<AuditEntry, 'at' | 'auditId'> | null, length: number): AuditEntry[] {
    const older = before === null ? this.recent : this.recent.filter((entry) => compareAudit(entry, before) < 0);
    return older.slice(Math.max(0, older.length - length)).reverse();
  }

  private add(entry: AuditEntry) {
    const own = { ...entry };
    this.recent.push(own);
    if (own.changes.length === 0) this.bySameness.set(samenessOf(own), own);
    while (this.recent.length > recentMax) this.settled(this.takeOldest());
  }

  private settle(now: number) {
    while (this.recent[0] && this.recent[0].at + togetherMs <= now) this.settled(this.takeOldest());
  }

  private takeOldest(): AuditEntry {
    const oldest = this.recent.shift()!;
    const key = samenessOf(oldest);
    if (this.bySameness.get(key) === oldest) this.bySameness.delete(key);
    return oldest;
  }

  private bounded(entry: AuditEntry): AuditEntry {
    const { by, action, at } = entry;
    if (!atWill.has(action) || this.bySameness.has(samenessOf(entry))) return entry;
    const day = Math.floor(at / dayMs);
    if (day !== this.day) this.counts.clear();
    this.day = day;
    const actor = by.kind === 'agent' ? by.agentId : by.kind;
    const noted = this.counts.get(actor) ?? 0;
    if (noted >= perDayMax[by.kind]) return withoutDetail(entry);
    this.counts.set(actor, noted + 1);
    return entry;
  }
}

function withoutDetail({ conversationIds: _ids, ...entry }: AuditEntry): AuditEntry {
  return { ...entry, by: entry.by.kind === 'unknown' ? { kind: 'unknown', address: '' } : entry.by, subject: null };
}

function samenessOf({ by, action, subject }: AuditEntry): string {
  return JSON.stringify([by, action, subject]);
}

/** Counts a repeat. False: together they name more conversations than one entry may. */
function count(same: AuditEntry, entry: AuditEntry): boolean {
  if (same.conversationIds || entry.conversationIds) {
    const all = [...new Set([...(same.conversationIds ?? []), ...(entry.conversationIds ?? [])])];
    if (all.length > auditConversationsMax) return false;
    same.conversationIds = all;
  }
  same.count = (same.count ?? 1) + 1;
  same.lastAt = entry.at;
  return true;
}
