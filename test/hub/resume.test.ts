import { expect, test } from 'vitest';
import { messagesMissedBy } from '../../main/hub/fan-out/missed-records';
import { afterMessage } from '../../shared/protocol/after-message';
import { type TestClient, TestHub } from '../support/hub';

// biome-ignore lint/suspicious/noExplicitAny: tests look freely into frames that the schemas have checked
type Any = any;

/** A workstation's state after these frames, given its state before (PROTOCOL.md). */
class Picture {
  readonly entities = new Map<string, Any>();
  readonly messages = new Map<string, Map<string, Any>>();
  cursor = { epoch: 0, seq: 0 };

  take(frames: readonly Any[]): this {
    for (const frame of frames) {
      if (frame.type === 'welcome') {
        this.cursor.epoch = frame.epoch;
        if (frame.mode === 'snapshot') this.forget();
      }
      if (frame.type === 'event') this.event(frame);
      if (frame.type === 'event' || frame.type === 'caughtUp') this.cursor.seq = frame.seq;
    }
    return this;
  }

  /** Compared with another's: but for messages only read by the way, and the hub's own numbers. */
  get held() {
    const conversations = new Set([...this.entities.keys()].filter((key) => key.startsWith('conversation ')));
    const messages = [...this.messages].filter(([id]) => conversations.has(`conversation ${id}`));
    return {
      entities: Object.fromEntries([...this.entities].sort()),
      messages: Object.fromEntries(messages.map(([id, byId]) => [id, [...byId.values()]]).sort()),
    };
  }

  private forget() {
    this.entities.clear();
    this.messages.clear();
  }

  private message(message: Any) {
    const list = this.list(message.conversationId);
    const conversation = this.entities.get(`conversation ${message.conversationId}`);
    if (conversation && !list.has(message.messageId))
      this.entities.set(`conversation ${message.conversationId}`, afterMessage(conversation, message));
    list.set(message.messageId, message);
  }

  private event({ name, ...event }: Any) {
    const [kind, verb] = name.split('.');
    if (name === 'message.added') this.message(event.message);
    else if (name === 'conversation.history') {
      this.messages.delete(event.conversationId);
      for (const message of event.messages) this.list(event.conversationId).set(message.messageId, message);
    } else if (verb === 'removed') {
      const id = event[`${kind}Id`];
      this.entities.delete(`${kind} ${id}`);
      if (kind === 'conversation') this.messages.delete(id);
    } else if (verb === 'changed' || name === 'leftMessage.added') {
      this.entities.set(`${kind} ${event[kind][`${kind}Id`] ?? ''}`, event[kind]);
    }
  }

  private list(conversationId: string) {
    const list = this.messages.get(conversationId) ?? new Map();
    this.messages.set(conversationId, list);
    return list;
  }
}

async function back(office: TestHub, client: TestClient, since: Picture['cursor'] | null): Promise<TestClient> {
  const again = office.connect('agent');
  const auth = { kind: 'token', token: client.welcome.token };
  await again.hello({ role: 'agent', auth, deviceId: client.device, deviceLabel: 'test', since });
  return again;
}

async function office(limits = {}) {
  const hub = await TestHub.start({ limits });
  const ana = await hub.online('Ana');
  const mei = await hub.customer('Mei', { text: 'Hello' });
  const talk = ana.conversation.conversationId;
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  ana.command({ op: 'message.send', conversationId: talk, text: 'Good morning' });
  return { hub, ana, mei, talk };
}

/** What Ana holds after coming back equals what somebody who never saw anything is told. */
async function agrees(hub: TestHub, ana: TestClient, held: Picture, mode: 'resume' | 'snapshot') {
  const again = await back(hub, ana, held.cursor);
  expect(again.welcome.mode).toBe(mode);
  held.take(again.frames);
  const fresh = new Picture().take((await back(hub, ana, null)).frames);
  expect(held.held).toEqual(fresh.held);
  return again;
}

test('a workstation that comes back is told only what it missed, and holds what a fresh one would', async () => {
  const { hub, ana, mei } = await office();
  const wei = await hub.customer('Wei', { text: 'Hi' });
  const held = new Picture().take(ana.frames);
  ana.leave();
  mei.command({ op: 'message.send', text: 'Are you there?' });
  await hub.customer('Li', { text: 'Me too' });
  wei.command({ op: 'conversation.leave' });
  await hub.settings({ reception: { automatic: true } });
  const again = await agrees(hub, ana, held, 'resume');
  expect(again.said).toContain('Are you there?');
  expect(again.events('group.changed')).toEqual([]);
});

test('nothing is told again when nothing happened but the return itself', async () => {
  const { hub, ana } = await office();
  await hub.settings({ wrapUpSeconds: 10 });
  hub.advance(hub.limits.presenceHoldMs);
  const held = new Picture().take(ana.frames);
  ana.leave();
  const again = await agrees(hub, ana, held, 'resume');
  expect(new Set(again.events().map(({ name }) => name))).toEqual(new Set(['agent.changed']));
});

