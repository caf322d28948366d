import { expect, test } from 'vitest';
import { TestHub } from '../support/hub';

const secret = 'three are left in the back room';

async function served() {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei', { text: 'Is it in stock?' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  const { conversationId } = ana.conversation;
  const note = (text = secret) => ({ op: 'note.add', conversationId, text });
  return { office, ana, mei, conversationId, note };
}

test('a note is told to who may read the conversation, with its writer’s name, and moves nothing in the summary', async () => {
  const { office, ana, conversationId, note } = await served();
  const ben = await office.agent('Ben');
  const boss = await office.supervisor();
  boss.command({ op: 'conversation.watch', conversationId });
  const before = ana.conversation;
  expect(ana.command(note()).type).toBe('ack');
  const from = { kind: 'note', agentId: ana.welcome.agentId, name: 'Ana' };
  expect(ana.messages.at(-1)).toMatchObject({ from, text: secret });
  expect(boss.said).toContain(secret);
  expect(ben.said).not.toContain(secret);
  expect(ana.conversation).toEqual(before);
  expect(ben.conversation).toMatchObject({ unanswered: 1, preview: 'Is it in stock?' });
  ben.command({ op: 'conversation.watch', conversationId });
  expect(ben.said).toContain(secret);
});

test('whoever may read may leave a note: a supervisor to the agent who serves, a colleague of the group', async () => {
  const { office, ana, note } = await served();
  expect((await office.supervisor()).command(note('offer them a discount')).type).toBe('ack');
  expect((await office.agent('Ben')).command(note('they called me, too')).type).toBe('ack');
  const boss = await office.supervisor('device-boss');
  const { groupId } = boss.command({ op: 'group.put', name: 'Elsewhere' }).result;
  const eve = await office.agent('Eve', { groups: [{ groupId, priority: 1 }] });
  expect(eve.command(note('hi'))).toMatchObject({ code: 'notAllowed' });
  const notes = ana.messages.flatMap(({ from, text }) => (from.kind === 'note' ? [[from.name, text]] : []));
  expect(notes).toEqual([
    ['Sam', 'offer them a discount'],
    ['Ben', 'they called me, too'],
  ]);
});

test('it is on no frame to any customer: not as it is written, after a reload, a lost line, a restart, or the end', async () => {
  const { office, ana, mei, conversationId, note } = await served();
  const li = await office.customer('Li', { text: 'me too' });
  const frames = () => JSON.stringify([...mei.frames, ...li.frames]);
  ana.command(note());
  const { token, epoch, customerId } = mei.welcome;
  const since = { epoch, seq: mei.frames.filter((frame) => frame.seq !== undefined).at(-1).seq };
  mei.leave();
  ana.command(note(`${secret}, and more`));
  const resumed = await office.customer('Mei', null, { token, since });
  expect([resumed.welcome.customerId, resumed.welcome.mode]).toEqual([customerId, 'resume']);
  const reloaded = await office.customer('Mei', null, { token, deviceId: 'another tab' });
  expect(reloaded.said).toEqual(['(queued)', 'Is it in stock?', '(joined)']);
  ana.command({ op: 'message.send', conversationId, text: 'It is.' });
  expect(reloaded.said.at(-1)).toBe('It is.');
  const next = await office.restart();
  const again = await next.customer('Mei', null, { token });
  const ben = await next.agentWith({ kind: 'token', token: ana.welcome.token }, 'device-Ana');
  expect(ben.said).toContain(secret);
  ben.command(note('last words'));
  ben.command({ op: 'conversation.close', conversationId });
  const afterwards = await next.customer('Mei', null, { token, deviceId: 'third tab' });
  expect(afterwards.said.at(-1)).toBe('(endedByAgent)');
  const told = [resumed, reloaded, again, afterwards].map((client) => JSON.stringify(client.frames)).join() + frames();
  for (const words of [secret, 'last words', '"note"']) expect(told).not.toContain(words);
});

test('a note answers nobody: the customer still waits, and the reply that is due is still due', async () => {
  const office = await TestHub.start();
  await office.settings({ reception: { automatic: true, redirect: { enabled: true, afterSeconds: 30 } } });
  const ana = await office.online('Ana');
  await office.customer('Mei', { text: 'Hello?' });
  const { conversationId, attendBy } = ana.conversation;
  ana.command({ op: 'conversation.ack', conversationId });
  ana.command({ op: 'note.add', conversationId, text: secret });
  expect(attendBy).not.toBeNull();
  expect(ana.conversation).toMatchObject({ unanswered: 1, attendBy });
  office.advance(30_000);
  expect(ana.conversation?.agentId ?? null).toBeNull();
  expect(office.violations()).toEqual([]);
});

test('there is none on what has ended, none without words, and no text of one in the log', async () => {
  const { office, ana, conversationId, note } = await served();
  expect(ana.command(note('  '))).toMatchObject({ code: 'invalid', field: 'text' });
  ana.command(note());
  ana.command({ op: 'conversation.close', conversationId });
  expect(ana.command(note())).toMatchObject({ code: 'unknownConversation', field: 'conversationId' });
  expect(JSON.stringify(office.log)).not.toContain(secret);
});
