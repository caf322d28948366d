import { expect, test } from 'vitest';
import { TestHub } from '../support/hub';

const from = '203.0.113.7';
const dayMs = 24 * 60 * 60_000;
const publicUrl = new URL('https://chat.example.com');

/** Ana serves Mei, who writes from `from`; Olga supervises, who serves nobody. */
async function serving() {
  const office = await TestHub.start();
  const olga = await office.agent('Olga', { role: 'supervisor', groups: [] });
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei', { text: 'spam' }, {}, from);
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  return { office, olga, ana, mei, customerId: mei.welcome.customerId as string };
}

const block = (customerId: string, fields: object = {}) => ({
  op: 'customer.block',
  customerId,
  forMs: dayMs,
  address: false,
  note: 'the same advertisement',
  ...fields,
});

const recordsOf = (office: TestHub) => office.store.disk.lines.length;

test('who serves a customer may block them: what is open ends with a word of it, and supervisors know', async () => {
  const { office, olga, ana, mei, customerId } = await serving();
  const { blockId } = ana.command(block(customerId)).result;
  expect(mei.said).toEqual(['(queued)', 'spam', '(joined)', '(blocked)', '(endedBySystem)']);
  expect(mei.closed).toBe('blocked');
  expect(ana.conversations).toEqual([]);
  const by = { agentId: ana.welcome.agentId, name: 'Ana' };
  const at = office.clock.now();
  const view = { blockId, customerId, customerName: 'Mei', address: null, note: 'the same advertisement', by, at };
  expect(olga.events('blocks.changed').at(-1).blocks).toEqual([{ ...view, until: at + dayMs }]);
  expect(ana.events('blocks.changed')).toEqual([]);
  expect(office.violations()).toEqual([]);
});

test('a blocked customer is refused by their token, from wherever they come, and nothing of it is recorded', async () => {
  const { office, ana, mei, customerId } = await serving();
  ana.command(block(customerId));
  const before = recordsOf(office);
  for (const address of [from, '198.51.100.1']) {
    const again = await office.customer('Mei', null, { token: mei.welcome.token, deviceId: 'other' }, address);
    expect(again.frames).toMatchObject([{ type: 'refused', cid: 'hello', code: 'blocked' }]);
    expect(JSON.stringify(again.frames)).not.toMatch(/Ana|advertisement/);
    expect(again.closed).toBe('blocked');
  }
  expect(recordsOf(office)).toBe(before);
  // Without the address, another browser there is another customer.
  expect((await office.customer('Li', null, {}, from)).closed).toBeNull();
});

test('with the address everybody there is shut out: an IPv6 one as its /64', async () => {
  const { office, ana } = await serving();
  ana.command({ op: 'status.set', status: 'busy' });
  const spammer = await office.customer('Bot', { text: 'spam' }, {}, '2001:db8:1:2::9');
  const near = await office.customer('Near', { text: 'hello' }, {}, '2001:db8:1:2:ffff::1');
  const far = await office.customer('Far', { text: 'hello' }, {}, '2001:db8:1:3::9');
  const { customerId } = spammer.welcome;
  const olga = await office.supervisor();
  const where = olga.command({ op: 'customer.address', customerId }).result;
  expect(where).toEqual({ address: '2001:db8:1:2::/64', others: 1 });
  expect(ana.command(block(customerId, { address: true }))).toMatchObject({ code: 'notAllowed' });
  expect(olga.command(block(customerId, { address: true })).type).toBe('ack');
  expect([spammer.closed, near.closed, far.closed]).toEqual(['blocked', 'blocked', null]);
  expect(near.said).toContain('(blocked)');
  expect((await office.customer('New', null, {}, '2001:db8:1:2:3::4')).closed).toBe('blocked');
  expect((await office.customer('New', null, {}, '2001:db8:1:4::4')).closed).toBeNull();
});

test('an agent blocks an address only while nobody else is connected from there; a supervisor always may', async () => {
  const { office, olga, ana, mei, customerId } = await serving();
  const bob = await office.online('Bob');
  ana.command({ op: 'status.set', status: 'busy' });
  const li = await office.customer('Li', { text: 'hello' }, {}, from);
  bob.command({ op: 'offer.accept', offerId: bob.conversation.offerId });
  const refusal = { code: 'addressShared', field: 'address' };
  expect(ana.command(block(customerId, { address: true }))).toMatchObject(refusal);
  expect([mei.closed, li.closed, bob.conversation.stage]).toEqual([null, null, 'active']);
  li.leave();
  expect(ana.command(block(customerId, { address: true })).type).toBe('ack');
  olga.command({ op: 'block.lift', blockId: [...office.hub.state.config.blocks.keys()][0] });
  const again = await office.customer('Mei', null, { token: mei.welcome.token, deviceId: 'again' }, from);
  const back = await office.customer('Li', null, { token: li.welcome.token, deviceId: 'back' }, from);
  expect(olga.command(block(customerId, { address: true })).type).toBe('ack');
  expect([again.closed, back.closed]).toEqual(['blocked', 'blocked']);
});

