import { expect, test } from 'vitest';
import { commandsOfAgents } from '../../main/hub/commands/table';
import { mayUse } from '../../main/hub/rights/rights';
import type { Relation } from '../../main/hub/state/relation';
import { agentCommand } from '../../shared/protocol/agent-wire';
import { assistantCommand } from '../../shared/protocol/assistant-wire';
import { chatPageDefault } from '../../shared/protocol/chat-page';
import { customerCommand } from '../../shared/protocol/customer-wire';
import { TestHub } from '../support/hub';
import { unlimited } from '../support/unlimited';

const ops = agentCommand.options.map((option) => option.shape.op.value);
const relations: readonly Relation[] = ['own', 'group', 'other', 'office'];

/** Deliberately a second copy of the rights, so that a right granted by mistake fails a test. */
const expected: Record<string, { agent: string; supervisor: string; local: string }> = {
  'status.set': { agent: 'own', supervisor: 'own group other', local: '' },
  'status.idle': { agent: 'own', supervisor: 'own', local: '' },
  'status.afterThis': { agent: 'own', supervisor: 'own', local: '' },
  'reception.set': { agent: 'own', supervisor: 'own group other', local: '' },
  'offer.accept': { agent: 'own', supervisor: 'own', local: '' },
  'offer.decline': { agent: 'own', supervisor: 'own', local: '' },
  'conversation.ack': { agent: 'own', supervisor: 'own', local: '' },
  'conversation.claim': { agent: 'own group', supervisor: 'own group other', local: '' },
  'conversation.transfer': { agent: 'own', supervisor: 'own', local: '' },
  'conversation.handBack': { agent: 'own', supervisor: 'own', local: '' },
  'conversation.close': { agent: 'own', supervisor: 'own group other', local: '' },
  'conversation.reopen': { agent: 'own group', supervisor: 'own group other', local: '' },
  'conversation.tag': { agent: 'own group', supervisor: 'own group other', local: '' },
  'conversation.watch': { agent: 'own group', supervisor: 'own group other', local: '' },
  'conversation.earlier': { agent: 'own group', supervisor: 'own group other', local: '' },
  'conversation.trace': { agent: '', supervisor: 'own group other', local: '' },
  'conversation.find': { agent: 'own group', supervisor: 'own group other', local: '' },
  'conversation.read': { agent: 'own group', supervisor: 'own group other', local: '' },
  'message.send': { agent: 'own', supervisor: 'own', local: '' },
  'note.add': { agent: 'own group', supervisor: 'own group other', local: '' },
  'customer.put': { agent: 'own', supervisor: 'own group other', local: '' },
  'customer.block': { agent: 'own', supervisor: 'own group other', local: '' },
  'customer.address': { agent: 'own', supervisor: 'own group other', local: '' },
  'block.lift': { agent: '', supervisor: 'office', local: '' },
  'wrapUp.done': { agent: 'own', supervisor: 'own', local: '' },
  'settings.update': { agent: '', supervisor: 'office', local: '' },
  'group.put': { agent: '', supervisor: 'office', local: '' },
  'group.remove': { agent: '', supervisor: 'office', local: '' },
  'agent.put': { agent: '', supervisor: 'own group other', local: 'own group other' },
  'agent.remove': { agent: '', supervisor: 'own group other', local: '' },
  'agent.code': { agent: '', supervisor: 'own group other', local: 'own group other' },
  'agent.revoke': { agent: '', supervisor: 'own group other', local: '' },
  'assistant.put': { agent: '', supervisor: 'office', local: '' },
  'assistant.remove': { agent: '', supervisor: 'office', local: '' },
  'assistant.token': { agent: '', supervisor: 'office', local: '' },
  'assistant.revoke': { agent: '', supervisor: 'office', local: '' },
  'device.revoke': { agent: 'own', supervisor: 'own group other', local: '' },
  'join.answer': { agent: '', supervisor: 'office', local: '' },
  'office.put': { agent: '', supervisor: 'office', local: '' },
  'chatPage.put': { agent: '', supervisor: 'office', local: '' },
  'officeHours.put': { agent: '', supervisor: 'office', local: '' },
  'date.confirm': { agent: '', supervisor: 'office', local: '' },
  'office.backup': { agent: '', supervisor: 'office', local: 'office' },
  'passphrase.change': { agent: '', supervisor: 'office', local: 'office' },
  'apiToken.make': { agent: '', supervisor: 'office', local: '' },
  'apiToken.revoke': { agent: '', supervisor: 'office', local: '' },
  'identitySecret.make': { agent: '', supervisor: 'office', local: '' },
  'identitySecret.remove': { agent: '', supervisor: 'office', local: '' },
  'webhook.put': { agent: '', supervisor: 'office', local: '' },
  'webhook.remove': { agent: '', supervisor: 'office', local: '' },
  'webhook.pause': { agent: '', supervisor: 'office', local: '' },
  'webhook.rotate': { agent: '', supervisor: 'office', local: '' },
  'webhook.attempts': { agent: '', supervisor: 'office', local: '' },
  'webhook.resend': { agent: '', supervisor: 'office', local: '' },
  'webhook.test': { agent: '', supervisor: 'office', local: '' },
  'hubKey.rotate': { agent: '', supervisor: 'office', local: 'office' },
  'customer.erase': { agent: '', supervisor: 'office', local: '' },
  'audit.list': { agent: '', supervisor: 'office', local: '' },
  'audit.export': { agent: '', supervisor: 'office', local: '' },
  'cannedReply.put': { agent: 'own', supervisor: 'own office', local: '' },
  'cannedReply.remove': { agent: 'own', supervisor: 'own office', local: '' },
  'leftMessage.put': { agent: 'own group', supervisor: 'own group other', local: '' },
  'leftMessage.begin': { agent: 'own group', supervisor: 'own group other', local: '' },
  'leftMessage.reopen': { agent: 'own group', supervisor: 'own group other', local: '' },
  'leftMessage.done': { agent: 'own group', supervisor: 'own group other', local: '' },
};

