import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseRecord } from '../../main/hub/state/message-record';
import { saveState } from '../../main/hub/state/saved-state';
import { MemoryStore } from '../../main/hub/store/memory-store';
import { canonicalJson } from '../support/canonical-json';
import { type TestClient, TestHub } from '../support/hub';

const dayMs = 24 * 60 * 60_000;

/** What the store is asked is answered within a few turns. */
async function settle(office: TestHub) {
  for (let turn = 0; turn < 6; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    office.flush();
  }
}

/** An hour at a time, as passes follow each other. */
async function daysPass(office: TestHub, days: number) {
  for (let hour = 0; hour < days * 24; hour += 1) {
    office.advance(dayMs / 24);
    await settle(office);
  }
}

/** Ana has served Mei, who was here before, and who has gone. */
async function served(office?: TestHub) {
  const hub = office ?? (await TestHub.start());
  const ana = await hub.online('Ana');
  const mei = await hub.customer('Mei', { text: 'Hello' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  ana.command({ op: 'message.send', conversationId, text: 'Hello Mei' });
  mei.command({ op: 'conversation.leave' });
  mei.leave();
  return { office: hub, ana, mei, customerId: mei.welcome.customerId as string, conversationId };
}

/** The same, once Mei has left the state. */
async function away() {
  const all = await served();
  await daysPass(all.office, 2);
  expect(all.office.hub.state.customers.has(all.customerId)).toBe(false);
  return all;
}

const returning = (office: TestHub, mei: TestClient, hello: object = {}) =>
  office.customer('Mei', null, { token: mei.welcome.token, ...hello });

const eventsOf = (office: TestHub, type: string) =>
  office.store.disk.lines.flatMap((line) => parseRecord(line).events.filter(({ event }) => event.type === type));

/** How much of the state belongs to customers. */
function entriesOf({ hub: { state } }: TestHub): number {
  const { desk, answers, routing, leftMessages } = saveState(state);
  const agents = new Set(state.config.accounts.keys());
  const people = answers.byPerson.filter(([person]) => !agents.has(person)).length;
  const { customers, conversations, closed } = desk;
  return [customers, conversations, closed, routing.lastReceptionists, leftMessages].reduce(
    (sum, list) => sum + list.length,
    people,
  );
}

test('who has not been here for a day leaves the state, and nothing of them stays in it', async () => {
  const { office, customerId } = await served();
  const { state } = office.hub;
  expect(entriesOf(office)).toBeGreaterThan(3);
  await daysPass(office, 23 / 24);
  expect(state.customers.has(customerId)).toBe(true);
  await daysPass(office, 3 / 24);
  expect(entriesOf(office)).toBe(0);
  expect([...office.store.disk.past.values()]).toMatchObject([
    { customerId, name: 'Mei', endedCount: 1, lastReceptionist: { agentId: office.agentId('Ana') } },
  ]);
  expect(office.violations()).toEqual([]);
});

test('the state does not grow with the customers of the past', async () => {
  const { office, ana } = await served();
  let most = 0;
  for (let day = 0; day < 12; day += 1) {
    for (let each = 0; each < 5; each += 1) {
      const customer = await office.customer(`C${day}-${each}`, { text: 'Hello' });
      const ringing = ana.conversations.find(({ offerId }) => offerId !== null);
      ana.command({ op: 'offer.accept', offerId: ringing?.offerId });
      ana.command({ op: 'message.send', conversationId: ringing?.conversationId, text: 'Hello you' });
      customer.command({ op: 'conversation.leave' });
      customer.leave();
    }
    await daysPass(office, 1);
    if (day === 2) most = entriesOf(office);
  }
  expect(most).toBeGreaterThan(0);
  expect(entriesOf(office)).toBeLessThanOrEqual(most);
  expect(office.store.disk.past.size).toBeGreaterThan(50);
});

test('who returns is who they were, to themselves and to the agents, and a replay needs no file', async () => {
  const { office, ana, mei, customerId } = await away();
  const back = await returning(office, mei);
  expect(back.welcome).toMatchObject({ customerId, token: null, customerName: 'Mei', lastN: mei.welcome.lastN + 2 });
  back.command({ op: 'conversation.open', text: 'Me again' });
  const seen = ana.conversations.find((each) => each.customerId === customerId && each.stage !== 'closed')!;
  expect(seen).toMatchObject({ customerName: 'Mei', profile: { endedCount: 1 } });
  expect(seen.profile.firstSeenAt).toBeLessThan(office.clock.now() - dayMs);
  const lived = canonicalJson(saveState(office.hub.state));
  office.store.disk.past.clear();
  const again = await TestHub.start({ disk: office.store.disk, clock: office.clock });
  expect(again.hub.state.customers.get(customerId)).toEqual(office.hub.state.customers.get(customerId));
  expect(again.hub.state.answers.of(customerId)).toEqual(office.hub.state.answers.of(customerId));
  expect(lived).toContain('Mei');
});

test('the agent who wrote last gets them again, though both were away', async () => {
  const { office, mei, customerId } = await served();
  await office.settings({ routing: { lastReceptionist: true } });
  const ben = await office.online('Ben');
  await daysPass(office, 2);
  expect(office.hub.state.routing.lastReceptionists.size).toBe(0);
  const back = await returning(office, mei);
  back.command({ op: 'conversation.open', text: 'Me again' });
  expect(ben.conversations.filter(({ stage }) => stage === 'offered')).toMatchObject([
    { customerId, why: { rule: 'LR2' }, agentId: office.agentId('Ana') },
  ]);
});

test('one who was signed returns on another browser: the same customer, with their agent again', async () => {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  const { secret } = sam.command({ op: 'identitySecret.make' }).result;
  const identity = () => {
    const parts = { id: 'c-17', name: 'Mei Chen', contact: 'mei@example.com', issuedAt: office.clock.now() };
    const text = ['foyer.v1', parts.id, parts.name, parts.contact, parts.issuedAt].join('\n');
    return { ...parts, signature: createHmac('sha256', secret).update(text).digest('hex') };
  };
  await office.settings({ routing: { lastReceptionist: true } });
  const ana = await office.online('Ana');
  const first = await office.customer('', null, { deviceId: 'laptop', identity: identity() });
  first.command({ op: 'conversation.open', text: 'Where is my lamp?' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  ana.command({ op: 'message.send', conversationId: ana.conversation.conversationId, text: 'On its way' });
  first.command({ op: 'conversation.leave' });
  first.leave();
  const ben = await office.online('Ben');
  const { customerId } = first.welcome;
  await daysPass(office, 3);
  expect(office.hub.state.customers.has(customerId)).toBe(false);
  expect(office.hub.state.routing.lastReceptionists.size).toBe(0);

  const phone = await office.customer('', null, { deviceId: 'phone', identity: identity() });
  expect(phone.welcome).toMatchObject({ identity: 'signed', customerId, customerName: 'Mei Chen' });
  // Nothing in the state knows them by this name alone: somebody else who says so is somebody else.
  const other = await office.customer('', null, { deviceId: 'library', token: null });
  expect(other.welcome.customerId).not.toBe(customerId);
  phone.command({ op: 'conversation.open', text: 'Me again' });
  const again = ben.conversations.find(({ stage }) => stage === 'offered');
  expect(again).toMatchObject({ customerId, agentId: office.agentId('Ana'), why: { rule: 'LR2' } });
  expect(again?.profile).toMatchObject({ signedId: 'c-17', endedCount: 1, contact: 'mei@example.com' });
});

test('a command from before is executed once, however long its device was away', async () => {
  const { office, mei } = await away();
  const back = await returning(office, mei, { deviceId: mei.device });
  const opened = { cid: 'customer-1', n: 1, op: 'conversation.open', name: 'Mei', text: 'Hello' };
  expect(back.repeat(opened)).toMatchObject({ type: 'ack', dup: true });
  expect(office.hub.state.routing.conversations.size).toBe(0);
  expect(back.repeat({ ...opened, cid: 'other', n: 2 })).toMatchObject({ type: 'refused', code: 'numberUsed' });
  expect(back.repeat({ ...opened, cid: 'new', n: 3 })).toMatchObject({ type: 'ack' });
});

test('two of their tabs at once: they return once', async () => {
  const { office, mei, customerId } = await away();
  const tabs = await Promise.all(['one', 'two'].map((deviceId) => returning(office, mei, { deviceId })));
  expect(tabs.map(({ welcome }) => welcome.customerId)).toEqual([customerId, customerId]);
  expect(eventsOf(office, 'customer.returned')).toHaveLength(1);
  expect(office.hub.sessions.customer(customerId)).toHaveLength(2);
});

test('who is back stays for a day, even if they say nothing', async () => {
  const { office, mei, customerId } = await away();
  (await returning(office, mei)).leave();
  await daysPass(office, 22 / 24);
  expect(office.hub.state.customers.has(customerId)).toBe(true);
  await daysPass(office, 4 / 24);
  expect(office.hub.state.customers.has(customerId)).toBe(false);
  expect((await returning(office, mei)).welcome).toMatchObject({ customerId, customerName: 'Mei' });
});

test('who is connected, blocked or has left a message stays', async () => {
  const { office, ana, mei, customerId } = await served();
  const sam = await office.supervisor();
  const here = await returning(office, mei);
  const left = await office.customer('Li', null);
  left.command({ op: 'message.leave', name: 'Li', contact: '', groupId: office.groupId, text: 'Call me' });
  left.leave();
  const bo = await office.customer('Bo', { text: 'spam' });
  sam.command({ op: 'customer.block', customerId: bo.welcome.customerId, forMs: null, address: false, note: '' });
  const names = () => [...office.hub.state.customers.values()].map(({ name }) => name).sort();
  await daysPass(office, 3);
  expect(names()).toEqual(['Bo', 'Li', 'Mei']);
  here.leave();
  sam.command({ op: 'block.lift', blockId: [...office.hub.state.config.blocks.keys()][0] });
  const leftMessageId = [...office.hub.state.leftMessages.all()][0]!.leftMessageId;
  ana.command({ op: 'leftMessage.done', leftMessageId });
  await daysPass(office, 3 / 24);
  expect(names()).toEqual(['Li']);
  await daysPass(office, 1);
  expect(names()).toEqual([]);
  expect(office.store.disk.past.get(customerId)).toMatchObject({ name: 'Mei' });
});

test('who has only just gone is let go on what was written of them last', async () => {
  const { office, ana, mei, customerId } = await served();
  await daysPass(office, 2 / 24);
  ana.command({ op: 'status.set', status: 'busy' });
  // They come while they are being written, and are refused something: only their answers are others then.
  const put = office.store.putPast.bind(office.store);
  let while_: () => Promise<void> = async () => undefined;
  office.store.putPast = async (customers) => {
    await put(customers);
    await while_();
    return true;
  };
  while_ = async () => {
    while_ = async () => undefined;
    const back = await returning(office, mei, { deviceId: 'other' });
    back.command({ op: 'message.send', text: 'to nobody' });
    back.leave();
  };
  await daysPass(office, 23 / 24);
  expect(office.store.disk.past.get(customerId)?.devices).toHaveLength(1);
  expect(office.hub.state.customers.has(customerId)).toBe(true);
  await daysPass(office, 1 / 24);
  expect(office.hub.state.customers.has(customerId)).toBe(false);
  expect(office.store.disk.past.get(customerId)?.devices).toHaveLength(2);
});

test('nobody leaves who could not be written', async () => {
  const { office, mei, customerId } = await served();
  const put = office.store.putPast.bind(office.store);
  office.store.putPast = async () => false;
  await daysPass(office, 2);
  expect(office.hub.state.customers.has(customerId)).toBe(true);
  office.store.putPast = put;
  await daysPass(office, 2 / 24);
  expect(office.hub.state.customers.has(customerId)).toBe(false);
  expect((await returning(office, mei)).welcome).toMatchObject({ customerId });
});

/** A store that answers who has a token only when `go` is called. */
class SlowStore extends MemoryStore {
  private held: (() => void)[] = [];
  failing = false;

  override async findPast(...sought: Parameters<MemoryStore['findPast']>) {
    const found = await super.findPast(...sought);
    if ('customerId' in sought[0]) return found;
    await new Promise<void>((resolve) => this.held.push(resolve));
    if (this.failing) throw new Error('the folder can’t be read');
    return found;
  }

  get asked(): number {
    return this.held.length;
  }

  go(): void {
    for (const resolve of this.held.splice(0)) resolve();
  }
}

/** Mei is away, and the store is slow from here on. */
async function slowlyFound() {
  const { office, mei, customerId } = await away();
  const store = new SlowStore('hub-test', 'soon', office.store.disk);
  office.hub.stop();
  const next = await TestHub.start({ disk: office.store.disk, clock: office.clock, store });
  const sam = await next.supervisor();
  const asking = returning(next, mei);
  await settle(next);
  expect(store.asked).toBe(1);
  return { office: next, store, sam, mei, customerId, asking };
}

test('a hello that waits for the files holds nobody else up', async () => {
  const { office, store, customerId, asking } = await slowlyFound();
  const li = await office.customer('Li', { text: 'Hello' });
  expect(li.said).toEqual(['(queued)', 'Hello']);
  store.go();
  expect((await asking).welcome).toMatchObject({ customerId });
});

test('erased while their hello is under way: they come as somebody new', async () => {
  const { office, store, sam, customerId, asking } = await slowlyFound();
  const { cid } = sam.post({ op: 'customer.erase', customerId });
  await settle(office);
  expect(sam.answer(cid)).toMatchObject({ type: 'ack' });
  store.go();
  const { welcome } = await asking;
  expect(welcome.token).not.toBeNull();
  expect(welcome.customerId).not.toBe(customerId);
  expect(office.hub.state.customers.has(customerId)).toBe(false);
  expect(store.disk.past.size).toBe(0);
});

test('the hub fails, or the line breaks, while their hello is under way: no session, and nothing recorded', async () => {
  const { office, store, asking, mei } = await slowlyFound();
  const { seq } = office.hub.state;
  const gone = office.connect('customer');
  gone.send({
    ...{ type: 'hello', proto: 1, since: null, lastN: 0, role: 'customer', language: 'en', deviceId: 'x' },
    token: `${mei.welcome.token}`,
  });
  gone.leave();
  office.hub.stop('hubFault');
  store.go();
  expect((await asking).closed).toBe('hubFault');
  await settle(office);
  expect([office.hub.state.seq, office.hub.sessions.others().customers]).toEqual([seq, 0]);
});

test('files that can’t be read: the line closes, and the same customer is known when they can', async () => {
  const { office, store, asking, mei, customerId } = await slowlyFound();
  store.failing = true;
  store.go();
  expect((await asking).closed).toBe('hubFault');
  expect(office.log.map(({ event }) => event)).toContain('line.fault');
  store.failing = false;
  const again = returning(office, mei);
  await settle(office);
  store.go();
  expect((await again).welcome).toMatchObject({ customerId, token: null });
});

test('one who is away can be erased by their id: no file knows them, and their token is nobody’s', async () => {
  const { office, mei, customerId } = await away();
  const sam = await office.supervisor();
  expect(await sam.asked({ op: 'customer.erase', customerId })).toMatchObject({ type: 'ack' });
  expect(office.store.disk.past.size).toBe(0);
  const again = await office.supervisor();
  expect(await again.asked({ op: 'customer.erase', customerId: 'nobody' })).toMatchObject({ code: 'unknownCustomer' });
  const back = await returning(office, mei);
  expect(back.welcome.token).not.toBeNull();
  expect(back.welcome.customerId).not.toBe(customerId);
});

test('one who is away can be blocked; the next commands of the same desk wait for it', async () => {
  const { office, mei, customerId } = await away();
  const sam = await office.supervisor();
  const block = sam.post({ op: 'customer.block', customerId, forMs: null, address: false, note: 'spam' });
  const rename = sam.post({ op: 'office.put', name: 'Renamed' });
  expect(sam.answer(rename.cid).type).toBe('none');
  await settle(office);
  expect([sam.answer(block.cid).type, sam.answer(rename.cid).type]).toEqual(['ack', 'ack']);
  expect((await returning(office, mei)).closed).toBe('blocked');
  const nobody = { op: 'customer.block', customerId: 'nobody', forMs: null, address: false, note: '' };
  expect(await sam.asked(nobody)).toMatchObject({ type: 'refused', code: 'unknownCustomer' });
});

test('a left message that is reopened brings its customer back', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const li = await office.customer('Li', null);
  li.command({ op: 'message.leave', name: 'Li', contact: '', groupId: office.groupId, text: 'Call me' });
  const { customerId } = li.welcome;
  li.leave();
  const leftMessageId = [...office.hub.state.leftMessages.all()][0]!.leftMessageId;
  ana.command({ op: 'leftMessage.done', leftMessageId });
  const endedAt = office.clock.now();
  const done = { customerId, customerName: 'Li', groupId: office.groupId, openedAt: endedAt, closedAt: endedAt };
  await daysPass(office, 2);
  expect(office.hub.state.customers.has(customerId)).toBe(false);
  // A memory store has no archive.
  office.store.archiveDays = async () => [{ day: 'today', startsAt: endedAt }];
  office.store.readArchived = (async () => ({
    ...{ conversationId: leftMessageId, ...done, closedBy: 'agent', note: null, preview: '', tags: [] },
    ...{ messages: [{ from: { kind: 'customer' }, text: 'Call me' }], earlier: null, wrapUpCode: null, holders: [] },
    left: { contact: '', seenTo: { agentId: office.agentId('Ana'), name: 'Ana', at: endedAt } },
  })) as never;
  const sam = await office.supervisor();
  expect(await sam.asked({ op: 'leftMessage.reopen', leftMessageId, endedAt })).toMatchObject({ type: 'ack' });
  expect(office.hub.state.customers.get(customerId)).toMatchObject({ name: 'Li' });
  await daysPass(office, 3);
  expect(office.hub.state.customers.has(customerId)).toBe(true);
});

test('retention ends them where they are: who comes later is new', async () => {
  const { office, mei, customerId } = await served();
  const sam = await office.supervisor();
  sam.command({ op: 'office.put', retentionDays: 30 });
  await daysPass(office, 29);
  expect(office.store.disk.past.has(customerId)).toBe(true);
  await daysPass(office, 3);
  expect(office.store.disk.past.size).toBe(0);
  expect((await returning(office, mei)).welcome.customerId).not.toBe(customerId);
});

test('hundreds leave after an upgrade, some at a time', async () => {
  const office = await TestHub.start();
  office.hub.step((step) => {
    for (let index = 0; index < 1_100; index += 1)
      step.add({
        ...{ type: 'customer.seen', customerId: `old-${index}`, tokenHash: `hash-${index}`, name: `Old ${index}` },
        ...{ language: 'en', at: step.at },
      });
  });
  await daysPass(office, 1);
  office.advance(dayMs / 24);
  await settle(office);
  expect(office.hub.state.customers.size).toBe(600);
  for (let turn = 0; turn < 3; turn += 1) {
    office.advance(1_000);
    await settle(office);
  }
  expect(office.hub.state.customers.size).toBe(0);
  expect(office.store.disk.past.size).toBe(1_100);
});
