import { expect, test } from 'vitest';
import { defaultLimits } from '../../main/hub/limits';
import { Outbox } from '../../main/hub/session/outbox';
import type { Line, Session } from '../../main/hub/session/session';
import { TestHub } from '../support/hub';

test('an ack leaves only when its record is on disk', async () => {
  const office = await TestHub.start();
  const mei = await office.customer('Mei');
  office.flushing = 'hand';
  const { cid } = mei.post({ op: 'message.send', text: 'Hello?' });
  expect(mei.answer(cid).type).toBe('none');
  office.flush();
  expect(mei.answer(cid)).toMatchObject({ type: 'ack', seq: office.hub.state.seq });
});

test('nobody sees what is not on disk: neither the message nor the offer it caused', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  ana.clear();
  office.flushing = 'hand';
  const mei = office.connect('customer');
  await mei.hello({ role: 'customer', token: null, language: 'en', deviceId: 'tab' });
  mei.post({ op: 'conversation.open', name: 'Mei', text: 'Anybody there?' });
  expect(ana.frames).toEqual([]);
  office.flush();
  expect(ana.conversation).toMatchObject({ stage: 'offered', customerName: 'Mei' });
  expect(ana.said).toEqual(['(queued)', 'Anybody there?']);
});

test('a session opened while something is not yet on disk waits for it, in order', async () => {
  const office = await TestHub.start();
  const mei = await office.customer('Mei');
  office.flushing = 'hand';
  mei.post({ op: 'message.send', text: 'one' });
  const again = office.connect('customer');
  await again.hello({ role: 'customer', token: mei.welcome.token, language: 'en', deviceId: 'other-tab' });
  expect(again.frames).toEqual([]);
  office.flush();
  expect(again.frames.map((frame) => frame.type).slice(0, 2)).toEqual(['welcome', 'event']);
  expect(again.said).toContain('one');
  expect(again.frames.at(-1)!.type).toBe('caughtUp');
});

test('a disk that fails: nothing of it leaves, every session is told, nothing more is accepted', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei');
  ana.clear();
  mei.clear();
  office.flushing = 'hand';
  mei.post({ op: 'message.send', text: 'lost' });
  office.store.breakDown('ioError');
  expect([ana.closed, mei.closed]).toEqual(['hubReadOnly', 'hubReadOnly']);
  expect([...ana.frames, ...mei.frames]).toEqual([]);
  expect(office.connect('customer').closed).toBe('hubReadOnly');
  expect(office.log.some((entry) => entry.event === 'store.failed')).toBe(true);
});

test('a failing disk rejects whoever waits for it', async () => {
  const office = await TestHub.start();
  office.flushing = 'hand';
  office.hub.step((step) => step.add({ type: 'office.changed', name: 'New', sample: false }));
  const waiting = office.hub.outbox.durable(office.hub.state.seq);
  office.store.breakDown('ioError');
  await expect(waiting).rejects.toThrow(/before it was on disk/);
});

test('the outbox releases what is durable and not one frame more, in one write for each line', () => {
  const sent: string[] = [];
  const line: Line = {
    address: '',
    proto: 1,
    bufferedBytes: 0,
    send: (frame: string) => void sent.push(frame),
    cork: () => void sent.push('('),
    uncork: () => void sent.push(')'),
    close: () => undefined,
  };
  const session: Session = {
    kind: 'local',
    deviceId: 'd',
    device: 'local/d',
    line,
    lastSeq: 0,
    life: 'open',
    catchingUp: false,
    echoedCid: null,
    catchUpBytes: 0,
  };
  const outbox = new Outbox(1_000);
  outbox.release(1);
  for (const seq of [1, 2, 2, 3]) outbox.send(seq, session, `frame ${seq}`);
  expect(sent).toEqual(['frame 1']);
  outbox.release(2);
  expect(sent.splice(0)).toEqual(['frame 1', '(', 'frame 2', 'frame 2', ')']);
  outbox.release(3);
  expect(sent.splice(0)).toEqual(['(', 'frame 3', ')']);
  outbox.together(() => {
    for (const seq of [3, 3, 4]) outbox.send(seq, session, `frame ${seq}`);
    expect(sent).toEqual([]);
  });
  expect(sent.splice(0)).toEqual(['(', 'frame 3', 'frame 3', ')']);
  outbox.release(4);
  expect(sent.splice(0)).toEqual(['(', 'frame 4', ')']);
  outbox.send(4, session, 'alone');
  expect(sent).toEqual(['alone']);
});

