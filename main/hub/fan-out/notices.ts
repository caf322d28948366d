import type { MessageView } from '../../../shared/protocol/views';
import type { RoutingEvent, RoutingEventOf } from '../../../shared/routing/index';
import type { HubState } from '../state/hub-state';
import type { Touched } from './touched';

export interface Notice {
  /** All supervisors, or one agent. */
  to: { agentId: string } | 'supervisors';
  code:
    | 'missed'
    | 'redirectedAway'
    | 'takenByColleague'
    | 'customerLeft'
    | 'returnedToYou'
    | 'agentOffline'
    | 'customerSilent'
    | 'flagged'
    | 'overdue'
    | 'overdueWith'
    | 'overdueWithNobody'
    | 'nobodyOnline'
    | 'lastOnlineOnBreak'
    | 'mentioned'
    | 'webhookPaused';
  conversationId: string | null;
  params: Record<string, string>;
}

/** What else happened in the same step, so that each person gets only the one notice that matters to them. */
interface StepSummary {
  /** Agents put on a short break by a timeout. */
  breaks: Set<string>;
  takenBy: Map<string, string>;
  leftByCustomer: Set<string>;
  rang: Set<string>;
  customerName(conversationId: string): string;
  agentName(agentId: string): string;
  groupName(groupId: string): string;
}

/** Notices beside the changed views: what happened to an agent, and what needs a supervisor. */
export function noticesFor(
  state: HubState,
  { routing, messages, deadWebhooks }: Pick<Touched, 'routing' | 'messages' | 'deadWebhooks'>,
): Notice[] {
  const summary = lookUp(state, routing);
  const mentioned = [...messages.values()].flat().flatMap((message) => mentionsIn(state, message));
  const paused = [...deadWebhooks].flatMap((webhookId) => webhookPaused(state, webhookId));
  return [...routing.flatMap((event) => noticesOf(state, summary, event)), ...mentioned, ...paused];
}

/** It may have been removed since. */
function webhookPaused({ webhooks }: HubState, webhookId: string): Notice[] {
  const webhook = webhooks.get(webhookId);
  if (!webhook) return [];
  const params = { name: new URL(webhook.url).host };
  return [{ to: 'supervisors', code: 'webhookPaused', conversationId: null, params }];
}

/** For the agents mentioned in a note, except its author. */
export function mentionsIn({ customers, threads }: HubState, { from, conversationId }: MessageView): Notice[] {
  if (from.kind !== 'note') return [];
  const name = customers.get(threads.get(conversationId)?.customerId ?? '')?.name ?? '';
  const called = (from.mentions ?? []).filter((agentId) => agentId !== from.agentId);
  const params = { name, agent: from.name };
  return called.map((agentId) => ({ to: { agentId }, code: 'mentioned', conversationId, params }));
}

function lookUp({ config, customers, threads }: HubState, events: readonly RoutingEvent[]): StepSummary {
  const summary: StepSummary = {
    breaks: new Set(),
    takenBy: new Map(),
    leftByCustomer: new Set(),
    rang: new Set(),
    customerName: (conversationId) => customers.get(threads.get(conversationId)?.customerId ?? '')?.name ?? '',
    agentName: (agentId) => config.accounts.get(agentId)?.name ?? '',
    groupName: (groupId) => config.groups.get(groupId)?.name ?? '',
  };
  for (const event of events) {
    if (isBreak(event)) summary.breaks.add(event.agentId);
    if (event.type === 'conversation.assigned') summary.takenBy.set(event.conversationId, event.agentId);
    if (event.type === 'offer.ended') summary.rang.add(event.conversationId);
    if (event.type === 'conversation.closed' && event.by === 'customer')
      summary.leftByCustomer.add(event.conversationId);
  }
  return summary;
}

