import type { AuditEntry } from '../../../../shared/protocol/audit';
import type { SavedAudit } from '../../state/audit-log';
import type { Customer } from '../../state/customers';
import type { SavedDesk, SavedState } from '../../state/saved-state';
import type { Thread } from '../../state/thread';
import { noWebhooks } from '../../state/webhooks';
import { type EarlierConfig, upgradeConfig } from './config';
import { type RoutingWithoutWaits, type WaitsBesideCore, withWaits } from './queue-waits';

type Earlier<T, Added extends keyof T> = Omit<T, Added> & Partial<Pick<T, Added>>;

type EarlierCustomer = Earlier<Customer, 'contact' | 'firstSeenAt' | 'seenAt' | 'hereAt' | 'endedAt' | 'endedCount'>;
/** Up to format 3 it also held some of the core's data. */
type EarlierConversation = Earlier<Thread, 'tags' | 'wrapUpCode' | 'earlier' | 'openedAt'> & {
  key?: { enqueuedAt: number };
  queued?: boolean;
  attended?: boolean;
  placeAtStart?: number;
};
interface EarlierDesk extends Omit<SavedDesk, 'customers' | 'conversations' | 'closed'> {
  customers: EarlierCustomer[];
  conversations: EarlierConversation[];
  closed: (string | EarlierConversation)[];
  /** Absent since the core counts them (format 4). */
  waits?: WaitsBesideCore['waits'];
}
type AddedLater = 'uploads' | 'erasing' | 'erased' | 'expiring' | 'dateJump' | 'webhooks';

/** A saved state as written by any earlier version. */
export interface EarlierState extends Omit<Earlier<SavedState, AddedLater>, 'routing' | 'desk' | 'config' | 'audit'> {
  routing: RoutingWithoutWaits | SavedState['routing'];
  desk: EarlierDesk;
  config: EarlierConfig;
  /** A list is the whole log, from before the log had files. */
  audit?: SavedAudit | AuditEntry[];
}

/** Adds fields that the version that saved it did not have; a complete one is unchanged. */
export function upgradeState(saved: EarlierState): SavedState {
  return {
    ...saved,
    routing: upgradeRouting(saved),
    config: upgradeConfig(saved.config),
    desk: upgradeDesk(saved.desk, saved.at),
    audit: upgradeAudit(saved.audit ?? []),
    uploads: saved.uploads ?? [],
    erasing: saved.erasing ?? [],
    erased: saved.erased ?? [],
    expiring: saved.expiring ?? null,
    dateJump: saved.dateJump ?? null,
    webhooks: saved.webhooks ?? noWebhooks,
  };
}

function upgradeRouting({ routing, desk }: EarlierState): SavedState['routing'] {
  if (!desk.waits) return routing as SavedState['routing'];
  return withWaits(routing as RoutingWithoutWaits, desk as WaitsBesideCore);
}

function upgradeDesk({ customers, conversations, closed, waits: _, ...rest }: EarlierDesk, at: number): SavedDesk {
  return {
    ...rest,
    customers: inOrder(customers.map((each) => withProfile(each, at))),
    conversations: conversations.map(asThread),
    closed: closed.map((each) => (typeof each === 'string' ? each : asThread(each))),
  };
}

/** An unknown last visit counts as now (`at`), so that the customer is kept for the full retention. */
function withProfile(customer: EarlierCustomer, at: number): Customer {
  const { contact = '', firstSeenAt = null, seenAt = at, endedAt = null, endedCount = null } = customer;
  const { hereAt = Math.max(endedAt ?? 0, seenAt) } = customer;
  return { ...customer, contact, firstSeenAt, seenAt, hereAt, endedAt, endedCount };
}

/** Up to format 4 they were in the order of their first visit; a complete list is in this order already. */
function inOrder(customers: Customer[]): Customer[] {
  return customers.sort((a, b) => a.hereAt - b.hereAt);
}

function asThread({ key, queued: _q, attended: _a, placeAtStart: _p, ...conversation }: EarlierConversation): Thread {
  const { tags = [], wrapUpCode = null, earlier = null, openedAt = key?.enqueuedAt ?? 0 } = conversation;
  return { ...conversation, openedAt, tags, wrapUpCode, earlier };
}

function upgradeAudit(audit: SavedAudit | AuditEntry[]): SavedAudit {
  if ('recent' in audit) return audit;
  const expiredBefore = [...audit].reverse().find(({ action }) => action === 'history.expire')?.subject ?? null;
  return { recent: audit, lastId: audit.at(-1)?.auditId ?? '', expiredBefore, day: 0, counts: [] };
}
