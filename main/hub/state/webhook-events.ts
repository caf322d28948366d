import type { WebhookEventType } from '../../../shared/protocol/webhooks';
import type { RoutingEvent } from '../../../shared/routing/index';
import type { Config } from './config';
import type { RecordedEvent } from './records';
import type { Threads } from './threads';

/** What webhooks tell of a recorded event, before it has an id. */
export interface ToldEvent {
  type: WebhookEventType;
  /** Epoch ms. */
  at: number;
  /** A conversation, left message or agent: what is told of one is told in order. */
  about: string;
  /**
   * Ids, names of groups and agents, reasons. No text and nothing of a customer but their id: so nothing has to be found
   * again in the queues of other programs when they are erased.
   */
  data: Readonly<Record<string, unknown>>;
}

/** Where names and groups are looked up; the event has been applied to it. */
export interface ToldFrom {
  config: Config;
  threads: Pick<Threads, 'get'>;
}

type About = Omit<ToldEvent, 'at'>;

/** At most two events, in order. */
export function toldOf(from: ToldFrom, { of, event }: RecordedEvent): ToldEvent[] {
  if (of === 'routing') return routingTold(from, event).map((each) => ({ ...each, at: event.at }));
  if (event.type === 'conversation.rated') {
    const { conversationId, customerId, rating } = event;
    const rated = ofConversation(from, conversationId, 'conversation.rated', { customerId, score: rating.score });
    return [{ ...rated, at: rating.at }];
  }
  if (event.type !== 'leftMessage.added') return [];
  const { leftMessageId, customerId, groupId, at } = event.leftMessage;
  const data = { leftMessageId, customerId, group: groupOf(from, groupId) };
  return [{ type: 'leftMessage.added', at, about: leftMessageId, data }];
}

function routingTold(from: ToldFrom, event: RoutingEvent): About[] {
  switch (event.type) {
    case 'conversation.queued': {
      const { conversationId, reason, priority, agentId } = event;
      const queued = ofConversation(from, conversationId, 'conversation.queued', { reason, priority });
      if (reason !== 'transferred' || agentId === undefined) return [queued];
      const transferred = { from: agentOf(from, agentId), to: null };
      return [ofConversation(from, conversationId, 'conversation.transferred', transferred), queued];
    }
    case 'conversation.returned': {
      const { conversationId, agentId, priority, miss } = event;
      const queued = ofConversation(from, conversationId, 'conversation.queued', { reason: 'returned', priority });
      return miss ? [missed(from, conversationId, agentId), queued] : [queued];
    }
    case 'conversation.assigned': {
      const { conversationId, agentId, how, fromAgentId } = event;
      const to = agentOf(from, agentId);
      const assigned = ofConversation(from, conversationId, 'conversation.assigned', { agent: to, how });
      if (how !== 'transferred' || fromAgentId === undefined) return [assigned];
      const transferred = { from: agentOf(from, fromAgentId), to };
      return [ofConversation(from, conversationId, 'conversation.transferred', transferred), assigned];
    }
    case 'conversation.missed':
    case 'offer.missed':
    case 'offer.ended':
      return event.miss ? [missed(from, event.conversationId, event.agentId)] : [];
    case 'conversation.flagged':
      return [ofConversation(from, event.conversationId, 'conversation.flagged', { reason: event.reason })];
    case 'conversation.closed': {
      const { conversationId, by, reason, agentId } = event;
      const agent = agentId === undefined ? null : agentOf(from, agentId);
      return [ofConversation(from, conversationId, 'conversation.closed', { by, reason, agent })];
    }
    case 'agent.changed': {
      const { agentId, status, cause, reason = null } = event;
      return [{ type: 'agent.status', about: agentId, data: { agent: agentOf(from, agentId), status, cause, reason } }];
    }
    default:
      return [];
  }
}

/** An agent did not attend to it in time (SB1). */
function missed(from: ToldFrom, conversationId: string, agentId: string): About {
  return ofConversation(from, conversationId, 'conversation.missed', { agent: agentOf(from, agentId) });
}

function ofConversation(
  from: ToldFrom,
  conversationId: string,
  type: WebhookEventType,
  more: Record<string, unknown>,
): About {
  const thread = from.threads.get(conversationId);
  const group = thread ? groupOf(from, thread.groupId) : null;
  const data = { conversationId, customerId: thread?.customerId ?? null, group, ...more };
  return { type, about: conversationId, data };
}

function groupOf({ config }: ToldFrom, groupId: string) {
  return { groupId, name: config.groups.get(groupId)?.name ?? '' };
}

function agentOf({ config }: ToldFrom, agentId: string) {
  return { agentId, name: config.accounts.get(agentId)?.name ?? '' };
}