test('the table speaks of every command there is, and of no other', () => {
  expect(Object.keys(commandsOfAgents).sort()).toEqual([...ops].sort());
  expect(Object.keys(expected).sort()).toEqual([...ops].sort());
});

for (const op of ops)
  for (const role of ['agent', 'supervisor', 'local'] as const)
    for (const relation of relations) {
      const may = expected[op]![role].split(' ').includes(relation);
      test(`${role} ${may ? 'may' : 'may not'} ${op} on ${relation}`, () => {
        expect(mayUse(commandsOfAgents[op].rights, role, relation)).toBe(may);
      });
    }

test('a customer can express no command of an agent, but for their own conversation', () => {
  const customerOps: string[] = customerCommand.options.map((option) => option.shape.op.value);
  expect(customerOps.filter((op) => (ops as string[]).includes(op))).toEqual([
    'message.send',
    'conversation.reopen',
    'conversation.earlier',
  ]);
});

/** Deliberately a second copy, too. */
const opsOfAssistants = ['message.send', 'conversation.handOver'];

test('an assistant may do what is listed, and over the wire nothing else of all that anybody may', async () => {
  expect(assistantCommand.options.map((option) => option.shape.op.value)).toEqual(opsOfAssistants);
  const customerOps: string[] = customerCommand.options.map((option) => option.shape.op.value);
  const others = [...new Set<string>([...ops, ...customerOps])].filter((op) => !opsOfAssistants.includes(op));
  const office = await TestHub.start({ limits: unlimited });
  const { client: fern, assistantId } = await office.assistant();
  const mei = await office.customer('Mei', { text: 'Hello' });
  const { conversationId } = mei.conversation;
  const { seq } = office.hub.state;
  // Every field there is, so that it is the name of the command that is refused.
  const fields = { conversationId, groupId: office.groupId, assistantId, agentId: assistantId, text: 'x', name: 'x' };
  for (const op of others) expect([op, fern.command({ op, ...fields }).code]).toEqual([op, 'unknownCommand']);
  expect(office.hub.state.seq).toBe(seq);
  for (const op of opsOfAssistants)
    expect(fern.command({ op, conversationId, text: 'x' }).code).not.toBe('unknownCommand');
});

