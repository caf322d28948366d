import { expect, test } from 'vitest';
import { type TestClient, TestHub } from '../support/hub';

/** The answer comes after a few turns: the store is asked in between. */
async function erase(office: TestHub, boss: TestClient, customerId: string) {
  const { cid } = boss.post({ op: 'customer.erase', customerId });
  for (let turn = 0; turn < 50 && boss.answer(cid).type === 'none'; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    office.flush();
  }
  return boss.answer(cid);
}

const customerIdOf = (office: TestHub, name: string) =>
  [...office.hub.state.customers.values()].find((each) => each.name === name)?.customerId ?? '';

async function talking() {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei Chen', { text: 'my secret' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  ana.command({ op: 'message.send', conversationId, text: 'dear Mei' });
  return { office, ana, mei, conversationId, customerId: customerIdOf(office, 'Mei Chen') };
}

const inMemory = ({ hub: { state } }: TestHub) =>
  JSON.stringify([
    state.customers.save(),
    state.threads.save(),
    state.missedRings.save(),
    state.leftMessages.save(),
    state.traces.save(),
    state.answers.save(),
    state.audit.save(),
    state.recent.from(state.seq),
  ]);

test('an erased customer is known to nobody, and everybody comes back to the rest', async () => {
  const { office, ana, mei, customerId } = await talking();
  const li = await office.customer('Li', { text: 'hello' });
  const sam = await office.supervisor();
  expect(await erase(office, sam, customerId)).toMatchObject({ type: 'ack' });
  expect([ana.closed, li.closed, mei.closed, sam.closed]).toEqual(Array(4).fill('newEpoch'));
  expect(inMemory(office)).not.toMatch(/Mei|secret/);
  expect(office.hub.state.recent.from(ana.welcome.seq)).toBeNull();
  expect(office.violations()).toEqual([]);
  const { epoch, seq } = ana.welcome;
  const back = office.connect('agent');
  const auth = { kind: 'token', token: ana.welcome.token };
  await back.hello({ role: 'agent', auth, deviceId: ana.device, deviceLabel: 'test', since: { epoch, seq } });
  expect(back.welcome).toMatchObject({ mode: 'snapshot', epoch: epoch + 1 });
  expect(back.conversations.map(({ customerName }) => customerName)).toEqual(['Li']);
  expect(JSON.stringify(back.frames)).not.toMatch(/Mei|secret/);
  expect(office.log.map(({ event, detail }) => `${event} ${JSON.stringify(detail)}`).join()).not.toMatch(/Mei|secret/);
});

test('their browser is a new person from then on', async () => {
  const { office, mei, customerId } = await talking();
  await erase(office, await office.supervisor(), customerId);
  const again = await office.customer('', null, { token: mei.welcome.token });
  expect(again.welcome.customerId).not.toBe(customerId);
  expect(again.welcome).toMatchObject({ token: expect.any(String), customerName: null });
  expect(again.messages).toEqual([]);
});

test('what they left, what an agent missed of them and their earlier conversations go, too', async () => {
  const office = await TestHub.start();
  const timeout = { enabled: true, afterSeconds: 10 };
  await office.settings({ reception: { redirect: timeout, shortBreak: timeout } });
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei Chen', { text: 'my secret' });
  office.advance(11_000);
  mei.command({ op: 'conversation.leave' });
  mei.command({ op: 'message.leave', name: 'Mei Chen', contact: 'secret@example.org', text: 'my secret' });
  mei.command({ op: 'conversation.open', name: 'Mei Chen', text: 'another secret' });
  expect(inMemory(office)).toMatch(/secret@example.org/);
  expect([...office.hub.state.missedRings.values()]).toMatchObject([{ customerName: 'Mei Chen' }]);
  const own = () => ana.agentView(ana.welcome.agentId);
  expect([ana.closed, own().missed]).toMatchObject([null, { customerName: 'Mei Chen' }]);
  await erase(office, await office.supervisor(), customerIdOf(office, 'Mei Chen'));
  expect(inMemory(office)).not.toMatch(/Mei|secret/);
  expect(own().missed).toBeNull();
});

test('every desk and every tab of theirs is told in the same moment, and what is being wrapped up is over', async () => {
  const { office, ana, mei, customerId } = await talking();
  await office.settings({ wrapUpSeconds: 600 });
  mei.command({ op: 'conversation.leave' });
  expect(ana.agentView(ana.welcome.agentId).wrapUps).toHaveLength(1);
  const tab = await office.customer('Mei Chen', null, { token: mei.welcome.token, deviceId: 'second' });
  const done = office.hub.erasures.erase(customerId, { kind: 'local' });
  office.flush();
  // Before anything is written anew.
  expect(ana.closed).toBeNull();
  expect(ana.events('customers.erased')).toMatchObject([{ customerIds: [customerId] }]);
  expect(ana.agentView(ana.welcome.agentId).wrapUps).toEqual([]);
  for (const each of [mei, tab]) expect([each.events('erased').length, each.closed]).toEqual([1, 'newEpoch']);
  await done;
});

test('a desk whose line went in that moment is told when it resumes; one that was away, with every snapshot', async () => {
  const { office, customerId } = await talking();
  const sam = await office.supervisor();
  const { token, epoch } = sam.welcome;
  office.hub.step((step) => step.add({ type: 'customer.erased', customerId, attachmentIds: [] }));
  const { seq } = office.hub.state;
  const back = office.connect('agent');
  const who = { role: 'agent', auth: { kind: 'token', token }, deviceId: sam.device, deviceLabel: 'test' };
  await back.hello({ ...who, since: { epoch, seq } });
  expect(back.welcome.mode).toBe('resume');
  const next = await office.restart();
  for (const each of [back, await next.supervisor(), await next.supervisor('another')])
    expect(each.events('customers.erased')).toMatchObject([{ customerIds: [customerId] }]);
});

test('it is noted by an id that is nobody’s, and who is not there is not erased again', async () => {
  const { office, customerId } = await talking();
  await erase(office, await office.supervisor(), customerId);
  const sam = await office.supervisor();
  const { entries } = (await sam.asked({ op: 'audit.list', before: null, length: 5 })).result;
  expect(entries).toContainEqual(expect.objectContaining({ action: 'customer.erase', subject: customerId }));
  expect(await erase(office, sam, customerId)).toMatchObject({ code: 'unknownCustomer', field: 'customerId' });
  expect(sam.closed).toBeNull();
});

test('it is acknowledged only when it is on disk', async () => {
  const { office, customerId } = await talking();
  const sam = await office.supervisor();
  office.flushing = 'hand';
  const { cid } = sam.post({ op: 'customer.erase', customerId });
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(sam.answer(cid).type).toBe('none');
  office.flush();
  expect(sam.answer(cid).type).toBe('ack');
});

test('what was cut short after it was recorded goes on at the next start', async () => {
  const { office, customerId } = await talking();
  office.hub.step((step) => step.add({ type: 'customer.erased', customerId, attachmentIds: [] }));
  office.flush();
  const next = await office.restart();
  expect([...next.hub.state.erasing]).toEqual([]);
  expect(inMemory(next)).not.toMatch(/Mei|secret/);
});
