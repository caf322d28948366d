import { describe, expect, it } from 'vitest';
import { traceLines } from '../../renderer/workstation/trace/trace';
import type { TracedType } from '../../renderer/workstation/trace/trace-sentences';
import { createWords } from '../../renderer/workstation/ui/text';
import type { Language } from '../../shared/protocol/fields';
import type { TraceEntry } from '../../shared/protocol/views';
import type { RoutingEventOf, Skipped } from '../../shared/routing/types';
import type { Text } from '../../shared/text/workstation-text';
import { at } from './office';

const people: Record<string, string> = { ana: 'Ana Silva', li: 'Li Wang', bot: 'Fern' };
const skipped: Skipped = {
  offline: 1,
  disconnected: 0,
  busy: 0,
  shortBreak: 2,
  full: 0,
  cooling: 0,
  tried: 0,
  lowerPriority: 0,
};
const why = { rule: 'CH1', runnerUp: 'li', skipped } as const;
const terms = { missAt: null, misses: 0, maxRedirects: 5, counts: true };
const ana = { conversationId: 'c1', agentId: 'ana' };
const queued = {
  conversationId: 'c1',
  customerId: 'k1',
  channel: 'web',
  groupId: 'g1',
  priority: 5,
  enqueuedAt: at,
  seq: 1,
};
const offer = { ...ana, offerId: 'o1', deadline: at + 30_000, why, terms };

type Body<T extends TracedType> = Omit<RoutingEventOf<T>, 'type' | 'at'>;
/** Every way in which each event about a conversation can be; the compiler sees to it that none is left out. */
const all: { [T in TracedType]: Body<T>[] } = {
  'conversation.queued': [
    { ...queued, reason: 'opened', nobodyOnline: true },
    { ...queued, reason: 'transferred', agentId: 'ana', note: 'Speaks French' },
    { ...queued, reason: 'moved' },
    ...(['askedForPerson', 'handedOver', 'claimed', 'silent', 'gone', 'withdrawn'] as const).map((fromAssistant) => ({
      ...queued,
      reason: 'switched' as const,
      fromAssistant,
      assistantId: 'bot',
    })),
  ],
  'conversation.assisted': [
    { ...queued, assistantId: 'bot' },
    { ...queued, assistantId: 'bot', agentId: 'ana' },
  ],
  'conversation.attached': [{ conversationId: 'c1', customerId: 'k1', channel: 'web', requestedId: 'c2' }],
  'conversation.moved': [{ conversationId: 'c1', groupId: 'g1' }],
  'conversation.assigned': [
    { ...ana, how: 'accepted', groupId: 'g1', why },
    { ...ana, how: 'automatic', groupId: 'g1', why },
    { ...ana, how: 'claimed', groupId: 'g1', why: { ...why, rule: 'TR1' } },
    { ...ana, how: 'claimed', groupId: 'g1', why: { ...why, rule: 'TR1' }, fromAgentId: 'li' },
    { ...ana, how: 'transferred', groupId: 'g1', why: { ...why, rule: 'TR2' }, fromAgentId: 'li' },
  ],
  'conversation.acknowledged': [ana],
  'conversation.returned': (
    ['timedOut', 'notAcknowledged', 'leftOnline', 'graceEnded', 'agentRemoved', 'groupLeft', 'senderGone'] as const
  ).map((reason) => ({ ...ana, reason, priority: 5, miss: reason === 'timedOut' })),
  'conversation.transferFailed': [{ ...ana, targetAgentId: 'li', outcome: 'declined' }],
  'conversation.missed': [{ ...ana, miss: true }],
  'conversation.message': [
    { conversationId: 'c1', from: 'customer' },
    { ...ana, from: 'agent' },
    { conversationId: 'c1', from: 'assistant', assistantId: 'bot' },
  ],
  'conversation.held': [
    { conversationId: 'c1', rule: 'CH3', until: at },
    { conversationId: 'c1', rule: 'LR3', until: at },
  ],
  'conversation.holdEnded': [{ conversationId: 'c1', rule: 'CH3' }],
  'conversation.preferenceDropped': [ana],
  'conversation.roundStarted': [{ conversationId: 'c1' }],
  'conversation.coolingEnded': [ana],
  'conversation.throttled': [{ conversationId: 'c1', until: at }],
  'conversation.throttleEnded': [{ conversationId: 'c1' }],
  'conversation.flagged': [
    { conversationId: 'c1', reason: 'redirects' },
    { conversationId: 'c1', reason: 'unanswered' },
  ],
  'conversation.silenceNoticed': [{ conversationId: 'c1' }],
  'conversation.overdue': [
    { conversationId: 'c1', to: 'agent', agentId: 'mei' },
    { conversationId: 'c1', to: 'supervisors' },
  ],
  'conversation.closed': [
    { conversationId: 'c1', by: 'agent', reason: 'ended', closedByAgentId: 'ana' },
    { conversationId: 'c1', by: 'agent', reason: 'ended' },
    { conversationId: 'c1', by: 'customer', reason: 'left' },
    { conversationId: 'c1', by: 'system', reason: 'maxWait', afterwards: 'leaveMessage' },
    { conversationId: 'c1', by: 'system', reason: 'customerSilent' },
    { conversationId: 'c1', by: 'system', reason: 'ended' },
  ],
  'offer.made': [
    { ...offer, kind: 'routed' },
    { ...offer, kind: 'routed', deadline: null },
    { ...offer, kind: 'transfer', fromAgentId: 'li', note: 'Speaks French' },
  ],
  'offer.ended': [
    ...(['accepted', 'declined', 'timedOut', 'withdrawn'] as const).map((outcome) => ({
      ...ana,
      offerId: 'o1',
      outcome,
      miss: outcome === 'timedOut',
    })),
    { ...ana, offerId: 'o1', outcome: 'declined', miss: false, reason: 'not my subject' },
    { ...ana, offerId: 'o1', outcome: 'declined', miss: false, reason: 'on the phone' },
    ...['claimed', 'groupRemoved', 'groupLeft', 'hubStarted'].map((reason) => ({
      ...ana,
      offerId: 'o1',
      outcome: 'withdrawn' as const,
      miss: false,
      reason,
    })),
  ],
  'offer.missed': [{ ...ana, offerId: 'o1', miss: true }],
  'wrapUp.started': [{ ...ana, groupId: 'g1' }],
  'wrapUp.ended': [ana],
  'agent.changed': [
    { ...ana, status: 'shortBreak', cause: 'timeout' },
    { ...ana, status: 'busy', cause: 'self' },
  ],
};