test('a session goes on after a restart of the hub', async () => {
  const { hub, ana, talk } = await office();
  await hub.agent('Bo');
  await hub.settings({ wrapUpSeconds: 10 });
  const held = new Picture().take(ana.frames);
  await hub.customer('Li', { text: 'just before' });
  const next = await hub.restart();
  const again = await agrees(next, ana, held, 'resume');
  expect(again.conversations.find(({ conversationId }) => conversationId === talk)?.customerConnected).toBe(false);
  expect(again.agentView(next.agentId('Bo')).connected).toBe(false);
  expect(again.conversations.map(({ preview }) => preview)).toContain('just before');
});

test('a line that goes in the middle of a record costs nothing', async () => {
  const { hub, ana, mei } = await office();
  const held = new Picture().take(ana.frames);
  ana.clear();
  mei.command({ op: 'conversation.leave' });
  const seqOf = (frame: Any) => frame.seq;
  const some = ana.events().filter((frame, index) => index === 0 && seqOf(frame) > held.cursor.seq);
  expect(ana.events().length).toBeGreaterThan(some.length);
  held.take(some);
  ana.leave();
  expect((await agrees(hub, ana, held, 'resume')).conversations).toEqual([]);
});

test('a line that goes after any frame of a catch-up costs nothing', async () => {
  const { hub, ana, mei, talk } = await office();
  const held = new Picture().take(ana.frames);
  ana.leave();
  for (const name of ['Li', 'Wei']) await hub.customer(name, { text: `From ${name}` });
  mei.command({ op: 'message.send', text: 'Are you there?' });
  const missed = await back(hub, ana, held.cursor);
  expect(missed.events().length).toBeGreaterThan(3);
  for (let frames = 1; frames < missed.frames.length; frames += 1) {
    const client = new Picture().take(ana.frames);
    // Twice: what came of the first half is still held when the second begins.
    for (const count of [frames, frames - 1]) {
      const cut = await back(hub, ana, client.cursor);
      expect(cut.welcome.mode).toBe('resume');
      client.take(cut.frames.slice(0, count));
      cut.leave();
    }
    await agrees(hub, ana, client, 'resume');
    expect(client.messages.get(talk)?.size).toBe(hub.hub.state.threads.get(talk)?.messages.length);
  }
});

test('whoever lost the line in a snapshot is given another one', async () => {
  const { hub, ana, mei } = await office();
  const hello = { token: mei.welcome.token, language: 'en', role: 'customer', deviceId: 'tab-2' };
  const snapshot = await back(hub, ana, null);
  for (let frames = 1; frames < snapshot.frames.length; frames += 1) {
    const client = new Picture().take(snapshot.frames.slice(0, frames));
    await agrees(hub, ana, client, 'snapshot');
  }
  const page = hub.connect('customer');
  await page.hello({ ...hello, since: null });
  const { cursor } = new Picture().take(page.frames.filter(({ type }) => type !== 'caughtUp'));
  const again = hub.connect('customer');
  await again.hello({ ...hello, since: cursor });
  expect(again.welcome.mode).toBe('snapshot');
});

test('a customer who came or went meanwhile is seen', async () => {
  const { hub, ana, mei } = await office();
  await hub.settings({ wrapUpSeconds: 10 });
  const held = new Picture().take(ana.frames);
  ana.leave();
  mei.leave();
  hub.advance(hub.limits.presenceHoldMs);
  const again = await agrees(hub, ana, held, 'resume');
  expect(again.conversation.customerConnected).toBe(false);
});

test('a colleague who was told to have gone meanwhile is seen', async () => {
  const { hub, ana } = await office();
  const ben = await hub.online('Ben');
  await hub.settings({ presence: { conversationGraceSeconds: 600 } });
  ben.leave();
  const held = new Picture().take(ana.frames);
  ana.leave();
  hub.advance(hub.limits.presenceHoldMs);
  const again = await agrees(hub, ana, held, 'resume');
  expect(again.agentView(hub.agentId('Ben')).connected).toBe(false);
});

test('after too long, from the future, from another epoch or with other rights everything is told', async () => {
  const { hub, ana, mei } = await office({ recentRecordsMax: 3 });
  const held = new Picture().take(ana.frames);
  ana.leave();
  for (let i = 0; i < 12; i += 1) mei.command({ op: 'message.send', text: `${i}` });
  await agrees(hub, ana, held, 'snapshot');
  const { seq } = hub.hub.state;
  expect((await back(hub, ana, { epoch: 1, seq: seq - 4 })).welcome.mode).toBe('snapshot');
  for (const since of [
    { epoch: 1, seq: seq + 5 },
    { epoch: 2, seq },
  ])
    expect((await back(hub, ana, since)).welcome.mode).toBe('snapshot');
  const put = { op: 'agent.put', agentId: ana.welcome.agentId, name: 'Ana', role: 'supervisor', capacity: 5 };
  const boss = await hub.supervisor('device-boss');
  const now = hub.hub.state.seq;
  boss.command({ ...put, groups: [] });
  expect((await back(hub, ana, { epoch: 1, seq: now })).welcome.mode).toBe('snapshot');
});

