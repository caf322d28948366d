import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { openHub } from '../../main/hub/open-hub';
import { type Disk, nodeDisk } from '../../main/hub/store/disk';
import { temporaryFolder } from '../support/folder';
import { createHandClock } from '../support/hand-clock';
import { RealCustomer } from '../support/headless';
import { passphrase, seededBytes } from '../support/hub';
import { openRealHub } from '../support/real-hub';
import { inProcessWriter } from './support/in-process-writer';

/** A real hub with real sockets, on a disk that is full while `full` is set. */
test('a full disk closes the hub to everybody; with room again it goes on behind the same address, nothing lost', async () => {
  let full = false;
  const disk: Disk = {
    ...nodeDisk,
    write(file, bytes, from) {
      if (full) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      return nodeDisk.write(file, bytes, from);
    },
  };
  const clock = createHandClock(1_800_000_000_000);
  const events: string[] = [];
  const note = (event: string) => void events.push(event);
  const log = { info: note, warn: note, error: note };
  const folder = temporaryFolder();
  const hub = await openRealHub(folder, {
    clock,
    randomBytes: seededBytes(5),
    log,
    startWriter: inProcessWriter(disk),
  });
  onTestFinished(() => hub.stop());
  const mei = new RealCustomer(hub.customerUrl, null);
  const { token } = await mei.until((frame) => frame.type === 'welcome');
  mei.send({ type: 'command', cid: 'c1', n: 1, op: 'conversation.open', name: 'Mei' });
  mei.send({ type: 'command', cid: 'c2', n: 2, op: 'message.send', text: 'kept' });
  await mei.until((frame) => frame.cid === 'c2');
  full = true;
  mei.send({ type: 'command', cid: 'c3', n: 3, op: 'message.send', text: 'too late' });
  await expect(mei.closed).resolves.toBe(4011);
  expect(mei.frames.some((frame) => frame.cid === 'c3')).toBe(false);
  await expect(new RealCustomer(hub.customerUrl, token as string).closed).resolves.toBe(4011);
  clock.advance(5_000);
  await new Promise((resolve) => setImmediate(resolve));
  full = false;
  for (let turn = 0; !events.includes('hub.revived') && turn < 10_000; turn += 1) {
    clock.advance(5_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(events).toContain('store.stillReadOnly');
  const again = new RealCustomer(hub.customerUrl, token as string);
  const welcome = await again.until((frame) => frame.type === 'welcome');
  expect(welcome.lastN).toBe(2);
  await again.until((frame) => frame.type === 'caughtUp');
  again.send({ type: 'command', cid: 'c3', n: 3, op: 'message.send', text: 'too late' });
  expect(await again.until((frame) => frame.cid === 'c3')).toMatchObject({ type: 'ack' });
  again.close();
});

/**
 * A real hub whose ids can't be made while `broken` is set: the command that needs one meets an error. While `shut` is
 * set a hub that has started can't be opened to anybody.
 */
async function breakable() {
  const state = { broken: false, shut: false };
  const seeded = seededBytes(6);
  const clock = createHandClock(1_800_000_000_000);
  const events: string[] = [];
  const note = (event: string) => void events.push(event);
  const folder = temporaryFolder();
  const hub = await openHub(
    {
      dataFolder: folder,
      host: '127.0.0.1',
      agentPort: 0,
      customerPort: 0,
      lan: null,
      pages: { workstation: folder, customer: folder },
      setup: { officeName: 'Test', supervisorName: 'Sam', passphrase },
      get sample() {
        if (state.shut) throw new Error('not now');
        return false;
      },
    },
    {
      clock,
      randomBytes(size) {
        if (state.broken) throw new Error('no bytes');
        return seeded(size);
      },
      log: { info: note, warn: note, error: note },
      startWriter: inProcessWriter(),
    },
    { scryptCost: 16 },
  );
  onTestFinished(() => hub.stop());
  const until = async (event: string, count: number) => {
    for (let turn = 0; events.filter((each) => each === event).length < count && turn < 10_000; turn += 1)
      await new Promise((resolve) => setImmediate(resolve));
    expect(events.filter((each) => each === event)).toHaveLength(count);
  };
  return { hub, state, clock, events, folder, until };
}

const openOf = (cid: string, n: number) => ({ type: 'command', cid, n, op: 'conversation.open', name: 'Mei' });

test('an error in a command: refused once, the hub goes on behind the same address, at once and then ever later', async () => {
  const { hub, state, clock, events, until } = await breakable();
  const mei = new RealCustomer(hub.customerUrl, null);
  const { token } = await mei.until((frame) => frame.type === 'welcome');
  state.broken = true;
  mei.send(openOf('c1', 1));
  await expect(mei.closed).resolves.toBe(4015);
  state.broken = false;
  await until('hub.revived', 1);
  const again = new RealCustomer(hub.customerUrl, token as string);
  await again.until((frame) => frame.type === 'caughtUp');
  // She had said nothing yet, so she is somebody new: her command is the same all the same.
  again.send(openOf('c1', 1));
  expect(await again.until((frame) => frame.cid === 'c1')).toMatchObject({ type: 'refused', code: 'internal' });
  state.broken = true;
  again.send(openOf('c2', 2));
  await expect(again.closed).resolves.toBe(4015);
  state.broken = false;
  await new Promise((resolve) => setImmediate(resolve));
  await expect(new RealCustomer(hub.customerUrl, token as string).closed).resolves.toBe(4015);
  expect(events.filter((event) => event === 'hub.revived')).toHaveLength(1);
  clock.advance(1_000);
  await until('hub.revived', 2);
  const third = new RealCustomer(hub.customerUrl, null);
  const welcome = await third.until((frame) => frame.type === 'caughtUp');
  expect(welcome).toBeDefined();
  third.send(openOf('c3', 1));
  expect(await third.until((frame) => frame.cid === 'c3')).toMatchObject({ type: 'ack' });
  third.close();
});

test('what is on the disk can’t be replayed after an error: the hub ends, and says what a person can choose', async () => {
  const { hub, state, folder, events } = await breakable();
  const mei = new RealCustomer(hub.customerUrl, null);
  await mei.until((frame) => frame.type === 'caughtUp');
  mei.send(openOf('c1', 1));
  await mei.until((frame) => frame.cid === 'c1');
  const journal = join(folder, 'journal', '000001.jsonl');
  const lines = readFileSync(journal, 'utf8').split('\n');
  lines[2] = lines[2]!.replace('"seq"', '"sek"');
  writeFileSync(journal, lines.join('\n'));
  state.broken = true;
  mei.send({ type: 'command', cid: 'c2', n: 2, op: 'message.leave', name: 'Mei', contact: 'x', text: 'call' });
  const why = await hub.ended;
  expect(why).toMatchObject({ code: 'damaged', damage: { file: 'journal/000001.jsonl', line: 3 } });
  expect(why.damage?.choices.length).toBeGreaterThan(0);
  expect(events).toContain('hub.ended');
});

test('a line that has said nothing before an error is closed with the others, and its person comes in by another', async () => {
  const { hub, state, until } = await breakable();
  const mei = new RealCustomer(hub.customerUrl, null);
  await mei.until((frame) => frame.type === 'caughtUp');
  const silent = new WebSocket(hub.customerUrl.replace('http:', 'ws:').replace('/chat', '/ws'));
  await once(silent, 'open');
  const closed = once(silent, 'close');
  state.broken = true;
  mei.send(openOf('c1', 1));
  await expect(mei.closed).resolves.toBe(4015);
  expect((await closed)[0]).toBe(4015);
  state.broken = false;
  await until('hub.revived', 1);
  const again = new RealCustomer(hub.customerUrl, null);
  await again.until((frame) => frame.type === 'caughtUp');
  again.close();
});

test('a hub that can’t be opened to anybody is over like one that could not start: the next one is', async () => {
  const { hub, state, clock, events, until } = await breakable();
  const mei = new RealCustomer(hub.customerUrl, null);
  await mei.until((frame) => frame.type === 'caughtUp');
  Object.assign(state, { broken: true, shut: true });
  mei.send(openOf('c1', 1));
  await mei.closed;
  state.broken = false;
  await until('hub.notRevived', 1);
  await expect(new RealCustomer(hub.customerUrl, null).closed).resolves.toBe(4015);
  state.shut = false;
  clock.advance(1_000);
  await until('hub.revived', 1);
  const again = new RealCustomer(hub.customerUrl, null);
  await again.until((frame) => frame.type === 'caughtUp');
  again.send(openOf('c2', 1));
  expect(await again.until((frame) => frame.cid === 'c2')).toMatchObject({ type: 'ack' });
  expect(events.filter((event) => event === 'hub.notRevived')).toHaveLength(1);
  again.close();
});
