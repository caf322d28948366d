import { expect, test } from 'vitest';
import type { HubLimits } from '../../main/hub/limits';
import { ownCannedRepliesMax, sharedCannedRepliesMax } from '../../shared/protocol/limits';
import { type TestClient, TestHub } from '../support/hub';
import { unlimited } from '../support/unlimited';

/** This client's canned replies, by shortcut. */
function held(client: TestClient): Record<string, string> {
  const replies = new Map<string, { shortcut: string; scope: string }>();
  for (const event of client.events()) {
    if (event.name === 'cannedReply.changed') replies.set(event.cannedReply.cannedReplyId, event.cannedReply);
    if (event.name === 'cannedReply.removed') replies.delete(event.cannedReplyId);
  }
  return Object.fromEntries([...replies.values()].map(({ shortcut, scope }) => [shortcut, scope]));
}

const put = (client: TestClient, scope: 'own' | 'shared', shortcut: string, more: object = {}) =>
  client.command({ op: 'cannedReply.put', scope, shortcut, text: `Hello {customer}, ${shortcut}`, ...more });

async function team(limits: Partial<HubLimits> = {}) {
  const office = await TestHub.start({ limits });
  const boss = await office.agent('Olga', { role: 'supervisor', groups: [] });
  return { office, boss, ana: await office.agent('Ana'), ben: await office.agent('Ben') };
}

test('a shared one is everybody’s, an own one is told to nobody else', async () => {
  const { office, boss, ana, ben } = await team();
  const { cannedReplyId } = put(boss, 'shared', '你好').result;
  put(ana, 'own', 'bye');
  expect([held(boss), held(ana), held(ben)]).toEqual([
    { 你好: 'shared' },
    { 你好: 'shared', bye: 'own' },
    { 你好: 'shared' },
  ]);
  expect(JSON.stringify([...boss.frames, ...ben.frames])).not.toContain('bye');
  const mei = await office.customer('Mei');
  expect(JSON.stringify(mei.frames)).not.toContain('你好');
  boss.command({ op: 'cannedReply.remove', cannedReplyId });
  expect([held(boss), held(ana), held(ben)]).toEqual([{}, { bye: 'own' }, {}]);
});

test('agents change neither shared ones nor a colleague’s, and supervisors no agent’s own', async () => {
  const { boss, ana, ben } = await team();
  const shared = put(boss, 'shared', 'hi').result.cannedReplyId;
  const own = put(ana, 'own', 'bye').result.cannedReplyId;
  const refusals = [
    put(ana, 'shared', 'new'),
    put(ana, 'own', 'taken over', { cannedReplyId: shared, shortcut: 'mine' }),
    ana.command({ op: 'cannedReply.remove', cannedReplyId: shared }),
    put(ben, 'own', 'mine', { cannedReplyId: own }),
    ben.command({ op: 'cannedReply.remove', cannedReplyId: own }),
    put(boss, 'own', 'mine', { cannedReplyId: own }),
    put(boss, 'shared', 'mine', { cannedReplyId: own }),
    boss.command({ op: 'cannedReply.remove', cannedReplyId: own }),
  ];
  expect(refusals.map(({ code }) => code)).toEqual(refusals.map(() => 'notAllowed'));
  expect(held(ana)).toEqual({ hi: 'shared', bye: 'own' });
});

test('a supervisor makes an own one shared, and a shared one their own again', async () => {
  const { boss, ana } = await team();
  const { cannedReplyId } = put(boss, 'own', 'hi').result;
  expect(held(ana)).toEqual({});
  put(boss, 'shared', 'hi', { cannedReplyId });
  expect([held(boss), held(ana)]).toEqual([{ hi: 'shared' }, { hi: 'shared' }]);
  put(boss, 'own', 'hi', { cannedReplyId });
  expect([held(boss), held(ana)]).toEqual([{ hi: 'own' }, {}]);
});