function read(language: Language, ...entries: object[]) {
  return traceLines(createWords(language).t as unknown as Text, entries as TraceEntry[], {
    customerName: 'Mei Chen',
    groupId: 'g1',
    agent: (id = '') => people[id] ?? '?',
    group: () => 'Billing',
    time: () => '09:30:00',
  });
}

const entry = <T extends TracedType>(type: T, body: Body<T>) => ({ type, at, ...body });
const english = (...entries: object[]) =>
  read('en', ...entries).map(({ main, more }) => [main, more].filter(Boolean).join(' '));

describe('[EX1] what happened to a conversation', () => {
  const events = Object.entries(all).flatMap(([type, bodies]) => bodies.map((body) => ({ type, at, ...body })));

  it.each(['en', 'zh'] as const)('has a whole sentence for everything that can happen (%s)', (language) => {
    for (const event of events) {
      const [line, ...others] = read(language, event);
      expect(others).toEqual([]);
      // A sentence ends; a key without a text, or a mark that was not filled in, would show here.
      expect([event, line?.main]).toEqual([event, expect.stringMatching(/[.。]$/)]);
      expect(`${line?.main} ${line?.more ?? ''}`).not.toMatch(/trace\.|why\.|[{}?]|undefined/);
    }
  });

  it('never says two different things alike', () => {
    const said = events.map((event) => english(event).join());
    expect(said.filter((each, i) => said.indexOf(each) !== i)).toEqual([]);
  });

  it('reads as a story', () => {
    const handedOver = {
      ...offer,
      kind: 'transfer',
      agentId: 'li',
      fromAgentId: 'ana',
      note: 'Speaks French',
    } as const;
    expect(
      english(
        entry('conversation.queued', { ...queued, reason: 'opened' }),
        entry('offer.made', { ...offer, kind: 'routed' }),
        entry('offer.ended', { ...ana, offerId: 'o1', outcome: 'timedOut', miss: true }),
        entry('conversation.assigned', { ...ana, how: 'claimed', groupId: 'g1', why: { ...why, rule: 'TR1' } }),
        entry('conversation.message', { conversationId: 'c1', from: 'customer' }),
        entry('conversation.message', { conversationId: 'c1', from: 'customer' }),
        entry('conversation.message', { ...ana, from: 'agent' }),
        entry('offer.made', handedOver),
        entry('offer.ended', { conversationId: 'c1', agentId: 'li', offerId: 'o1', outcome: 'declined', miss: false }),
        entry('conversation.transferFailed', { ...ana, targetAgentId: 'li', outcome: 'declined' }),
        entry('conversation.closed', { conversationId: 'c1', by: 'agent', reason: 'ended', closedByAgentId: 'ana' }),
      ),
    ).toEqual([
      'Mei Chen arrived and waits in Billing.',
      'Rings at Ana Silva for 30 s. Ana Silva, who had the most room. Next would have been Li Wang. Of the others, 2 were on a short break and 1 was offline.',
      'Ana Silva did not answer in time. This counts as a miss.',
      'Ana Silva claimed it.',
      'Mei Chen wrote 2 messages. Ana Silva wrote 1 message.',
      'Ana Silva hands it over to Li Wang. It rings there for 30 s. Note: Speaks French',
      'Li Wang declined.',
      'It is back with Ana Silva.',
      'Ana Silva closed it.',
    ]);
  });

  it('passes over what a newer hub adds, and says where a long record was shortened', () => {
    expect(english({ type: 'conversation.painted', at }, { type: 'trace.dropped', at, count: 3 })).toEqual([
      '3 entries are left out here.',
    ]);
  });
});
