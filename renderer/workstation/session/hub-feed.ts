import type { AgentEvent, WelcomeAgent } from '../../../shared/protocol/agent-wire';
import { emptyOffice, type OfficeState } from './office-state';
import type { OfficeStore } from './office-store';
import { reduceHubEvent } from './reduce/hub-event';

/** More than one replay repeats. */
const noticeIdsMax = 500;

/** Puts the hub's events into the store. */
export interface HubFeed {
  welcome(welcome: WelcomeAgent): void;
  event(event: AgentEvent): void;
  caughtUp(): void;
}

export interface FeedPorts {
  store: OfficeStore;
  /** Whether the agent has this conversation before them right now. */
  isSeen(conversationId: string): boolean;
  /** Whether the conversation belongs, or may belong, to one of these customers. */
  isOfOne(conversationId: string, customerIds: ReadonlySet<string>): boolean;
  /** Called before these customers are removed from the store, to erase what is held outside it. */
  erased(customerIds: ReadonlySet<string>): void;
}

export function createHubFeed({ store, isSeen, isOfOne, erased }: FeedPorts): HubFeed {
  /** A snapshot being received. It is shown only when complete, so that nothing flickers meanwhile. */
  let snapshot: OfficeState | null = null;
  /** Customers that the snapshot being received names as erased. */
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
      const { selectedId } = store.getState();
      const seenId = selectedId !== null && isSeen(selectedId) ? selectedId : null;
      store.dispatch({ kind: 'caughtUp', snapshot, seenId });
      snapshot = null;
      erase(erasedBefore);
      erasedBefore = [];
    },
  };
}

/** Whether a notice is new: a replay after a lost link may repeat it. */
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
  if (event.name === 'message.added') return isSeen(event.message.conversationId);
  return event.name === 'conversation.changed' ? isSeen(event.conversation.conversationId) : true;
}
