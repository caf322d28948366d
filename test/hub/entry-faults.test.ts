import { expect, test } from 'vitest';
import { Faults } from '../../main/hub/loop/faults';
import { createHandClock } from '../support/hand-clock';
import { passphrase, TestHub } from '../support/hub';

/** Makes the next call of a method fail. */
function throwOnce<T extends object>(object: T, method: keyof T): void {
  const own = Object.getOwnPropertyDescriptor(object, method);
  Object.defineProperty(object, method, {
    configurable: true,
    value: () => {
      if (own) Object.defineProperty(object, method, own);
      else delete object[method];
      throw new Error('it went wrong');
    },
  });
}

async function office() {
  const hub = await TestHub.start();
  await hub.settings({ reception: { redirect: { enabled: true } } });
  const ana = await hub.online('Ana');
  const mei = await hub.customer('Mei', { text: 'Hello' });
  return { hub, ana, mei };
}

test('[TM1] what goes wrong while time passes ends the hub and not its process; the next one goes on from there', async () => {
  const { hub, ana, mei } = await office();
  throwOnce(hub.hub.state.threads, 'applyRouting');
  hub.advance(60_000);
  expect([hub.hub.closedBecause, ana.closed, mei.closed]).toEqual(['hubFault', 'hubFault', 'hubFault']);
  await hub.revive();
  const again = await ana.back();
  expect(again.conversation).toMatchObject({ customerName: 'Mei' });
  expect((await mei.back()).said).toContain('Hello');
});

test('what goes wrong when somebody goes, or comes, is not theirs: the hub is over, and they come back', async () => {
  const { hub, ana, mei } = await office();
  throwOnce(hub.hub.state.threads, 'applyRouting');
  ana.leave();
  expect([hub.hub.closedBecause, mei.closed]).toEqual(['hubFault', 'hubFault']);
  await hub.revive();
  throwOnce(hub.hub.state.threads, 'applyRouting');
  expect((await ana.back()).closed).toBe('hubFault');
  expect(hub.hub.closedBecause).toBe('hubFault');
  await hub.revive();
  expect((await ana.back()).frames.at(-1)?.type).toBe('caughtUp');
});

test('a first view that can’t be told costs its own line only, and its agent counts as gone', async () => {
  const { hub, ana, mei } = await office();
  throwOnce(hub.hub.fanOut.customers, 'snapshot');
  expect((await mei.back()).closed).toBe('hubFault');
  ana.leave();
  throwOnce(hub.hub.fanOut, 'snapshot');
  const again = await ana.back();
  expect([again.closed, hub.hub.closedBecause]).toEqual(['hubFault', null]);
  const { agents } = hub.hub.state.routing;
  expect(agents.get(ana.welcome.agentId)?.connected).toBe(false);
  expect((await ana.back()).closed).toBe(null);
  expect(hub.violations()).toEqual([]);
});

test('a signal that goes wrong costs its own line only', async () => {
  const { hub, ana, mei } = await office();
  throwOnce(hub.hub.fanOut.signals, 'fromCustomer');
  mei.send({ type: 'typing', on: true });
  expect([mei.closed, ana.closed, hub.hub.closedBecause]).toEqual(['hubFault', null, null]);
  expect(hub.log.find(({ event }) => event === 'line.fault')?.detail).toMatchObject({
    role: 'customer',
    kind: 'Error',
  });
});

test('an answer that can’t be handed over ends the hub: nobody knows what has left it', async () => {
  const { hub, ana, mei } = await office();
  hub.flushing = 'hand';
  const { cid, n } = mei.post({ op: 'message.send', text: 'kept' });
  throwOnce(hub.hub.outbox, 'release');
  hub.flush();
  expect([hub.hub.closedBecause, ana.closed, mei.answer(cid).type]).toEqual(['hubFault', 'hubFault', 'none']);
  hub.flushing = 'auto';
  await hub.revive();
  // It was on disk.
  const again = await mei.back();
  again.send({ type: 'command', cid, n, op: 'message.send', text: 'kept' });
  expect(again.answer(cid)).toMatchObject({ type: 'ack', dup: true });
});

test('supervisors are told how often the hub has started again, and when', async () => {
  const { hub } = await office();
  hub.hub.health.restarted(2, 1_800_000_000_000);
  const sam = await hub.supervisor();
  const restarted = { kind: 'restarted', count: 2, at: 1_800_000_000_000 };
  expect(sam.events('faults.changed').at(-1)).toMatchObject({ faults: [restarted] });
  hub.store.hold(['archive']);
  expect(sam.events('faults.changed').at(-1).faults).toHaveLength(2);
});