function noticesOf(state: HubState, summary: StepSummary, event: RoutingEvent): Notice[] {
  switch (event.type) {
    case 'offer.ended':
      return offerEnded(summary, event);
    case 'conversation.assigned':
      return takenAway(summary, event);
    case 'conversation.returned': {
      const { agentId, conversationId, reason } = event;
      if (reason !== 'timedOut' || summary.breaks.has(agentId)) return [];
      return [about(summary, { agentId }, 'redirectedAway', conversationId)];
    }
    case 'conversation.transferFailed': {
      const { agentId, conversationId, targetAgentId, outcome } = event;
      const params = { agent: summary.agentName(targetAgentId), outcome };
      return [about(summary, { agentId }, 'returnedToYou', conversationId, params)];
    }
    case 'conversation.closed': {
      const { agentId, conversationId } = event;
      // The agent it rang at is told by the end of the offer.
      if (!summary.leftByCustomer.has(conversationId) || agentId === undefined || summary.rang.has(conversationId))
        return [];
      return [about(summary, { agentId }, 'customerLeft', conversationId)];
    }
    case 'conversation.silenceNoticed': {
      const stage = state.routing.conversations.get(event.conversationId)?.stage;
      const agentId = stage?.kind === 'active' ? stage.agentId : null;
      return agentId ? [about(summary, { agentId }, 'customerSilent', event.conversationId)] : [];
    }
    case 'conversation.flagged':
      return [about(summary, 'supervisors', 'flagged', event.conversationId)];
    case 'conversation.overdue':
      return [overdue(summary, event)];
    case 'agent.changed':
      return statusChanged(summary, event);
    case 'group.staffed': {
      if (event.staffed || !event.alert) return [];
      const code = summary.breaks.size > 0 ? 'lastOnlineOnBreak' : 'nobodyOnline';
      return [{ to: 'supervisors', code, conversationId: null, params: { group: summary.groupName(event.groupId) } }];
    }
    default:
      return [];
  }
}

function offerEnded(summary: StepSummary, event: RoutingEventOf<'offer.ended'>): Notice[] {
  const { agentId, conversationId, outcome } = event;
  if (outcome === 'timedOut' && !summary.breaks.has(agentId))
    return [about(summary, { agentId }, 'redirectedAway', conversationId)];
  if (outcome !== 'withdrawn') return [];
  if (summary.leftByCustomer.has(conversationId)) return [about(summary, { agentId }, 'customerLeft', conversationId)];
  const by = summary.takenBy.get(conversationId);
  if (by === undefined || by === agentId) return [];
  return [about(summary, { agentId }, 'takenByColleague', conversationId, { agent: summary.agentName(by) })];
}

function overdue(
  summary: StepSummary,
  { conversationId, to, agentId }: RoutingEventOf<'conversation.overdue'>,
): Notice {
  if (agentId === undefined) return about(summary, 'supervisors', 'overdueWithNobody', conversationId);
  if (to === 'agent') return about(summary, { agentId }, 'overdue', conversationId);
  return about(summary, 'supervisors', 'overdueWith', conversationId, { agent: summary.agentName(agentId) });
}

function takenAway(summary: StepSummary, event: RoutingEventOf<'conversation.assigned'>): Notice[] {
  const { fromAgentId, agentId, conversationId, how } = event;
  if (fromAgentId === undefined || fromAgentId === agentId || how !== 'claimed') return [];
  const to = { agentId: fromAgentId };
  return [about(summary, to, 'takenByColleague', conversationId, { agent: summary.agentName(agentId) })];
}

function statusChanged(summary: StepSummary, event: RoutingEventOf<'agent.changed'>): Notice[] {
  const { agentId, cause, conversationId = null, conversationIds = [] } = event;
  if (isBreak(event)) {
    const name = conversationId === null ? '' : summary.customerName(conversationId);
    return [{ to: { agentId }, code: 'missed', conversationId, params: { name } }];
  }
  if (cause !== 'graceEnded') return [];
  const customers = conversationIds.map((each) => summary.customerName(each)).join(', ');
  const params = { name: summary.agentName(agentId), count: String(conversationIds.length), customers };
  return [{ to: 'supervisors', code: 'agentOffline', conversationId: null, params }];
}

function about(
  summary: StepSummary,
  to: Notice['to'],
  code: Notice['code'],
  conversationId: string,
  params: Record<string, string> = {},
): Notice {
  return { to, code, conversationId, params: { name: summary.customerName(conversationId), ...params } };
}

function isBreak(event: RoutingEvent): event is RoutingEventOf<'agent.changed'> {
  return event.type === 'agent.changed' && event.status === 'shortBreak' && event.cause === 'timeout';
}
