import { createHubFeed, type HubFeed } from '../../renderer/workstation/session/hub-feed';
import { createOfficeStore } from '../../renderer/workstation/session/office-store';
import type { AgentEvent } from '../../shared/protocol/agent-wire';
import type { AgentView, ConversationView, GroupView, MessageView } from '../../shared/protocol/views';

export const at = 1_000_000_000;

export function agent(agentId: string, fields: Partial<AgentView> = {}): AgentView {
  return {
    agentId,
    name: agentId,
    role: 'agent',
    capacity: 5,
    groups: [{ groupId: 'g1', priority: 1 }],
    status: 'online',
    statusSince: at,
    statusCause: 'self',
    missed: null,
    connected: true,
    load: 0,
    missedInARow: 0,
    automatic: null,
    wrapUps: [],
    devices: 1,
    ...fields,
  };
}

export function group(groupId: string, fields: Partial<GroupView> = {}): GroupView {
  return { groupId, name: groupId, open: true, settings: {}, hours: null, changesAt: null, ...fields };
}

export function conversation(conversationId: string, fields: Partial<ConversationView> = {}): ConversationView {
  return {
    conversationId,
    customerId: `customer-${conversationId}`,
    customerName: 'Mei Chen',
    profile: { contact: '', language: 'en', firstSeenAt: null, endedCount: 0, lastEndedAt: null },
    groupId: 'g1',
    priority: 5,
    stage: 'waiting',
    enqueuedAt: at,
    since: at,
    agentId: null,
    fromAgentId: null,
    offerId: null,
    deadline: null,
    attendBy: null,
    flagged: false,
    redirects: 0,
    note: null,
    why: null,
    preview: 'Hello',
    lastMessageAt: null,
    unansweredSince: null,
    unanswered: 0,
    closedBy: null,
    customerConnected: true,
    tags: [],
    seenByCustomer: null,
    ...fields,
  };
}

export function message(messageId: string, fields: Partial<MessageView> = {}): MessageView {
  return { messageId, conversationId: 'c1', at, from: { kind: 'customer' }, text: messageId, line: null, ...fields };
}

type Body<E> = E extends unknown ? Omit<E, 'type' | 'seq' | 'prev' | 'at'> : never;

/** A feed whose events number themselves, signed in as `me` and caught up. */
export class Office {
  readonly store = createOfficeStore();
  readonly feed: HubFeed;
  private seq = 10;

  /** `first`: what the first snapshot tells. */
  constructor(isSeen: (conversationId: string) => boolean = () => false, ...first: Body<AgentEvent>[]) {
    this.feed = createHubFeed({
      store: this.store,
      isSeen,
      isOfOne: (id, customerIds) => customerIds.has(`customer-${id}`),
      erased: () => {},
    });
    this.store.dispatch({ kind: 'linkChanged', link: { state: 'up', since: at } });
    this.snapshot(...first);
  }

  get state() {
    return this.store.getState();
  }

  tell(...bodies: Body<AgentEvent>[]) {
    for (const body of bodies) {
      this.seq += 1;
      this.feed.event({ type: 'event', seq: this.seq, prev: this.seq - 1, at, ...body } as AgentEvent);
    }
  }

  snapshot(...bodies: Body<AgentEvent>[]) {
    this.feed.welcome({
      type: 'welcome',
      hubId: 'h',
      epoch: 1,
      seq: this.seq,
      mode: 'snapshot',
      lastN: 0,
      serverTime: at,
      agentId: 'me',
      role: 'supervisor',
      token: null,
      customerUrl: 'http://127.0.0.1:1/chat',
    });
    this.tell(...bodies);
    this.feed.caughtUp();
  }
}