test('a shortcut is there once per scope, and is one word; what is gone cannot be changed', async () => {
  const { boss, ana, ben } = await team();
  put(boss, 'shared', 'Hello');
  expect(put(ana, 'own', 'hello').type).toBe('ack');
  expect(put(ben, 'own', 'hello').type).toBe('ack');
  expect(put(ana, 'own', 'HELLO')).toMatchObject({ code: 'shortcutTaken', field: 'shortcut' });
  expect(put(boss, 'shared', 'hello')).toMatchObject({ code: 'shortcutTaken' });
  for (const shortcut of ['', 'two words', 'a/b', 'x'.repeat(41)])
    expect(put(ana, 'own', shortcut)).toMatchObject({ code: 'invalid', field: 'shortcut' });
  const { cannedReplyId } = put(ana, 'own', 'thanks').result;
  expect(put(ana, 'own', 'thanks', { cannedReplyId, text: 'Thank you' }).type).toBe('ack');
  expect(ana.command({ op: 'cannedReply.remove', cannedReplyId }).type).toBe('ack');
  expect(ana.command({ op: 'cannedReply.remove', cannedReplyId })).toMatchObject({ code: 'unknownCannedReply' });
  expect(put(ana, 'own', 'thanks', { cannedReplyId })).toMatchObject({ code: 'unknownCannedReply' });
});

test('there is an end to how many there may be, for each scope', async () => {
  const { boss, ana, ben } = await team(unlimited);
  for (let count = 0; count < ownCannedRepliesMax; count += 1) put(ana, 'own', `own${count}`);
  expect(put(ana, 'own', 'more')).toMatchObject({ code: 'tooManyCannedReplies' });
  expect(put(ben, 'own', 'more').type).toBe('ack');
  for (let count = 0; count < sharedCannedRepliesMax; count += 1) put(boss, 'shared', `shared${count}`);
  expect(put(boss, 'shared', 'more')).toMatchObject({ code: 'tooManyCannedReplies' });
});

test('they outlive a restart; a removed agent’s own go with them', async () => {
  const { office, boss, ana } = await team();
  put(boss, 'shared', 'hi');
  put(ana, 'own', 'bye');
  const next = await office.restart();
  const ben = await next.agentWith({ kind: 'token', token: ana.welcome.token }, 'device-Ana');
  expect(held(ben)).toEqual({ hi: 'shared', bye: 'own' });
  const sam = await next.supervisor();
  sam.command({ op: 'agent.remove', agentId: ana.welcome.agentId });
  expect([...next.hub.state.config.cannedReplies.values()].map(({ shortcut }) => shortcut)).toEqual(['hi']);
});

test('who comes back is told what changed meanwhile, and nothing of a colleague’s', async () => {
  const { office, boss, ana } = await team();
  const gone = put(boss, 'shared', 'old').result.cannedReplyId;
  const kept = put(boss, 'shared', 'kept').result.cannedReplyId;
  const before = ana.frames.at(-1).seq;
  ana.leave();
  boss.command({ op: 'cannedReply.remove', cannedReplyId: gone });
  put(boss, 'shared', 'new');
  put(boss, 'own', 'private');
  const back = office.connect('agent');
  await back.hello({
    role: 'agent',
    auth: { kind: 'token', token: ana.welcome.token },
    deviceId: 'device-Ana',
    deviceLabel: 'test',
    since: { epoch: ana.welcome.epoch, seq: before },
  });
  expect(back.welcome.mode).toBe('resume');
  expect(held(back)).toMatchObject({ new: 'shared' });
  expect(back.events('cannedReply.removed').map(({ cannedReplyId }) => cannedReplyId)).toContain(gone);
  expect(JSON.stringify(back.events())).not.toContain('private');
  boss.command({ op: 'cannedReply.remove', cannedReplyId: kept });
  expect(back.events('cannedReply.removed').at(-1)).toMatchObject({ cannedReplyId: kept });
});

test('what a supervisor does to shared ones is in the audit log, what anybody does to their own is not', async () => {
  const { boss, ana } = await team();
  put(ana, 'own', 'bye');
  put(boss, 'own', 'bye');
  const { cannedReplyId } = put(boss, 'shared', 'hi').result;
  put(boss, 'shared', 'hi', { cannedReplyId, text: 'Hello!' });
  boss.command({ op: 'cannedReply.remove', cannedReplyId });
  const { entries } = (await boss.asked({ op: 'audit.list', before: null, length: 3 })).result;
  expect(entries).toMatchObject([
    { action: 'cannedReply.remove', subject: 'hi' },
    { action: 'cannedReply.put', subject: 'hi', changes: [{ field: 'text', after: 'Hello!' }] },
    { action: 'cannedReply.put', subject: 'hi', changes: [{ field: 'shortcut' }, { field: 'text' }] },
  ]);
  const all = (await boss.asked({ op: 'audit.list', before: null, length: 200 })).result.entries;
  expect(JSON.stringify(all)).not.toContain('bye');
});