test('the hub’s own addresses and its proxies’ are never blocked, nor where nobody is connected from', async () => {
  const { office, ana, mei, customerId } = await serving();
  const here = await office.customer('Here', { text: 'hi' }, {}, '127.0.0.1');
  const olga = await office.supervisor();
  const refusal = { code: 'addressUnknown', field: 'address' };
  const of = (id: string) => olga.command({ op: 'customer.address', customerId: id }).result;
  expect(of(here.welcome.customerId)).toEqual({ address: null, others: 0 });
  expect(olga.command(block(here.welcome.customerId, { address: true }))).toMatchObject(refusal);
  office.hub.whereabouts.proxies = { publicUrl, trustedProxies: [from] };
  expect(of(customerId)).toEqual({ address: null, others: 0 });
  // A proxy that is not told of: everybody's address is its own.
  office.hub.whereabouts.proxies = { publicUrl, trustedProxies: [] };
  expect(of(customerId)).toEqual({ address: null, others: 0 });
  expect(olga.command(block(customerId, { address: true }))).toMatchObject(refusal);
  office.hub.whereabouts.proxies = { publicUrl: null, trustedProxies: [] };
  expect(of(customerId)).toEqual({ address: from, others: 0 });
  mei.leave();
  expect(ana.command(block(customerId, { address: true }))).toMatchObject(refusal);
  expect([here.closed, [...office.hub.state.config.blocks]]).toEqual([null, []]);
});

test('it runs out by itself at its time, also while the hub is down; one for good does not', async () => {
  const { office, olga, ana, mei, customerId } = await serving();
  ana.command(block(customerId, { forMs: 60 * 60_000 }));
  const li = await office.customer('Li', { text: 'spam' }, {}, from);
  await office.supervisor('device-olga-2').then((sam) => sam.command(block(li.welcome.customerId, { forMs: null })));
  office.advance(60 * 60_000 - 1);
  const come = (client: typeof mei, in_ = office) =>
    in_.customer('x', null, { token: client.welcome.token, deviceId: 'again' }, from);
  expect((await come(mei)).closed).toBe('blocked');
  office.advance(1);
  expect(olga.events('blocks.changed').at(-1).blocks).toMatchObject([{ customerName: 'Li', until: null }]);
  expect((await come(mei)).closed).toBeNull();
  const next = await office.restart(400 * dayMs);
  expect((await come(li, next)).closed).toBe('blocked');
  const short = await next.customer('Short', { text: 'x' }, {}, from);
  const sam = await next.supervisor();
  sam.command(block(short.welcome.customerId));
  const later = await next.restart(2 * dayMs);
  expect((await come(short, later)).closed).toBeNull();
  expect((await later.supervisor()).events('blocks.changed').at(-1).blocks).toMatchObject([{ customerName: 'Li' }]);
});

test('a supervisor ends it; blocking again takes the place of the first; who is erased is not blocked any more', async () => {
  const { office, olga, mei, customerId } = await serving();
  const first = olga.command(block(customerId)).result.blockId;
  const second = olga.command(block(customerId, { forMs: null })).result.blockId;
  expect(olga.command({ op: 'block.lift', blockId: first })).toMatchObject({ code: 'unknownBlock' });
  expect(olga.command({ op: 'block.lift', blockId: second }).type).toBe('ack');
  const back = await office.customer('Mei', null, { token: mei.welcome.token }, from);
  expect(back.closed).toBeNull();
  olga.command(block(customerId));
  office.hub.step((step) => step.add({ type: 'customer.erased', customerId, attachmentIds: [] }));
  office.flush();
  expect(olga.events('blocks.changed').at(-1).blocks).toEqual([]);
  expect(await olga.asked(block(customerId))).toMatchObject({ code: 'unknownCustomer' });
});

test('both ways are in the audit log, which names nobody', async () => {
  const { olga, customerId } = await serving();
  const { blockId } = olga.command(block(customerId, { address: true })).result;
  olga.command({ op: 'block.lift', blockId });
  const { entries } = (await olga.asked({ op: 'audit.list', before: null, length: 2 })).result;
  expect(entries).toMatchObject([
    { action: 'block.lift', subject: customerId, by: { name: 'Olga' } },
    {
      action: 'customer.block',
      subject: customerId,
      changes: [{ field: 'until', before: null }, { field: 'withAddress' }],
    },
  ]);
  expect(JSON.stringify(entries)).not.toMatch(/Mei|advertisement|203\.0/);
});
