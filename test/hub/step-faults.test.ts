import { expect, test } from 'vitest';
import type { HubState } from '../../main/hub/state/hub-state';
import { replayRecord } from '../../main/hub/state/hub-state';
import { parseRecord } from '../../main/hub/state/message-record';
import { type HubEvent, hubEvent, hubRecord } from '../../main/hub/state/records';
import { saveState, startingState } from '../../main/hub/state/saved-state';
import { agentCommand } from '../../shared/protocol/agent-wire';
import { chatPageDefault } from '../../shared/protocol/chat-page';
import { customerCommand } from '../../shared/protocol/customer-wire';
import { canonicalJson } from '../support/canonical-json';
import { type TestClient, TestHub } from '../support/hub';
import { answering } from '../support/webhook-receiver';

/** What the hub knows, but for what is no record's: it is told by them alone. */
const known = (state: HubState) => canonicalJson(saveState(state));

function replayed(office: TestHub): string {
  const state = startingState({ state: null, config: null }, office.limits);
  for (const line of office.store.disk.lines) replayRecord(state, hubRecord.parse(parseRecord(line)), 0);
  return known(state);
}

const parts = [
  'routing',
  'config',
  'customers',
  'threads',
  'missedRings',
  'leftMessages',
  'uploads',
  'traces',
  'answers',
  'audit',
  'webhooks',
] as const;

interface Trap {
  looks: number;
  events: number;
}

/** Counts how often a part of the state is looked at, and the core's events; what comes up to its number throws once. */
function trap(state: HubState, { looks, events }: Trap): Trap {
  const counted = { looks: 0, events: 0 };
  const look = () => {
    counted.looks += 1;
    if (counted.looks === looks) throw new Error('a look went wrong');
  };
  const { routing } = state;
  for (const part of parts) {
    const value = state[part];
    Object.defineProperty(state, part, {
      get: () => {
        look();
        return value;
      },
      configurable: true,
    });
  }
  let { eventCount } = routing;
  Object.defineProperty(routing, 'eventCount', {
    get: () => eventCount,
    set: (next: number) => {
      counted.events += 1;
      if (counted.events === events) throw new Error('an event went wrong');
      eventCount = next;
    },
  });
  return counted;
}

const nothing: Trap = { looks: 0, events: 0 };

interface Scene {
  office: TestHub;
  sam: TestClient;
  ana: TestClient;
  mei: TestClient;
  li: TestClient;
  /** By command: what somebody sends who may. */
  bodies: Record<string, [TestClient, object]>;
}

