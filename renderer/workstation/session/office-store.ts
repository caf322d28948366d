import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AgentEvent, WelcomeAgent } from '../../../shared/protocol/agent-wire';
import { emptyOffice, initialOfficeState, type OfficeState } from './office-state';
import { reduceEvent } from './reduce';
import { withoutErased } from './without-erased';

/** More than any resume tells. */
const noticedMax = 500;

export type OfficeStore = StoreApi<OfficeState>;

/** The store and the way hub frames get into it. */
export interface OfficeFeed {
  store: OfficeStore;
  welcome(welcome: WelcomeAgent): void;
  event(event: AgentEvent): void;
  caughtUp(): void;
}

export interface FeedPorts {
  /** Whether the person can see this conversation right now (open, and the window in front). */
  isSeen(conversationId: string): boolean;
  /** Whether it is, or may be, of one of these customers. */
  isOfOne(conversationId: string, customerIds: ReadonlySet<string>): boolean;
  /** What is kept beside the store of these customers has to go, too. */
  erased(customerIds: ReadonlySet<string>): void;
}

export function createOfficeFeed({ isSeen, isOfOne, erased }: FeedPorts): OfficeFeed {
  const store = createStore<OfficeState>()(() => initialOfficeState());
  /** A snapshot is built aside and shown at once, so that nothing flickers while it comes in. */
  let draft: OfficeState | null = null;
  const noticed = createNoticed();
  /** Named by the snapshot that comes in. */
  let erasedBefore: string[] = [];

  function forget(named: readonly string[]) {
    if (named.length === 0) return;
    const customerIds = new Set(named);
    erased(customerIds);
    store.setState(withoutErased(store.getState(), customerIds, (id) => isOfOne(id, customerIds)));
  }

  return {
    store,
    welcome(welcome) {
      store.setState({ me: { agentId: welcome.agentId, role: welcome.role }, customerUrl: welcome.customerUrl });
      erasedBefore = [];
      draft = welcome.mode === 'snapshot' ? { ...store.getState(), ...emptyOffice() } : null;
    },
    event(event) {
      if (event.name === 'customers.erased') {
        if (draft) erasedBefore.push(...event.customerIds);
        else forget(event.customerIds);
        return;
      }
      if (event.name === 'notice' && !noticed.take(event.noticeId)) return;
      if (draft) {
        Object.assign(draft, reduceEvent(draft, event, true));
        return;
      }
      store.setState(reduceEvent(store.getState(), event, seenIn(event, isSeen)));
    },
    caughtUp() {
      if (!draft) {
        store.setState({ ready: true });
        return;
      }
      const now = store.getState();
      const { selectedId } = now;
      // What was read stays readable until the hub has sent it anew.
      for (const [id, messages] of now.messages) {
        if (!draft.messages.has(id) && draft.conversations.has(id)) draft.messages.set(id, messages);
      }
      const vanished = selectedId !== null && !now.selectedErased && !draft.conversations.has(selectedId);
      const ghost = vanished ? (now.ghost ?? now.conversations.get(selectedId) ?? null) : null;
      if (vanished) draft.messages.set(selectedId, now.messages.get(selectedId) ?? []);
      store.setState({
        ready: true,
        office: draft.office,
        settings: draft.settings,
        groups: draft.groups,
        agents: draft.agents,
        devices: draft.devices,
        conversations: draft.conversations,
        messages: draft.messages,
        leftMessages: draft.leftMessages,
        cannedReplies: draft.cannedReplies,
        notices: draft.notices,
        joins: draft.joins,
        blocks: draft.blocks,
        faults: draft.faults,
        refusals: draft.refusals,
        passphrase: draft.passphrase,
        hubKey: draft.hubKey,
        ghost,
        selectedId: vanished && !ghost ? null : selectedId,
        groupsRevision: now.groupsRevision + 1,
        agentsRevision: now.agentsRevision + 1,
        devicesRevision: now.devicesRevision + 1,
        conversationsRevision: now.conversationsRevision + 1,
        messagesRevision: now.messagesRevision + 1,
        leftMessagesRevision: now.leftMessagesRevision + 1,
        cannedRepliesRevision: now.cannedRepliesRevision + 1,
      });
      draft = null;
      forget(erasedBefore);
    },
  };
}

/** The notices that have been shown: one may come again after a line that was lost. */
function createNoticed() {
  const shown = new Set<string>();
  return {
    /** False: it was shown before. */
    take(noticeId: string): boolean {
      if (shown.has(noticeId)) return false;
      shown.add(noticeId);
      const [oldest] = shown;
      if (shown.size > noticedMax && oldest !== undefined) shown.delete(oldest);
      return true;
    },
  };
}

function seenIn(event: AgentEvent, isSeen: (conversationId: string) => boolean): boolean {
  return event.name === 'message.added' ? isSeen(event.message.conversationId) : true;
}
