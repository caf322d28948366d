import { expect, test } from 'vitest';
import { apply, createRouting, type RoutingEvent } from '../../shared/routing/index';

/** Events that name an agent, a group, an offer or a conversation that no record has introduced. */
const unknown: Record<string, object> = {
  'group.removed': { groupId: 'g' },
  'group.opened': { groupId: 'g', open: true },
  'group.staffed': { groupId: 'g', staffed: true, alert: false },
  'agent.put': { agentId: 'a', name: 'Ana', capacity: 1, groups: [{ groupId: 'g', priority: 1 }] },
  'agent.removed': { agentId: 'a' },
  'agent.connected': { agentId: 'a', takeover: false },
  'agent.disconnected': { agentId: 'a', cause: 'command' },
  'agent.changed': { agentId: 'a', status: 'online', cause: 'self' },
  'agent.receptionChanged': { agentId: 'a', automatic: true },
  'agent.paced': { agentId: 'a', until: 1 },
  'agent.paceEnded': { agentId: 'a' },
  'wrapUp.started': { agentId: 'a', conversationId: 'c', groupId: 'g' },
  'wrapUp.ended': { agentId: 'a', conversationId: 'c' },
  'offer.made': { offerId: 'o1', conversationId: 'c', agentId: 'a', kind: 'routed' },
  'offer.ended': { offerId: 'o1', conversationId: 'c', agentId: 'a', outcome: 'timedOut' },
  'offer.missed': { offerId: 'o1', conversationId: 'c', agentId: 'a', miss: true },
  'conversation.queued': { conversationId: 'c', customerId: 'm', groupId: 'g', reason: 'moved' },
  'conversation.moved': { conversationId: 'c', groupId: 'g' },
  'conversation.assigned': { conversationId: 'c', agentId: 'a', how: 'claimed', groupId: 'g' },
  'conversation.acknowledged': { conversationId: 'c', agentId: 'a' },
  'conversation.returned': { conversationId: 'c', agentId: 'a', reason: 'timedOut', priority: 0, miss: false },
  'conversation.transferFailed': { conversationId: 'c', agentId: 'a', targetAgentId: 'b', outcome: 'declined' },
  'conversation.missed': { conversationId: 'c', agentId: 'a', miss: true },
  'conversation.message': { conversationId: 'c', from: 'customer' },
  'conversation.closed': { conversationId: 'c', by: 'customer', reason: 'left' },
  'conversation.held': { conversationId: 'c', rule: 'CH3', until: 1 },
  'conversation.flagged': { conversationId: 'c', reason: 'redirects' },
};

test.each(Object.keys(unknown))('%s of what was never recorded stops a replay, and is not passed over', (type) => {
  const event = { type, at: 1, ...unknown[type] } as unknown as RoutingEvent;
  expect(() => apply(createRouting(), event)).toThrow(/^the state knows no [acgo]/);
});