test('a repeat gets the first answer and is not executed twice', async () => {
  const office = await TestHub.start();
  const mei = await office.customer('Mei');
  const { cid, n } = mei.post({ op: 'message.send', text: 'once' });
  const first = mei.answer(cid);
  mei.send({ type: 'command', cid, n, op: 'message.send', text: 'once' });
  expect(mei.answer(cid)).toEqual({ ...first, dup: true });
  expect(mei.said.filter((text) => text === 'once')).toHaveLength(1);
});

test('a refusal is an answer like any other: its repeat is refused again, also when it would succeed by now', async () => {
  const office = await TestHub.start();
  const mei = await office.customer('Mei');
  mei.command({ op: 'conversation.leave' });
  const { cid, n } = mei.post({ op: 'message.send', text: 'too early' });
  expect(mei.answer(cid)).toMatchObject({ type: 'refused', code: 'conversationClosed' });
  mei.command({ op: 'conversation.open', name: 'Mei' });
  mei.send({ type: 'command', cid, n, op: 'message.send', text: 'too early' });
  expect(mei.answer(cid)).toMatchObject({ type: 'refused', code: 'conversationClosed', dup: true });
  expect(mei.said).not.toContain('too early');
});

test('a number used before for another command is refused, not answered with the wrong answer', async () => {
  const office = await TestHub.start();
  const mei = await office.customer('Mei');
  mei.send({ type: 'command', cid: 'other', n: 1, op: 'message.send', text: 'hm' });
  expect(mei.answer('other')).toMatchObject({ type: 'refused', code: 'numberUsed' });
});

test('numbers may be left out, and are used up by the next higher one', async () => {
  const office = await TestHub.start();
  const mei = await office.customer('Mei');
  mei.send({ type: 'command', cid: 'later', n: 9, op: 'message.send', text: 'later' });
  expect(mei.answer('later')).toMatchObject({ type: 'ack' });
  mei.send({ type: 'command', cid: 'left out', n: 5, op: 'message.send', text: 'left out' });
  expect(mei.answer('left out')).toMatchObject({ type: 'refused', code: 'numberUsed' });
  const again = await office.customer('Mei', null, { token: mei.welcome.token });
  expect(again.welcome.lastN).toBe(9);
});

test('what a command did is told before its `ack`', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei');
  const { offerId, conversationId } = ana.conversation;
  for (const body of [
    { op: 'offer.accept', offerId },
    { op: 'message.send', conversationId, text: 'Good morning' },
    { op: 'conversation.close', conversationId },
  ]) {
    ana.clear();
    const { cid } = ana.post(body);
    expect(ana.events().length).toBeGreaterThan(0);
    expect(ana.frames.at(-1)).toMatchObject({ cid });
    expect(ana.answer(cid)).toMatchObject({ type: 'ack' });
  }
  mei.clear();
  mei.command({ op: 'conversation.open', name: 'Mei', text: 'One more thing' });
  expect(mei.said).toContain('One more thing');
  expect(mei.frames.at(-1)).toMatchObject({ type: 'ack' });
});

