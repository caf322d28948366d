import type { RoutingEvent, RoutingEventOf, RoutingEventType } from '../../../shared/routing/types';
import type { Text } from '../../../shared/text/workstation-text';
import { type Choice, explain } from '../session/explanation';
import { hasText } from '../ui/refusal-text';
import { declineReasons } from './decline-reasons';

/** The events in a conversation's trace. */
export type TracedType = {
  [T in RoutingEventType]: 'conversationId' extends keyof RoutingEventOf<T> ? T : never;
}[RoutingEventType];
export type TracedEvent = Extract<RoutingEvent, { type: TracedType }>;

export interface TraceWords {
  main: string;
  /** The reason, or a note that came with it. */
  more?: string;
}

export interface TraceContext {
  customerName: string;
  /** The conversation's present group; events name another one themselves. */
  groupId: string;
  agent(agentId: string | undefined): string;
  group(groupId: string): string;
  /** Formats a time of day, to the second. */
  time(at: number): string;
}

type Sentences = {
  [T in TracedType]: (t: Text, event: RoutingEventOf<T>, context: TraceContext) => TraceWords | string;
};

const secondsUntil = (deadline: number, at: number) => Math.round((deadline - at) / 1000);

/** One sentence for everything that can happen to a conversation. */
export const traceSentences: Sentences = {
  'conversation.queued'(t, { reason, groupId, agentId, fromAssistant, note, nobodyOnline }, context) {
    const params = { name: context.customerName, agent: context.agent(agentId), group: context.group(groupId) };
    const main =
      reason === 'switched'
        ? t(`trace.switched.${fromAssistant ?? 'withdrawn'}`, params)
        : t(`trace.queued.${reason}`, params);
    return { main, ...moreOf(t, nobodyOnline && t('trace.nobodyOnline'), note && t('trace.note', { note })) };
  },
  'conversation.assisted': (t, { agentId, assistantId }, { customerName, agent }) => {
    const assistant = agent(assistantId);
    if (agentId === undefined) return t('trace.assisted', { name: customerName, assistant });
    return t('trace.handedBack', { agent: agent(agentId), assistant });
  },
  'conversation.attached': (t, _, { customerName }) => t('trace.attached', { name: customerName }),
  'conversation.moved': (t, { groupId }, { group }) => t('trace.moved', { group: group(groupId) }),
  'conversation.assigned'(t, event, context) {
    const { how, agentId, fromAgentId } = event;
    const key = how === 'claimed' && fromAgentId !== undefined ? 'takenOver' : how;
    const main = t(`trace.assigned.${key}`, { agent: context.agent(agentId), from: context.agent(fromAgentId) });
    return how === 'automatic' ? { main, ...moreOf(t, whyOf(t, event, context)) } : main;
  },
  'conversation.acknowledged': (t, { agentId }, { agent }) => t('trace.acknowledged', { agent: agent(agentId) }),
  'conversation.returned': (t, { agentId, reason, miss }, { agent }) => ({
    main: t(`trace.returned.${reason}`, { agent: agent(agentId) }),
    ...moreOf(t, miss && t('trace.miss')),
  }),
  // How the offer ended is in the entry before.
  'conversation.transferFailed': (t, { agentId }, { agent }) => t('trace.transferFailed', { agent: agent(agentId) }),
  'conversation.missed': (t, { agentId, miss }, { agent }) => ({
    main: t('trace.unanswered', { agent: agent(agentId) }),
    ...moreOf(t, miss && t('trace.miss')),
  }),
  'conversation.message': (t, { from, agentId, assistantId }, { customerName, agent }) => {
    if (from === 'customer') return t('trace.fromCustomer', { name: customerName, count: 1 });
    if (from === 'assistant') return t('trace.fromAssistant', { assistant: agent(assistantId), count: 1 });
    return t('trace.fromAgent', { agent: agent(agentId), count: 1 });
  },
  'conversation.held': (t, { rule, until }, { time }) => ({
    main: t(`trace.held.${rule}`),
    more: t('trace.until', { time: time(until) }),
  }),
  'conversation.holdEnded': (t) => t('trace.holdEnded'),
  'conversation.preferenceDropped': (t, { agentId }, { agent }) =>
    t('trace.preferenceDropped', { agent: agent(agentId) }),
  'conversation.roundStarted': (t) => t('trace.roundStarted'),
  'conversation.coolingEnded': (t, { agentId }, { agent }) => t('trace.coolingEnded', { agent: agent(agentId) }),
  'conversation.throttled': (t, { until }, { time }) => ({
    main: t('trace.throttled'),
    more: t('trace.until', { time: time(until) }),
  }),
  'conversation.throttleEnded': (t) => t('trace.throttleEnded'),
  'conversation.flagged': (t, { reason }) => t(`trace.flagged.${reason}`),
  'conversation.silenceNoticed': (t, _, { customerName }) => t('trace.silenceNoticed', { name: customerName }),
  'conversation.overdue': (t, { to }) => t(`trace.overdue.${to}`),
  'conversation.closed'(t, { by, reason, closedByAgentId, afterwards }, { customerName, agent }) {
    const name = customerName;
    if (by === 'customer') return t('trace.closed.left', { name });
    if (by === 'agent')
      return closedByAgentId === undefined
        ? t('trace.closed.office')
        : t('trace.closed.agent', { agent: agent(closedByAgentId) });
    if (reason !== 'maxWait') return t(`trace.closed.${reason}`, { name });
    const asked = afterwards === 'leaveMessage' && t('trace.closed.leaveMessage', { name });
    return { main: t('trace.closed.maxWait', { name }), ...moreOf(t, asked) };
  },
  'offer.made'(t, event, context) {
    const { kind, agentId, fromAgentId, deadline, at, note } = event;
    const agent = context.agent(agentId);
    if (kind === 'transfer' && deadline !== null) {
      const params = { from: context.agent(fromAgentId), agent, seconds: secondsUntil(deadline, at) };
      return { main: t('trace.handedTo', params), ...moreOf(t, note && t('trace.note', { note })) };
    }
    const main =
      deadline === null
        ? t('trace.offeredNoLimit', { agent })
        : t('trace.offered', { agent, seconds: secondsUntil(deadline, at) });
    return { main, ...moreOf(t, whyOf(t, { ...event, groupId: context.groupId }, context)) };
  },
  'offer.ended'(t, { agentId, outcome, miss, reason }, context) {
    const agent = context.agent(agentId);
    const more = moreOf(t, miss && t('trace.miss'));
    if (outcome === 'declined' && reason !== undefined)
      return { main: t('trace.declinedWhy', { agent, reason: declineWords(t, reason) }), ...more };
    const withReason = `trace.${outcome}.${reason ?? ''}`;
    return { main: hasText(withReason) ? t(withReason, { agent }) : t(`trace.${outcome}`, { agent }), ...more };
  },
  'offer.missed': (t, { agentId, miss }, { agent }) => ({
    main: t('trace.ringsOn', { agent: agent(agentId) }),
    ...moreOf(t, miss && t('trace.miss')),
  }),
  'wrapUp.started': (t, { agentId }, { agent }) => t('trace.wrapUpStarted', { agent: agent(agentId) }),
  'wrapUp.ended': (t, { agentId }, { agent }) => t('trace.wrapUpEnded', { agent: agent(agentId) }),
  'agent.changed': (t, { agentId, status, cause }, { agent }) =>
    cause === 'timeout'
      ? t('trace.break', { agent: agent(agentId) })
      : t('trace.status', { agent: agent(agentId), status: t(`status.${status}`) }),
};

function moreOf(t: Text, ...parts: (string | false | undefined)[]): { more?: string } {
  const said = parts.filter(Boolean);
  return said.length === 0 ? {} : { more: said.join(t('common.sentenceGap')) };
}

type ChoiceEvent = Pick<RoutingEventOf<'conversation.assigned'>, 'agentId' | 'groupId' | 'why'>;

/** EX1, as on the incoming card, but always in the third person. */
function whyOf(t: Text, { agentId, groupId, why }: ChoiceEvent, context: TraceContext): string {
  const asView = { ...why, skipped: { ...why.skipped } };
  const choice: Choice = { customerName: context.customerName, groupId, agentId, fromAgentId: null, why: asView };
  const words = explain(t, choice, { myId: '', agent: context.agent, group: context.group });
  return words === null ? '' : [words.main, words.rest].filter(Boolean).join(t('common.sentenceGap'));
}

/** The reasons offered by this app are recorded in English and translated here; others are shown as they are. */
function declineWords(t: Text, reason: string): string {
  const known = declineReasons.find((each) => each.reason === reason);
  return known ? t(known.text) : reason;
}