test('what happened to an agent while away is told, and known when it comes again', async () => {
  const { hub, ana } = await office();
  await hub.settings({ presence: { offerGraceSeconds: 60 } });
  await hub.customer('Li', { text: 'Me too' });
  const held = new Picture().take(ana.frames);
  const since = { ...held.cursor };
  ana.leave();
  const li = [...hub.hub.state.threads.values()].at(-1)!;
  hub.route({ type: 'conversation.leave', conversationId: li.conversationId });
  const again = await agrees(hub, ana, held, 'resume');
  expect(again.notices).toEqual(['customerLeft']);
  const [first] = again.events('notice');
  const third = await back(hub, ana, since);
  expect(third.events('notice').map(({ noticeId }) => noticeId)).toEqual([first.noticeId]);
});

test('a customer whose line goes after any frame of a catch-up misses nothing', async () => {
  const { hub, ana, mei, talk } = await office();
  const held = new Picture().take(mei.frames);
  mei.leave();
  for (const text of ['One moment', 'I look', 'Here it is'])
    ana.command({ op: 'message.send', conversationId: talk, text });
  const come = (since: Picture['cursor']) => hub.customer('Mei', null, { token: mei.welcome.token, since });
  const missed = (await come(held.cursor)).frames;
  for (let frames = 1; frames < missed.length; frames += 1) {
    const client = new Picture().take(mei.frames).take((await come(held.cursor)).frames.slice(0, frames));
    const again = await come(client.cursor);
    expect(again.welcome.mode).toBe('resume');
    const said = [...(client.take(again.frames).messages.get(talk)?.values() ?? [])].map(({ text }) => text);
    expect(said.slice(-3)).toEqual(['One moment', 'I look', 'Here it is']);
    expect(said).toHaveLength(hub.hub.state.threads.get(talk)?.messages.length ?? 0);
  }
});

test('a customer resumes too, and never a conversation they did not have', async () => {
  const { hub, ana, mei, talk } = await office();
  const seq = mei.events().at(-1).seq;
  mei.leave();
  ana.command({ op: 'message.send', conversationId: talk, text: 'One moment' });
  const hello = { token: mei.welcome.token, since: { epoch: 1, seq } };
  const again = await hub.customer('Mei', null, hello);
  expect(again.welcome.mode).toBe('resume');
  expect(again.said).toContain('One moment');
  expect(again.said).not.toContain('Hello');
  again.command({ op: 'conversation.leave' });
  again.command({ op: 'conversation.open', name: 'Mei', text: 'Something else' });
  const third = await hub.customer('Mei', null, { ...hello, deviceId: 'tab-2' });
  expect(third.welcome.mode).toBe('snapshot');
  expect(third.said).toEqual(expect.arrayContaining(['Something else']));
});

/** Counts how often something of it is looked at. */
function counted<T extends object>(items: T, looks: { count: number }): T {
  const get = (target: T, key: PropertyKey) => {
    if (Number.isInteger(Number(String(key)))) looks.count += 1;
    return Reflect.get(target, key);
  };
  return new Proxy(items, { get });
}

test('an old `since` is no work: what was missed is looked at, and of too much nothing', async () => {
  const { hub, mei, talk } = await office();
  // Every record is a message.
  await hub.settings({ unanswered: { alertMinutes: 0 } });
  const { state } = hub.hub;
  const { recentRecordsMax } = hub.limits;
  for (let i = 0; i < 3 * recentRecordsMax; i += 1) {
    mei.command({ op: 'message.send', text: `${i}` });
    hub.advance(1_000);
  }
  const conversation = state.threads.get(talk)!;
  const looks = { count: 0 };
  conversation.messages = counted(conversation.messages, looks);
  state.recent.from = () => expect.fail('no record is needed for a customer');
  const missedBy = (since: number) => {
    looks.count = 0;
    return messagesMissedBy(state, conversation.customerId, since)?.messages.length ?? null;
  };
  for (const since of [1, 7, state.seq - recentRecordsMax - 1, state.seq + 1]) {
    expect(missedBy(since)).toBeNull();
    expect(looks.count).toBeLessThan(recentRecordsMax + 5);
  }
  expect(missedBy(state.seq - 3)).toBe(4);
  expect(looks.count).toBeLessThan(15);
});

test('[QU6] left messages come and go for a workstation that was away', async () => {
  const { hub, ana } = await office();
  const leave = async (name: string) => {
    const customer = await hub.customer(name, null);
    return customer.command({ op: 'message.leave', name, contact: 'at home', text: `From ${name}` }).result;
  };
  const seenTo = await leave('Li');
  const held = new Picture().take(ana.frames);
  ana.leave();
  await leave('Wei');
  const boss = await hub.supervisor('device-boss');
  boss.command({ op: 'leftMessage.done', leftMessageId: seenTo.leftMessageId });
  await agrees(hub, ana, held, 'resume');
  const { entities } = held.held;
  expect(Object.values(entities).flatMap((each: Any) => each.text ?? [])).toEqual(['From Wei']);
});
