import type { AuditEntry } from '../../../../shared/protocol/audit';
import type { SavedAudit } from '../../state/audit-log';
import type { Customer, DeskConversation, SavedDesk } from '../../state/desk';
import type { SavedState } from '../../state/saved-state';
import { type EarlierConfig, upgradeConfig } from './config';

type Earlier<T, Added extends keyof T> = Omit<T, Added> & Partial<Pick<T, Added>>;

type EarlierCustomer = Earlier<Customer, 'contact' | 'firstSeenAt' | 'seenAt' | 'endedAt' | 'endedCount'>;
type EarlierConversation = Earlier<DeskConversation, 'tags' | 'wrapUpCode' | 'earlier'>;
interface EarlierDesk extends Omit<SavedDesk, 'customers' | 'conversations' | 'closed'> {
  customers: EarlierCustomer[];
  conversations: EarlierConversation[];
  closed: (string | EarlierConversation)[];
}
type AddedLater = 'uploads' | 'erasing' | 'erased' | 'expiring' | 'dateJump';

/** A saved state by any earlier version. */
export interface EarlierState extends Omit<Earlier<SavedState, AddedLater>, 'desk' | 'config' | 'audit'> {
  desk: EarlierDesk;
  config: EarlierConfig;
  /** A list is the whole log, from before it had files. */
  audit?: SavedAudit | AuditEntry[];
}

/** Adds what the version that saved it did not know yet. One that lacks nothing is the same afterwards. */
export function upgradeState(saved: EarlierState): SavedState {
  return {
    ...saved,
    config: upgradeConfig(saved.config),
    desk: upgradeDesk(saved.desk, saved.at),
    audit: upgradeAudit(saved.audit ?? []),
    uploads: saved.uploads ?? [],
    erasing: saved.erasing ?? [],
    erased: saved.erased ?? [],
    expiring: saved.expiring ?? null,
    dateJump: saved.dateJump ?? null,
  };
}

function upgradeDesk({ customers, conversations, closed, ...rest }: EarlierDesk, at: number): SavedDesk {
  return {
    ...rest,
    customers: customers.map((each) => withProfile(each, at)),
    conversations: conversations.map(withLabels),
    closed: closed.map((each) => (typeof each === 'string' ? each : withLabels(each))),
  };
}

/** When they were last here is not known: as if it had been just now, so that they are kept for as long as others. */
function withProfile(customer: EarlierCustomer, at: number): Customer {
  const { contact = '', firstSeenAt = null, seenAt = at, endedAt = null, endedCount = null } = customer;
  return { ...customer, contact, firstSeenAt, seenAt, endedAt, endedCount };
}

function withLabels(conversation: EarlierConversation): DeskConversation {
  const { tags = [], wrapUpCode = null, earlier = null } = conversation;
  return { ...conversation, tags, wrapUpCode, earlier };
}

function upgradeAudit(audit: SavedAudit | AuditEntry[]): SavedAudit {
  if ('recent' in audit) return audit;
  const expiredBefore = [...audit].reverse().find(({ action }) => action === 'history.expire')?.subject ?? null;
  return { recent: audit, lastId: audit.at(-1)?.auditId ?? '', expiredBefore, day: 0, counts: [] };
}