/** Every command over the wire, by somebody with no right to it, against what others hold. */
test('over the wire: an agent of another group can do nothing to what is not theirs', async () => {
  const office = await TestHub.start();
  const boss = await office.supervisor();
  const { groupId } = boss.command({ op: 'group.put', name: 'Elsewhere' }).result;
  boss.leave();
  const eve = await office.agent('Eve', { groups: [{ groupId, priority: 1 }] });
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei', { text: 'private' });
  const { conversationId, offerId } = ana.conversation;
  const agentId = ana.welcome.agentId;
  const canned = { op: 'cannedReply.put', scope: 'own', shortcut: 'mine', text: 'private three' };
  const { cannedReplyId } = ana.command(canned).result;
  const left = { op: 'message.leave', name: 'Li', contact: '', groupId: office.groupId, text: 'private too' };
  const li = await office.customer('Li', null);
  const { leftMessageId } = li.command(left).result;
  const seenTo = li.command(left).result.leftMessageId;
  ana.command({ op: 'leftMessage.done', leftMessageId: seenTo });
  const max = await office.customer('Max', { text: 'private four' });
  const ended = max.conversation.conversationId;
  max.command({ op: 'conversation.leave' });
  const attempts: Record<string, object> = {
    'status.set': { status: 'busy', agentId },
    'reception.set': { automatic: true, agentId },
    'offer.accept': { offerId },
    'offer.decline': { offerId },
    'conversation.ack': { conversationId },
    'conversation.claim': { conversationId },
    'conversation.transfer': { conversationId, to: { agentId: eve.welcome.agentId } },
    'conversation.handBack': { conversationId },
    'conversation.close': { conversationId },
    'conversation.reopen': { conversationId: ended },
    'conversation.tag': { conversationId, tags: [] },
    'conversation.watch': { conversationId },
    'conversation.earlier': { conversationId, before: '1.1' },
    'conversation.trace': { conversationId },
    'conversation.find': { text: 'private', groupId: office.groupId, after: null, length: 10 },
    'conversation.read': { conversationId, endedAt: null },
    'message.send': { conversationId, text: 'hi' },
    'note.add': { conversationId, text: 'hi' },
    'customer.put': { conversationId, name: 'X' },
    'customer.block': { customerId: mei.welcome.customerId, forMs: null, address: false, note: '' },
    'customer.address': { customerId: mei.welcome.customerId },
    'block.lift': { blockId: 'block-1' },
    'wrapUp.done': { conversationId },
    'settings.update': { settings: {} },
    'group.put': { name: 'X' },
    'group.remove': { groupId },
    'agent.put': { name: 'X', role: 'supervisor', capacity: 1, groups: [] },
    'agent.remove': { agentId },
    'agent.code': { agentId },
    'agent.revoke': { agentId },
    'assistant.put': { name: 'X', groupIds: [] },
    'assistant.remove': { assistantId: 'assistant-x' },
    'assistant.token': { assistantId: 'assistant-x' },
    'assistant.revoke': { assistantId: 'assistant-x' },
    'device.revoke': { deviceId: ana.device },
    'join.answer': { joinId: 'join-1', accept: true },
    'office.put': { name: 'X' },
    'chatPage.put': { chatPage: chatPageDefault },
    'officeHours.put': { hours: null },
    'date.confirm': {},
    'office.backup': { passphrase: null },
    'passphrase.change': { old: 'x', new: 'y' },
    'apiToken.make': { name: 'Shop', scopes: ['messages:write'] },
    'apiToken.revoke': { tokenId: 'apiToken-1' },
    'identitySecret.make': {},
    'identitySecret.remove': { secretId: 'secret-1' },
    'webhook.put': { url: 'https://a.example/', events: ['agent.status'] },
    'webhook.remove': { webhookId: 'webhook-1' },
    'webhook.pause': { webhookId: 'webhook-1', paused: true },
    'webhook.rotate': { webhookId: 'webhook-1' },
    'webhook.attempts': { webhookId: 'webhook-1' },
    'webhook.resend': { webhookId: 'webhook-1', eventId: 'evt_1' },
    'webhook.test': { webhookId: 'webhook-1' },
    'hubKey.rotate': { finish: false },
    'customer.erase': { customerId: 'customer-x' },
    'audit.list': { before: null, length: 50 },
    'audit.export': {},
    'cannedReply.put': { cannedReplyId, scope: 'own', shortcut: 'x', text: 'x' },
    'cannedReply.remove': { cannedReplyId },
    'leftMessage.put': { leftMessageId, taken: true },
    'leftMessage.begin': { leftMessageId },
    'leftMessage.done': { leftMessageId },
    'leftMessage.reopen': { leftMessageId: seenTo, endedAt: office.clock.now() },
  };
  const ofOneselfOnly = new Set(['status.idle', 'status.afterThis']);
  for (const op of ops.filter((each) => !ofOneselfOnly.has(each))) {
    const answer = eve.command({ op, ...attempts[op] });
    expect([op, answer.type, answer.code]).toEqual([
      op,
      'refused',
      op === 'wrapUp.done' ? 'unknownWrapUp' : 'notAllowed',
    ]);
  }
  expect(eve.events('conversation.changed')).toEqual([]);
  expect(JSON.stringify(eve.frames)).not.toContain('private');
  expect(ana.conversation).toMatchObject({ stage: 'offered', offerId });
  expect(mei.said).toEqual(['(queued)', 'private']);
  const forced = ana.command({ op: 'conversation.claim', conversationId, force: true });
  expect(forced).toMatchObject({ type: 'refused', code: 'notAllowed', field: 'force' });
});