/** An office in the middle of its day, in which every command has something to do. */
async function scene(): Promise<Scene> {
  const office = await TestHub.start({ post: answering(204) });
  const ana = await office.online('Ana');
  const bob = await office.online('Bob');
  const sam = await office.supervisor();
  sam.command({ op: 'office.put', tags: ['refund'] });
  sam.command({ op: 'settings.update', settings: { wrapUpSeconds: 60 } });
  sam.command({ op: 'status.set', agentId: bob.welcome.agentId, status: 'busy' });
  const mei = await office.customer('Mei', { text: 'first' });
  const offer = ana.conversation.offerId;
  ana.command({ op: 'offer.accept', offerId: offer });
  const { conversationId } = ana.conversation;
  ana.command({ op: 'message.send', conversationId, text: 'How can I help?' });
  const kim = await office.customer('Kim', { text: 'soon rated' });
  const { conversationId: toRate, offerId: kims } = ana.conversations.find((each) => each.customerName === 'Kim')!;
  ana.command({ op: 'offer.accept', offerId: kims });
  kim.command({ op: 'conversation.leave' });
  const li = await office.customer('Li', { text: 'second' });
  const second = ana.conversations.find((each) => each.customerName === 'Li')!;
  const { offerId } = second as unknown as { offerId: string };
  const canned = sam.command({ op: 'cannedReply.put', scope: 'shared', shortcut: 'hi', text: 'Hello' }).result;
  const later = await office.customer('Lou', null);
  const left = { op: 'message.leave', name: 'Lou', contact: 'x', groupId: office.groupId, text: 'call me' };
  const { leftMessageId } = later.command(left).result;
  const max = await office.customer('Max', { text: 'soon over' });
  const ended = max.conversation.conversationId;
  max.command({ op: 'conversation.leave' });
  const seenTo = max.command({ ...left, name: 'Max' }).result.leftMessageId;
  ana.command({ op: 'leftMessage.done', leftMessageId: seenTo });
  const agentId = bob.welcome.agentId as string;
  const { groupId } = sam.command({ op: 'group.put', name: 'Elsewhere' }).result;
  const customerId = mei.welcome.customerId as string;
  const { tokenId } = sam.command({ op: 'apiToken.make', name: 'Shop', scopes: ['messages:write'] }).result;
  const hook = { url: 'https://a.invalid/', events: ['agent.status'] };
  const { webhookId } = sam.command({ op: 'webhook.put', ...hook }).result;
  const { secretId } = sam.command({ op: 'identitySecret.make' }).result;
  const { assistantId } = sam.command({ op: 'assistant.put', name: 'Fern', groupIds: [groupId] }).result;
  const bodies: Scene['bodies'] = {
    'status.set': [ana, { status: 'busy' }],
    'status.idle': [ana, {}],
    'status.afterThis': [ana, { status: 'busy' }],
    'reception.set': [ana, { automatic: true }],
    'offer.accept': [ana, { offerId }],
    'offer.decline': [ana, { offerId }],
    'conversation.ack': [ana, { conversationId }],
    'conversation.claim': [ana, { conversationId: second.conversationId }],
    'conversation.transfer': [ana, { conversationId, to: { groupId: office.groupId } }],
    'conversation.handBack': [ana, { conversationId }],
    'conversation.close': [ana, { conversationId }],
    'conversation.reopen': [ana, { conversationId: ended }],
    'conversation.tag': [ana, { conversationId, tags: ['refund'] }],
    'conversation.watch': [sam, { conversationId }],
    'conversation.earlier': [ana, { conversationId, before: '999999.1' }],
    'conversation.trace': [sam, { conversationId }],
    'conversation.find': [ana, { text: 'first', after: null, length: 10 }],
    'conversation.read': [ana, { conversationId, endedAt: null }],
    'message.send': [ana, { conversationId, text: 'One moment' }],
    'note.add': [ana, { conversationId, text: 'a note' }],
    'customer.put': [ana, { conversationId, name: 'Mei Lin' }],
    'wrapUp.done': [ana, { conversationId }],
    'settings.update': [sam, { settings: { wrapUpSeconds: 30 } }],
    'group.put': [sam, { name: 'Third' }],
    'group.remove': [sam, { groupId, moveTo: office.groupId }],
    'agent.put': [sam, { name: 'Cy', role: 'agent', capacity: 1, groups: [] }],
    'agent.remove': [sam, { agentId }],
    'agent.code': [sam, { agentId }],
    'agent.revoke': [sam, { agentId }],
    'assistant.put': [sam, { name: 'Moss', groupIds: [office.groupId] }],
    'assistant.remove': [sam, { assistantId }],
    'assistant.token': [sam, { assistantId }],
    'assistant.revoke': [sam, { assistantId }],
    'device.revoke': [sam, { deviceId: bob.device }],
    'join.answer': [sam, { joinId: 'join-1', accept: true }],
    'office.put': [sam, { name: 'Renamed' }],
    'chatPage.put': [sam, { chatPage: { ...chatPageDefault, words: { en: { 'form.intro': 'Hi' }, zh: {} } } }],
    'officeHours.put': [sam, { hours: null }],
    'date.confirm': [sam, {}],
    'apiToken.make': [sam, { name: 'Stock', scopes: ['customers:read'] }],
    'apiToken.revoke': [sam, { tokenId }],
    'identitySecret.make': [sam, {}],
    'identitySecret.remove': [sam, { secretId }],
    'webhook.put': [sam, { url: 'https://b.invalid/', events: ['agent.status'] }],
    'webhook.remove': [sam, { webhookId }],
    'webhook.pause': [sam, { webhookId, paused: true }],
    'webhook.rotate': [sam, { webhookId }],
    'webhook.attempts': [sam, { webhookId }],
    'webhook.resend': [sam, { webhookId, eventId: 'evt_1' }],
    'webhook.test': [sam, { webhookId }],
    'hubKey.rotate': [sam, { finish: false }],
    'office.backup': [sam, { passphrase: null }],
    'customer.block': [sam, { customerId, forMs: null, address: false, note: '' }],
    'customer.address': [sam, { customerId }],
    'block.lift': [sam, { blockId: 'block-1' }],
    'passphrase.change': [sam, { old: 'x', new: 'another correct horse battery' }],
    'customer.erase': [sam, { customerId }],
    'audit.list': [sam, { before: null, length: 50 }],
    'audit.export': [sam, {}],
    'cannedReply.put': [ana, { scope: 'own', shortcut: 'mine', text: 'x' }],
    'cannedReply.remove': [sam, { cannedReplyId: canned.cannedReplyId }],
    'leftMessage.put': [ana, { leftMessageId, taken: true, note: 'a note' }],
    'leftMessage.begin': [ana, { leftMessageId }],
    'leftMessage.done': [ana, { leftMessageId }],
    'leftMessage.reopen': [ana, { leftMessageId: seenTo, endedAt: office.clock.now() }],
    'customer conversation.open': [later, { name: 'Lou', text: 'third' }],
    'customer message.send': [mei, { text: 'And then?' }],
    'customer conversation.handOver': [mei, {}],
    'customer conversation.leave': [mei, {}],
    'customer conversation.reopen': [max, {}],
    'customer conversation.rate': [kim, { conversationId: toRate, score: 4, comment: 'quick' }],
    'customer conversation.past': [kim, { endedAt: null }],
    'customer message.leave': [li, { contact: 'x', text: 'call me', groupId: office.groupId }],
    'customer conversation.earlier': [mei, { before: '999999.1' }],
  };
  for (const client of [sam, ana, mei, li]) client.clear();
  return { office, sam, ana, mei, li, bodies };
}

