import type { AgentEvent, WelcomeAgent } from '../../../shared/protocol/agent-wire';
import { emptyOffice, type OfficeState } from './office-state';
import type { OfficeStore } from './office-store';
import { reduceHubEvent } from './reduce/hub-event';

/** More than any replay repeats. */
const noticeIdsMax = 500;

/** The way of the hub's frames into the store. */
export interface HubFeed {
  welcome(welcome: WelcomeAgent): void;
  event(event: AgentEvent): void;
  caughtUp(): void;
}

export interface FeedPorts {
  store: OfficeStore;
  /** Whether the user can see this conversation right now: it is selected and the window is in front. */
  isSeen(conversationId: string): boolean;
  /** Whether the conversation belongs, or may belong, to one of these customers. */
  isOfOne(conversationId: string, customerIds: ReadonlySet<string>): boolean;
  /** Called before these customers leave the store, for what is kept beside it. */
  erased(customerIds: ReadonlySet<string>): void;
}

export function createHubFeed({ store, isSeen, isOfOne, erased }: FeedPorts): HubFeed {
  /** A snapshot is built aside and shown at once, so that nothing flickers while it comes in. */
  let snapshot: OfficeState | null = null;
  /** Named by the snapshot that comes in. */
  let erasedBefore: string[] = [];
  const isNewNotice = createNoticeFilter();

  function erase(named: readonly string[]) {
    if (named.length === 0) return;
    const customerIds = new Set(named);
    erased(customerIds);
    store.dispatch({ kind: 'customersErased', customerIds, isTheirs: (id) => isOfOne(id, customerIds) });
  }

  return {
    welcome({ agentId, role, customerUrl, mode }) {
      store.dispatch({ kind: 'welcomed', me: { agentId, role }, customerUrl });
      erasedBefore = [];
      snapshot = mode === 'snapshot' ? { ...store.getState(), ...emptyOffice() } : null;
    },
    event(event) {
      if (event.name === 'customers.erased') {
        if (snapshot) erasedBefore.push(...event.customerIds);
        else erase(event.customerIds);
        return;
      }
      if (event.name === 'notice' && !isNewNotice(event.noticeId)) return;
      if (snapshot) snapshot = reduceHubEvent(snapshot, event, true);
      else store.dispatch({ kind: 'hubEvent', event, isSeen: isSeenNow(event, isSeen) });
    },
    caughtUp() {
      store.dispatch({ kind: 'caughtUp', snapshot });
      snapshot = null;
      erase(erasedBefore);
      erasedBefore = [];
    },
  };
}

/** Tells the notices that have not been shown: one may come again after a lost link. */
function createNoticeFilter(): (noticeId: string) => boolean {
  const shown = new Set<string>();
  return (noticeId) => {
    if (shown.has(noticeId)) return false;
    shown.add(noticeId);
    const [oldest] = shown;
    if (shown.size > noticeIdsMax && oldest !== undefined) shown.delete(oldest);
    return true;
  };
}

function isSeenNow(event: AgentEvent, isSeen: (conversationId: string) => boolean): boolean {
  return event.name === 'message.added' ? isSeen(event.message.conversationId) : true;
}
