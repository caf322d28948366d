import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultLimits } from '../../main/hub/limits';
import { startHub } from '../../main/hub/start-hub';
import type { PastCustomer } from '../../main/hub/state/records';
import { CustomerFiles, findPast } from '../../main/hub/store/customer-files';
import { nodeDisk } from '../../main/hub/store/disk';
import { FileStore } from '../../main/hub/store/file-store';
import { restoreBackup } from '../../main/hub/store/restore-backup';
import { verifyFolder, verifyOnDisk } from '../../main/hub/store/verify-folder';
import { temporaryFolder } from '../support/folder';
import { createHandClock } from '../support/hand-clock';
import { passphrase, seededBytes } from '../support/hub';
import { inProcessWriter } from './support/in-process-writer';
import { seededRandom } from './support/lived';
import { MemoryDisk } from './support/memory-disk';

const november = Date.UTC(2026, 10, 20, 12);
const dayMs = 24 * 60 * 60_000;

function past(number: number, seenAt = november, name = `Guest ${number}`): PastCustomer {
  // Two share each file.
  const tokenHash = `${String(Math.floor(number / 2)).padStart(2, '0')}${String(number).padStart(62, '0')}`;
  const devices: PastCustomer['devices'] = [['tab', 3, [[3, { seq: 9, answer: { kind: 'ack', cid: 'c3' } }]]]];
  const times = { firstSeenAt: seenAt, seenAt, endedAt: null, endedCount: 0 };
  const said = { name, contact: `secret ${number}`, language: 'en' as const, ...times };
  return { tokenHash, customerId: `customer-${number}`, ...said, devices, lastReceptionist: null };
}

const found = (disk: MemoryDisk, { tokenHash }: PastCustomer) => findPast(disk, '/data', { tokenHash });
const texts = (disk: MemoryDisk) => disk.paths().map((path) => `${path} ${disk.peek(path)}`);
const customers = (...numbers: number[]) => numbers.map((number) => past(number));

test('found by token and by id, as they were when they left last', () => {
  const disk = new MemoryDisk();
  const files = new CustomerFiles(disk, '/data');
  files.add(customers(1, 2, 3));
  files.add([past(2, november + 1, 'Renamed'), past(3, november + 20 * dayMs, 'In December')]);
  expect(found(disk, past(1))).toEqual(past(1));
  expect(found(disk, past(2))?.name).toBe('Renamed');
  expect(findPast(disk, '/data', { customerId: 'customer-3' })?.name).toBe('In December');
  expect(found(disk, past(4))).toBeNull();
  expect(findPast(disk, '/data', { customerId: 'customer' })).toBeNull();
  expect(disk.paths().filter((path) => path.startsWith('/data/customers/') && path.endsWith('.jsonl'))).toHaveLength(3);
});

test('what another wrote into their own name leads to nobody', () => {
  const disk = new MemoryDisk();
  const [mei, li] = [past(2), { ...past(3), name: `","tokenHash":"${past(5).tokenHash}` }];
  new CustomerFiles(disk, '/data').add([mei, li]);
  expect(found(disk, { ...past(5), tokenHash: past(5).tokenHash.replace(/^../, '01') })).toBeNull();
  expect(found(disk, li)).toEqual(li);
});

test.each(['EIO', 'ENOSPC', 'short'] as const)(
  'a disk that fails (%s) at any call: whoever was said to be written is there for good',
  (fault) => {
    for (let place = 1; ; place += 1) {
      const disk = new MemoryDisk();
      const files = new CustomerFiles(disk, '/data');
      files.add(customers(0, 2));
      const last = disk.calls + place;
      let failed = false;
      disk.fault = (_call, number) => {
        if (number !== last) return null;
        failed = true;
        return fault;
      };
      let done = true;
      try {
        files.add(customers(1, 5));
      } catch {
        done = false;
      }
      if (!failed) return expect(place).toBeGreaterThan(15);
      if (done)
        expect(customers(1, 5).map((each) => found(disk.cutPower(seededRandom(place)), each)?.name)).toEqual([
          'Guest 1',
          'Guest 5',
        ]);
      // The next one has files of its own; a process that goes on keeps them.
      for (const again of [files, new CustomerFiles(disk, '/data')]) again.add(customers(1, 5));
      for (const left of [disk, disk.kill(), disk.cutPower(seededRandom(place))])
        expect(customers(0, 1, 2, 5).map((each) => found(left, each)?.contact)).toEqual(
          [0, 1, 2, 5].map((number) => `secret ${number}`),
        );
    }
  },
);

test('cut short before any call: those who were written before are there, and nothing is in the way of the next', () => {
  for (let place = 0, isOver = false; !isOver; place += 1) {
    const disk = new MemoryDisk();
    new CustomerFiles(disk, '/data').add(customers(0, 2));
    const last = disk.calls + place;
    disk.fault = (_call, number) => {
      if (number > last) throw new Error('the process is gone');
      return null;
    };
    try {
      new CustomerFiles(disk, '/data').add(customers(1, 3));
      isOver = true;
    } catch {
      // Killed.
    }
    for (const left of [disk.kill(), disk.cutPower(seededRandom(place))]) {
      expect(found(left, past(0))?.name).toBe('Guest 0');
      new CustomerFiles(left, '/data').add(customers(1, 3));
      const after = left.cutPower(seededRandom(place + 1));
      expect(customers(0, 1, 2, 3).map((each) => found(after, each)?.name)).not.toContain(undefined);
    }
  }
});