const ops = [
  ...agentCommand.options.map((option) => option.shape.op.value as string),
  ...customerCommand.options.map((option) => `customer ${option.shape.op.value}`),
];

const opOf = (name: string) => name.replace('customer ', '');

/** What is answered by the line that waits for it, sooner or later. */
async function answered(office: TestHub, client: TestClient, cid: string) {
  for (let turn = 0; turn < 100_000 && client.answer(cid).type === 'none' && client.closed === null; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    office.flush();
  }
  return client.answer(cid);
}

/** A command, and everything that has to hold when something in the middle of it goes wrong once. */
async function failsOnce(name: string, set: Trap, usual: string): Promise<void> {
  const { office, sam, ana, mei, bodies } = await scene();
  const [client, body] = bodies[name]!;
  const first = office.hub;
  trap(first.state, set);
  const op = opOf(name);
  const command = { ...client.post({ op, ...body }), op, ...body };
  const answer = await answered(office, client, command.cid);
  if (first.closedBecause === null) {
    // What only reads fails by itself: one refusal, and everybody else works on.
    expect([answer.type, ['internal', 'searchFailed'].includes(answer.code)], answer.code).toEqual(['refused', true]);
    expect([sam, ana, mei].map((each) => each.closed)).toEqual([null, null, null]);
    return;
  }
  expect(first.closedBecause).toBe('hubFault');
  // Some of them for what the command had them closed for, when that was done.
  for (const each of [sam, ana, mei]) expect(each.closed).toMatch(/^(hubFault|newEpoch|blocked)$/);
  const { kind, ops: blamed } = office.log.find(({ event }) => event === 'hub.fault')!.detail;
  expect(kind).toBe('Error');
  expect(JSON.stringify(office.log)).not.toContain('went wrong');
  await office.revive();
  expect(known(office.hub.state)).toBe(replayed(office));
  const again = await client.back();
  const wasRecorded = again.welcome.lastN === command.n;
  again.repeat(command);
  const repeated = await answered(office, again, command.cid);
  // Not done, and not tried again; or done before anything went wrong.
  if (wasRecorded) expect(repeated.code ?? repeated.type).toBe(usual);
  else if (blamed.includes(op)) expect(repeated.code).toBe('internal');
  expect(again.repeat(command)).toMatchObject({ type: repeated.type, ...(wasRecorded ? { dup: true } : {}) });
  expect(office.hub.closedBecause).toBe(null);
  for (const each of name === 'customer.block' ? [sam, ana] : [sam, ana, mei])
    expect((await each.back()).frames.at(-1)?.type).toBe('caughtUp');
  const next = await answered(office, again, again.post({ op, ...body }).cid);
  expect([next.type, next.code]).not.toEqual(['refused', 'internal']);
  expect(known(office.hub.state)).toBe(replayed(office));
}

for (const name of ops)
  test(`${name}: what goes wrong in it is one refusal, and memory stays what the journal says`, async () => {
    const { office, bodies } = await scene();
    const [client, body] = bodies[name]!;
    const counted = trap(office.hub.state, nothing);
    const { cid } = client.post({ op: opOf(name), ...body });
    const { type, code } = await answered(office, client, cid);
    const usual = code ?? type;
    expect(usual).not.toMatch(/^(invalid|commandInvalid|notAllowed|none)$/);
    const { looks, events } = { ...counted };
    expect(looks).toBeGreaterThan(0);
    for (const at of new Set([1, Math.ceil(looks / 2), looks])) await failsOnce(name, { looks: at, events: 0 }, usual);
    for (const at of new Set([Math.min(1, events), events]))
      if (at > 0) await failsOnce(name, { looks: 0, events: at }, usual);
  });

const hubEvents = hubEvent.options.map((option) => option.shape.type.value as string);

test.each(hubEvents)('an event of the hub that can’t be applied (%s) ends it, and is on no disk', async (type) => {
  const office = await TestHub.start();
  const mei = await office.customer('Mei', { text: 'kept' });
  const lines = office.store.disk.lines.length;
  const event = new Proxy({ type } as HubEvent, {
    get(_target, field) {
      if (field === 'type') return type;
      throw new Error('it can’t be read');
    },
  });
  expect(() => office.hub.step((step) => step.add(event))).toThrow('starts again');
  expect([office.hub.closedBecause, mei.closed, office.store.disk.lines.length]).toEqual([
    'hubFault',
    'hubFault',
    lines,
  ]);
  await office.revive();
  expect(known(office.hub.state)).toBe(replayed(office));
  expect((await mei.back()).said).toContain('kept');
});
