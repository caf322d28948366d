import type { RoutingEventOf } from '../../shared/routing';
import type { ModelConversation } from './model';

type Arrival = RoutingEventOf<'conversation.queued'> | RoutingEventOf<'conversation.assisted'>;

/** One that waits, as if it had never been with anybody. */
export function newConversation(event: Arrival): ModelConversation {
  const { conversationId: id, customerId, channel, groupId, priority, enqueuedAt, seq } = event;
  return {
    ...{ id, customerId, channel, groupId, priority, enqueuedAt, seq },
    ...{ stage: 'waiting', assistantId: null, awaitedSince: null, quietSince: null, askedAt: null },
    ...{ fromAssistant: null, agentId: null, fromAgentId: null, offerId: null, attendBy: null, ackBy: null },
    ...{ flagged: false, tried: new Set(), lastTryAt: 0, cooling: new Map(), held: new Map(), throttledUntil: null },
    ...{ wasHeld: false, newestTry: { counts: false, maxRedirects: 0, failed: false }, failedTries: 0 },
    ...{ attended: false, assignedAt: 0, preferenceDropped: false, givenAt: [], offeredAtTurn: new Map() },
    reopened: event.type === 'conversation.queued' && event.reason === 'reopened',
    ...{ unansweredSince: null, agentToldAt: null, supervisorsTold: false },
  };
}
