import { expect, test } from 'vitest';
import { configToJson } from '../../main/hub/state/config';
import { createHubState, type HubState, replayRecord } from '../../main/hub/state/hub-state';
import { parseRecord } from '../../main/hub/state/message-record';
import { exportState } from '../../shared/routing/index';
import { createHandClock } from '../support/hand-clock';
import { TestHub } from '../support/hub';

async function talking() {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei', { text: 'Hello' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  ana.command({ op: 'message.send', conversationId: ana.conversation.conversationId, text: 'Good morning' });
  return { office, ana, mei };
}

test('[ST3] a restart in the middle of a conversation loses nothing', async () => {
  const { office, ana, mei } = await talking();
  const before = { said: mei.said, conversationId: mei.conversation.conversationId };
  const next = await office.restart(5_000);
  const back = next.connect('agent');
  await back.hello({
    role: 'agent',
    auth: { kind: 'token', token: ana.welcome.token },
    deviceId: 'device-Ana',
    deviceLabel: 'test',
  });
  const meiAgain = await next.customer('Mei', null, { token: mei.welcome.token });
  expect(back.conversation).toMatchObject({
    conversationId: before.conversationId,
    stage: 'active',
    agentId: ana.welcome.agentId,
  });
  expect(back.said).toEqual(before.said);
  expect(meiAgain.said).toEqual(before.said);
  expect(meiAgain.conversation).toMatchObject({ stage: 'active', agentName: 'Ana' });
  expect(back.agentView(ana.welcome.agentId)).toMatchObject({ status: 'online', connected: true });
  next.advance(120_000);
  expect(meiAgain.conversation.stage).toBe('active');
  expect(next.violations()).toEqual([]);
});

test('replaying the records gives the same state, whatever was done', async () => {
  const { office, mei } = await talking();
  mei.command({ op: 'conversation.leave' });
  await office.settings({ reception: { automatic: true } });
  await office.customer('Li', { text: 'Hi' });
  office.advance(7_000);
  const replayed = createHubState(office.limits);
  for (const line of office.store.disk.lines) replayRecord(replayed, parseRecord(line), 0);
  const plain = ({ seq, at, routing, config, customers, threads }: HubState) => ({
    seq,
    at,
    routing: exportState(routing),
    config: configToJson(config),
    conversations: [...threads.values()],
    customers: [...customers.values()],
  });
  expect(plain(replayed)).toEqual(plain(office.hub.state));
});

test('dedupe survives a restart: the repeat gets the first answer', async () => {
  const { office, mei } = await talking();
  const { cid, n } = mei.post({ op: 'message.send', text: 'once' });
  const first = mei.answer(cid);
  const next = await office.restart();
  const back = await next.customer('Mei', null, { token: mei.welcome.token });
  expect(back.welcome.lastN).toBe(n);
  back.send({ type: 'command', cid, n, op: 'message.send', text: 'once' });
  expect(back.answer(cid)).toEqual({ ...first, dup: true });
  expect(back.said.filter((text) => text === 'once')).toHaveLength(1);
});

test('what was not on disk at the crash is executed by its repeat, once', async () => {
  const { office, mei } = await talking();
  office.flushing = 'hand';
  const { cid, n } = mei.post({ op: 'message.send', text: 'just before' });
  // The process dies here: what waits is gone.
  (office.store as unknown as { pending: unknown[] }).pending = [];
  const next = await office.restart();
  const back = await next.customer('Mei', null, { token: mei.welcome.token });
  expect(back.said).not.toContain('just before');
  back.send({ type: 'command', cid, n, op: 'message.send', text: 'just before' });
  expect(back.answer(cid).type).toBe('ack');
  expect(back.answer(cid).dup).toBeUndefined();
  expect(back.said.filter((text) => text === 'just before')).toHaveLength(1);
});

test('[ST2] an agent who does not come back within the grace loses the conversation to the queue, in its place', async () => {
  const { office, mei } = await talking();
  const next = await office.restart();
  const boss = await next.supervisor();
  const back = await next.customer('Mei', null, { token: mei.welcome.token });
  next.advance(60_000);
  expect(back.conversation).toMatchObject({ stage: 'waiting', position: 1 });
  expect(back.said.at(-1)).toBe('(agentLeft)');
  expect(boss.notices).toContain('agentOffline');
});

test('[TM1] a wall clock set back between two runs does not hold deadlines up', async () => {
  const { office } = await talking();
  const { disk } = office.store;
  office.hub.stop();
  const clock = createHandClock(office.clock.now() - 3_600_000);
  const next = await TestHub.start({ disk, clock, limits: office.limits });
  const before = next.hub.now();
  expect(before).toBeGreaterThanOrEqual(office.hub.state.at);
  next.advance(61_000);
  expect(next.hub.now()).toBe(before + 61_000);
  expect([...next.hub.state.routing.conversations.values()].map((each) => each.stage.kind)).toEqual(['waiting']);
});