test('the last 64 answers of a device are kept; an older repeat is refused and not executed', async () => {
  expect(defaultLimits.answersPerDeviceMax).toBe(64);
  const office = await TestHub.start({ limits: { answersPerDeviceMax: 2 } });
  const mei = await office.customer('Mei');
  const sent = ['a', 'b', 'c'].map((text) => mei.post({ op: 'message.send', text }));
  mei.send({ type: 'command', ...sent[0], op: 'message.send', text: 'a' });
  expect(mei.answer(sent[0]!.cid)).toMatchObject({ type: 'refused', code: 'numberUsed' });
  mei.send({ type: 'command', ...sent[1], op: 'message.send', text: 'b' });
  expect(mei.answer(sent[1]!.cid)).toMatchObject({ type: 'ack', dup: true });
  expect(mei.said.filter((text) => text === 'a')).toHaveLength(1);
});

test('numbers are per person: a device id another customer uses too reads none of their answers', async () => {
  const office = await TestHub.start();
  await office.customer('Mei', {}, { deviceId: 'same' });
  const eve = await office.customer('Eve', null, { deviceId: 'same' });
  expect(eve.welcome.lastN).toBe(0);
  expect(eve.command({ op: 'conversation.open', name: 'Eve' }).dup).toBeUndefined();
});

test('with hardly any room left messages are refused and not lost silently; ending a conversation still works', async () => {
  const office = await TestHub.start();
  const mei = await office.customer('Mei');
  office.store.space('short');
  expect(mei.command({ op: 'message.send', text: 'no room' })).toMatchObject({ type: 'refused', code: 'hubReadOnly' });
  expect(mei.command({ op: 'conversation.leave' })).toMatchObject({ type: 'ack' });
  office.store.space('plenty');
  expect(mei.command({ op: 'conversation.open', name: 'Mei' })).toMatchObject({ type: 'ack' });
});

test('who reloads before their first words arrived stays the same person, and the older line counts no more', async () => {
  const office = await TestHub.start();
  const before = office.connect('customer');
  const hello = { role: 'customer', language: 'en', deviceId: 'tab' };
  await before.hello({ ...hello, token: null });
  const reloaded = office.connect('customer');
  await reloaded.hello({ ...hello, token: before.welcome.token });
  expect(reloaded.welcome).toMatchObject({ customerId: before.welcome.customerId, token: null });
  expect(before.closed).toBe('takenOver');
  before.post({ op: 'conversation.open', name: 'Mei', text: 'Hello' });
  reloaded.command({ op: 'conversation.open', name: 'Mei', text: 'Hello' });
  expect(reloaded.said.filter((text) => text === 'Hello')).toHaveLength(1);
  expect(office.hub.state.threads.size).toBe(1);
  // A second tab, too; and who has gone in between is somebody new, as nothing is known of them.
  const other = office.connect('customer');
  await other.hello({ ...hello, deviceId: 'other-tab', token: before.welcome.token });
  expect(other.welcome.customerId).toBe(before.welcome.customerId);
});

test('a token that was never recorded is forgotten with its last line', async () => {
  const office = await TestHub.start();
  const hello = { role: 'customer', language: 'en', deviceId: 'tab' };
  const before = office.connect('customer');
  await before.hello({ ...hello, token: null });
  before.leave();
  const later = office.connect('customer');
  await later.hello({ ...hello, token: before.welcome.token });
  expect(later.welcome.customerId).not.toBe(before.welcome.customerId);
  expect(later.welcome.token).not.toBeNull();
});

test('who is signed out or blocked is heard no more from that record on, though the close waits for the disk', async () => {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const sam = await office.supervisor();
  const mei = await office.customer('Mei');
  office.flushing = 'hand';
  const { customerId } = mei.welcome;
  sam.post({ op: 'customer.block', customerId, forMs: null, address: false, note: '' });
  sam.post({ op: 'agent.revoke', agentId: ana.welcome.agentId });
  const { seq } = office.hub.state;
  mei.post({ op: 'message.send', text: 'still here' });
  mei.send({ type: 'typing', on: true });
  ana.post({ op: 'status.set', status: 'busy' });
  expect(office.hub.state.seq).toBe(seq);
  office.flush();
  expect([mei.closed, ana.closed]).toEqual(['blocked', 'tokenRevoked']);
});
