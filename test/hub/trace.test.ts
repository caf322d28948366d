import { expect, test } from 'vitest';
import { createHubState, replayRecord } from '../../main/hub/state/hub-state';
import { parseRecord } from '../../main/hub/state/message-record';
import { Traces } from '../../main/hub/state/traces';
import type { RoutingEvent } from '../../shared/routing/index';
import { type TestClient, TestHub } from '../support/hub';

const traceOf = (client: TestClient, conversationId: string) =>
  client.command({ op: 'conversation.trace', conversationId });
const types = (answer: { result: { trace: { type: string }[] } }) => answer.result.trace.map(({ type }) => type);

test('[EX1] a supervisor reads all that was recorded of a conversation, with names, also after its end', async () => {
  const office = await TestHub.start();
  await office.settings({ reception: { redirect: { enabled: true } } });
  const boss = await office.agent('Olga', { role: 'supervisor', groups: [] });
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei', { text: 'private' });
  const { conversationId } = ana.conversation;
  const ben = await office.online('Ben');
  office.advance(30_000);
  ben.command({ op: 'offer.accept', offerId: ben.conversation.offerId });
  const before = office.hub.state.seq;
  const open = traceOf(boss, conversationId);
  expect(types(open)).toEqual([
    ...['conversation.queued', 'offer.made', 'conversation.message', 'offer.ended', 'offer.made', 'offer.ended'],
    'conversation.assigned',
  ]);
  expect(open.result.trace[1]).toMatchObject({ agentId: ana.welcome.agentId, why: { rule: 'CH1', runnerUp: null } });
  expect(open.result.names).toEqual({ [ana.welcome.agentId]: 'Ana', [ben.welcome.agentId]: 'Ben' });
  expect(JSON.stringify(open)).not.toContain('private');
  // Asking changes nothing and leaves no record.
  expect(office.hub.state.seq).toBe(before);
  mei.command({ op: 'conversation.leave' });
  expect(types(traceOf(boss, conversationId)).at(-1)).toBe('conversation.closed');
});

test('[EX1] nobody but a supervisor may, and what is not known is said', async () => {
  const office = await TestHub.start();
  const boss = await office.agent('Olga', { role: 'supervisor', groups: [] });
  const ana = await office.online('Ana');
  await office.customer('Mei');
  expect(traceOf(ana, ana.conversation.conversationId)).toMatchObject({ type: 'refused', code: 'notAllowed' });
  expect(traceOf(boss, 'conversation-nowhere')).toMatchObject({
    type: 'refused',
    code: 'unknownConversation',
    field: 'conversationId',
  });
});

test('[EX1] a replay rebuilds the traces', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  await office.customer('Mei');
  const { conversationId, offerId } = ana.conversation;
  ana.command({ op: 'offer.accept', offerId });
  const replayed = createHubState(office.limits);
  for (const line of office.store.disk.lines) replayRecord(replayed, parseRecord(line), Number.POSITIVE_INFINITY);
  const trace = office.hub.state.traces.of(conversationId);
  expect(trace?.length).toBeGreaterThan(3);
  expect(replayed.traces.of(conversationId)).toEqual(trace);
});

const queued = (conversationId: string, at: number) =>
  ({ type: 'conversation.queued', at, conversationId }) as unknown as RoutingEvent;
const said = (conversationId: string, at: number): RoutingEvent => ({
  type: 'conversation.message',
  at,
  conversationId,
  from: 'customer',
});
const closed = (conversationId: string, at: number): RoutingEvent => ({
  type: 'conversation.closed',
  at,
  conversationId,
  by: 'customer',
  reason: 'left',
});

test('[EX1] of a long trace the beginning and the end are kept, and it says how much is missing', () => {
  const traces = new Traces();
  traces.apply(queued('c', 0));
  for (let at = 1; at < 2_500; at += 1) traces.apply(said('c', at));
  const trace = traces.of('c') ?? [];
  expect(trace).toHaveLength(2_001);
  expect([trace[0]?.at, trace[99]?.at, trace[101]?.at, trace.at(-1)?.at]).toEqual([0, 99, 600, 2_499]);
  expect(trace[100]).toEqual({ type: 'trace.dropped', at: 599, count: 500 });
  traces.apply(said('c', 2_500));
  const shorter = traces.of('c') ?? [];
  expect(shorter).toHaveLength(1_502);
  expect(shorter[100]).toEqual({ type: 'trace.dropped', at: 1_099, count: 1_000 });
  expect(shorter[101]?.at).toBe(1_100);
});

test('[EX1] of the closed the last 1,000 are kept; an open one always is', () => {
  const traces = new Traces();
  traces.apply(queued('open', 0));
  for (let number = 0; number < 1_001; number += 1) {
    traces.apply(queued(`c${number}`, number));
    traces.apply(closed(`c${number}`, number));
  }
  expect([traces.of('open'), traces.of('c0'), traces.of('c1')].map((trace) => trace?.length)).toEqual([
    1,
    undefined,
    2,
  ]);
  // A wrap-up may end long after.
  traces.apply({ type: 'wrapUp.ended', at: 5_000, agentId: 'a', conversationId: 'c0' });
  traces.apply({ type: 'wrapUp.ended', at: 5_000, agentId: 'a', conversationId: 'c1' });
  expect([traces.of('c0'), traces.of('c1')].map((trace) => trace?.length)).toEqual([undefined, 3]);
});