test('a line that was cut short is nobody’s, and goes with the next one', () => {
  const disk = new MemoryDisk();
  new CustomerFiles(disk, '/data').add(customers(2));
  const path = '/data/customers/2026-11/01.jsonl';
  disk.spoil(path, Buffer.concat([disk.peek(path)!, Buffer.from(JSON.stringify(past(3)).slice(0, 120))]));
  expect(found(disk, past(3))).toBeNull();
  expect(verifyOnDisk(disk, '/data').problems).toEqual(['There is no hub.json.']);
  new CustomerFiles(disk, '/data').add(customers(3));
  expect([found(disk, past(2)), found(disk, past(3))]).toEqual(customers(2, 3));
  disk.spoil(path, Buffer.from(String(disk.peek(path)).replace('"seenAt"', '"seenXX"')));
  expect(verifyOnDisk(disk, '/data').problems).toContain('customers/2026-11/01.jsonl: not readable: 1 line');
});

test('erased: no file has them, the others are there; cut short anywhere, it is done when asked again', () => {
  for (let place = 0, isOver = false; !isOver; place += 1) {
    const disk = new MemoryDisk();
    const files = new CustomerFiles(disk, '/data');
    files.add([...customers(0, 1, 2, 3), past(1, november + 30 * dayMs)]);
    const last = disk.calls + place;
    disk.fault = (_call, number) => (number > last ? 'EIO' : null);
    try {
      files.erase(new Set(['customer-1', 'customer-3']));
      isOver = true;
    } catch {
      // Asked again below.
    }
    for (const left of [disk.kill(), disk.cutPower(seededRandom(place))]) {
      if (!isOver) new CustomerFiles(left, '/data').erase(new Set(['customer-1', 'customer-3']));
      for (const after of [left, left.cutPower(seededRandom(place))]) {
        expect(texts(after).join()).not.toMatch(/secret [13]/);
        expect([found(after, past(0)), found(after, past(2))]).toEqual(customers(0, 2));
      }
    }
  }
});

test('expired by when anything of them last happened: whole months, and lines of the last one', () => {
  const disk = new MemoryDisk();
  const files = new CustomerFiles(disk, '/data');
  const ended = { ...past(4, november), endedAt: november + 10 * dayMs };
  files.add([past(1, november - 40 * dayMs), past(2, november), past(3, november + dayMs), ended]);
  files.add([past(5, november + 30 * dayMs)]);
  files.expire(november + dayMs);
  const left = [1, 2, 3, 4, 5].map((number) => findPast(disk, '/data', { customerId: `customer-${number}` }) !== null);
  expect(left).toEqual([false, false, true, true, true]);
  expect(disk.paths().filter((path) => path.includes('2026-10'))).toEqual([]);
  expect(texts(disk).join()).not.toMatch(/secret [12]/);
});

test('what a crash left of a file that was being replaced goes at the start', () => {
  const disk = new MemoryDisk();
  new CustomerFiles(disk, '/data').add(customers(1));
  disk.spoil('/data/customers/.tmp', Buffer.from('secret 1'));
  new CustomerFiles(disk, '/data').tidy();
  expect(disk.paths()).not.toContain('/data/customers/.tmp');
});

test('in a real folder: in the backup, back with it, erased from folder and backup, and all of it verifies', async () => {
  const folder = join(temporaryFolder(), 'data');
  const limits = { ...defaultLimits, scryptCost: 16 };
  const clock = createHandClock(november);
  const none = () => undefined;
  const log = { info: none, warn: none, error: none };
  const ports = { clock, randomBytes: seededBytes(), log, startWriter: inProcessWriter() };
  const setup = { officeName: 'Harbour Street', supervisorName: 'Sam', passphrase };
  const store = await FileStore.open(folder, limits, ports);
  const hub = await startHub(store, { setup, sample: false }, ports, limits);
  for (const number of [1, 2])
    hub.step((step) => {
      const { tokenHash, customerId, name, contact } = past(number);
      step.add({ type: 'customer.seen', tokenHash, customerId, name, contact, language: 'en', at: step.at });
    });
  for (let turn = 0; turn < 60; turn += 1) {
    clock.advance(dayMs / 24);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(hub.state.customers.size).toBe(0);
  expect(await store.findPast({ tokenHash: past(1).tokenHash })).toMatchObject({ contact: 'secret 1' });
  const { fileName } = await store.backup('foyer-0', null);
  const other = join(temporaryFolder(), 'restored');
  mkdirSync(other, { mode: 0o700 });
  await restoreBackup(join(folder, 'backups', fileName), other, clock.now());
  expect((await verifyFolder(other)).lines).toContain('customers who were here before: 2 in 2 files');
  expect(findPast(nodeDisk, other, { customerId: 'customer-1' })).toMatchObject({ contact: 'secret 1' });
  expect(await hub.erasures.erase('customer-1', { kind: 'local' })).toMatchObject({ kind: 'ack' });
  await hub.outbox.durable(hub.state.seq);
  const all = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  expect(all.map((each) => readFileSync(join(each.parentPath, each.name), 'utf8')).join()).not.toContain('secret 1');
  expect(await store.findPast({ customerId: 'customer-2' })).toMatchObject({ contact: 'secret 2' });
  hub.stop();
  await store.close();
  expect((await verifyFolder(folder)).problems).toEqual([]);
});