test('the first error is gone over at once, the next ones ever later, up to a minute; an hour of quiet ends the count', async () => {
  const clock = createHandClock(0);
  const faults = new Faults(clock);
  const pauses: number[] = [];
  for (let count = 0; count < 9; count += 1) {
    faults.note({ isFault: true, commands: [] });
    const startMs = clock.now();
    let over = false;
    void faults.pause().then(() => {
      over = true;
    });
    for (let turn = 0; turn < 1_000 && !over; turn += 1) {
      await Promise.resolve();
      await Promise.resolve();
      if (!over) clock.advance(1_000);
    }
    pauses.push(clock.now() - startMs);
  }
  expect(pauses).toEqual([0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  clock.advance(60 * 60_000 + 1);
  faults.note({ isFault: true, commands: [] });
  expect(faults.count).toBe(1);
  faults.note({ isFault: false, commands: [] });
  expect(faults.count).toBe(1);
});

test('what can’t be told is not recorded either: nobody who comes back meets it again', async () => {
  const { hub, mei } = await office();
  const lines = hub.store.disk.lines.length;
  throwOnce(hub.hub.fanOut, 'publish');
  const command = { op: 'message.send', text: 'a text that no view takes' };
  const { cid, n } = mei.post(command);
  expect([hub.hub.closedBecause, hub.store.disk.lines.length]).toEqual(['hubFault', lines]);
  await hub.revive();
  const again = await mei.back();
  expect(again.said).not.toContain(command.text);
  expect(again.repeat({ cid, n, ...command })).toMatchObject({ type: 'refused', code: 'internal' });
  expect(again.command({ op: 'message.send', text: 'another' })).toMatchObject({ type: 'ack' });
});

const newTab = { role: 'customer', token: null, language: 'en', deviceId: 'tab-new' };

test.each([
  ['hubFault', (hub: TestHub) => throwOnce(hub.hub.outbox, 'release')],
  ['hubStopping', (hub: TestHub) => hub.hub.stop()],
])(
  'who has not come in yet is sent away with everybody else (%s), and is not heard by what is over',
  async (name, end) => {
    const { hub, mei } = await office();
    const silent = [hub.connect('customer'), hub.connect('agent', '192.0.2.7')];
    // A passphrase takes a while to check: all but the first wait for their turn.
    const checked = ['a', 'b', 'c'].map((deviceId) => hub.connect('agent', `192.0.2.${deviceId}`));
    const auth = { kind: 'passphrase', passphrase };
    const answered = checked.map((line, index) =>
      line.hello({ role: 'agent', auth, deviceId: `device-${index}`, deviceLabel: 'test' }),
    );
    end(hub);
    mei.post({ op: 'message.send', text: 'the last word' });
    expect([...silent, ...checked].map(({ closed }) => closed)).toEqual([name, name, name, name, name]);
    await Promise.all(answered);
    const heard = mei.frames.length;
    await silent[0]!.hello(newTab);
    mei.send({ type: 'ping' });
    expect([silent[0]!.frames, mei.frames.length]).toEqual([[], heard]);
    expect(checked.flatMap(({ frames }) => frames)).toEqual([]);
  },
);

test('on a hub that is being ended nobody is heard, and what is still on its way to the disk is told', async () => {
  const { hub, mei } = await office();
  hub.flushing = 'hand';
  const { cid } = mei.post({ op: 'message.send', text: 'the last word' });
  hub.hub.stop();
  mei.send({ type: 'ping' });
  expect(mei.closed).toBe(null);
  hub.flush();
  expect([mei.answer(cid).type, mei.closed]).toEqual(['ack', 'hubStopping']);
  expect(mei.frames.some(({ type }) => type === 'pong')).toBe(false);
});

test('a device that waits for a supervisor’s word waits for no hub that is over: it asks the next one', async () => {
  const { hub } = await office();
  const sam = await hub.supervisor();
  const { code } = sam.command({ op: 'agent.code', agentId: hub.agentId('Ana') }).result;
  const ask = async () => hub.agentWith({ kind: 'code', code }, 'device-far', '192.0.2.7');
  const waiting = await ask();
  expect([waiting.frames, waiting.closed]).toEqual([[{ type: 'joinWaiting' }], null]);
  throwOnce(hub.hub.outbox, 'release');
  sam.command({ op: 'status.set', status: 'online' });
  expect([waiting.closed, hub.hub.entrance.joins.views()]).toEqual(['hubFault', []]);
  await hub.revive();
  const again = await ask();
  expect(again.frames).toEqual([{ type: 'joinWaiting' }]);
  const [join, ...others] = (await sam.back()).events('joins.changed').at(-1).joins;
  expect([join.address, others]).toEqual(['192.0.2.7', []]);
});

test('a device that is turned away while it waits for a supervisor’s word is not asked about any more', async () => {
  const { hub } = await office();
  const sam = await hub.supervisor();
  const { code } = sam.command({ op: 'agent.code', agentId: hub.agentId('Ana') }).result;
  const waiting = await hub.agentWith({ kind: 'code', code }, 'device-far', '192.0.2.7');
  expect(sam.events('joins.changed').at(-1).joins).toHaveLength(1);
  waiting.raw('not a frame');
  expect(waiting.closed).toBe('badFrame');
  expect(sam.events('joins.changed').at(-1).joins).toEqual([]);
});

test('a device that leaves while its passphrase is being checked is not asked about', async () => {
  const { hub } = await office();
  const far = hub.connect('agent', '192.0.2.7');
  const hello = { type: 'hello', proto: 1, since: null, lastN: 0, role: 'agent', deviceLabel: 'test' };
  far.send({ ...hello, auth: { kind: 'passphrase', passphrase }, deviceId: 'device-far' });
  far.leave();
  // Checked after it.
  const near = await hub.supervisor();
  expect([near.events('joins.changed').at(-1).joins, far.frames]).toEqual([[], []]);
});
