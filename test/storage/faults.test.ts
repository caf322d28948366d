import { beforeAll, expect, test } from 'vitest';
import type { HubRecord } from '../../main/hub/state/records';
import { replaceFile } from '../../main/hub/store/durable-file';
import { callsOf, type FaultWay, faults, faultWays, powerCuts, recoveryCuts } from '../faults/disk-faults';
import { Office } from '../faults/life';
import { killedDisk } from './support/killed-disk';
import { seededRandom } from './support/lived';
import { MemoryDisk } from './support/memory-disk';
import { Rig, settled, slowDiskLimits } from './support/rig';

/** A sample of all calls and faults that takes a few seconds; `npm run faults` tests all. */
const stride = 23;

let office: Office;
let calls = 0;
let records: readonly HubRecord[] = [];

beforeAll(async () => {
  office = await Office.lived(5, 58);
  ({ records } = office);
  calls = await callsOf(office);
}, 60_000);

test('a life makes many calls, and fills the archive', async () => {
  expect(calls).toBeGreaterThan(300);
});

test.each(Object.keys(faultWays).map((way, index) => [way as FaultWay, index] as const))(
  '%s, at a call: nothing that was seen is lost, and the store carries on by itself',
  async (way, index) => {
    expect((await faults(office, calls, way, { from: index, stride })).wrong).toEqual([]);
  },
);

test('the power is cut before a call, and once more in the start after it: what was seen is there, in order', async () => {
  expect((await powerCuts(office, calls, 0, { from: 0, stride })).wrong).toEqual([]);
});

test.each(Object.keys(faultWays).map((way, index) => [way as FaultWay, index] as const))(
  '%s, where a thread of its own appends, because the disk is slow: the same',
  async (way, index) => {
    expect((await faults(office, calls, way, { from: index, stride: 4 * stride }, slowDiskLimits)).wrong).toEqual([]);
  },
);

test('the power is cut where a thread of its own appends: the same', async () => {
  expect((await powerCuts(office, calls, 0, { from: 1, stride: 4 * stride }, slowDiskLimits)).wrong).toEqual([]);
});

test('a killed process: what it wrote is read, and synced before anybody relies on it', async () => {
  const disk = new MemoryDisk();
  const rig = await Rig.open(disk);
  for (const record of records.slice(0, 4)) rig.append(record);
  await settled();
  // Written, and killed before the sync.
  disk.fault = (call) => {
    if (call === 'sync' || call === 'truncate') throw new Error('killed');
    return null;
  };
  for (const record of records.slice(4, 6)) rig.append(record);
  await settled();
  const again = await Rig.open(disk.kill());
  expect([rig.acknowledged, again.state.seq]).toEqual([4, 6]);
  const third = await Rig.open(disk.cutPower(seededRandom(1)));
  expect(third.state.seq).toBe(6);
});

test('a disk that fails when a start brings the archive up to date: whoever starts is told, and it carries on', async () => {
  const disk = await killedDisk(records);
  for (const path of disk.paths().filter((each) => each.startsWith('/data/archive/'))) disk.spoil(path, null);
  let failed = false;
  disk.fault = (call, _number, path) => {
    if (failed || call !== 'write' || !path.startsWith('/data/archive/')) return null;
    failed = true;
    return 'ENOSPC';
  };
  const rig = await Rig.open(disk);
  expect([failed, rig.problem]).toEqual([true, expect.objectContaining({ reason: 'diskFull' })]);
  await rig.recover();
  await office.checkStart(disk.kill(), records.length);
});

test.each(['cut', 'snapshot'] as const)(
  'the power is cut before a call of a recovery (%s), which is begun again: it ends at the same',
  async (kind) => {
    expect((await recoveryCuts(office, kind, { from: 0, stride: 5 })).wrong).toEqual([]);
  },
);

test.each(['killed', 'failing'] as const)(
  'a %s process: a new segment is on disk by its name, too, before anybody relies on it',
  async (how) => {
    const disk = new MemoryDisk();
    let reached = false;
    disk.fault = (call, _number, path) => {
      const isNew =
        call === 'syncFolder' && path === '/data/journal' && disk.peek('/data/journal/000002.jsonl') !== null;
      if (how === 'failing' && reached) return null;
      reached ||= isNew;
      return reached ? 'EIO' : null;
    };
    let rig = await Rig.open(disk);
    for (let next = 0; !rig.problem; next += 1) {
      rig.append(records[next]!);
      await settled();
    }
    if (how === 'failing') await rig.recover();
    else rig = await Rig.open(disk.kill());
    rig.append(records[rig.state.seq]!);
    await settled();
    const again = await Rig.open(disk.cutPower(seededRandom(1)));
    expect([reached, again.state.seq]).toEqual([true, rig.acknowledged]);
  },
);

test('an archive that could not be synced is written anew: a later sync would not write what the failed one gave up', async () => {
  const disk = new MemoryDisk();
  let failed = false;
  disk.fault = (call, _number, path) => {
    if (failed || call !== 'sync' || !path.startsWith('/data/archive/2')) return null;
    failed = true;
    return 'EIO';
  };
  const rig = await Rig.open(disk);
  while (rig.state.seq < records.length) {
    rig.append(records[rig.state.seq]!);
    await settled();
    if (rig.problem) await rig.recover();
  }
  await rig.store.close();
  expect(failed).toBe(true);
  for (let seed = 1; seed <= 8; seed += 1) await office.checkStart(disk.cutPower(seededRandom(seed)), records.length);
});

test('a full disk: cut back to the last durable byte, read-only, and on when there is room', async () => {
  const disk = new MemoryDisk();
  const rig = await Rig.open(disk);
  for (const record of records.slice(0, 6)) rig.append(record);
  await settled();
  const before = disk.peek('/data/journal/000001.jsonl')!;
  disk.free = 100;
  for (const record of records.slice(6, 9)) rig.append(record);
  await settled();
  expect(rig.problem).toMatchObject({ kind: 'readOnly', reason: 'diskFull', freeBytes: 100 });
  expect(disk.peek('/data/journal/000001.jsonl')!.equals(before)).toBe(true);
  disk.free = 63 * 1024 ** 2;
  await expect(rig.recover()).rejects.toThrow('did not come back');
  disk.free = 1024 ** 4;
  rig.clock.advance(5_000);
  await settled();
  const again = await Rig.open(disk.kill());
  expect(again.state.seq).toBe(6);
});

test('a file that finds no room leaves nothing behind, and the one before it as it was', () => {
  const disk = new MemoryDisk();
  replaceFile(disk, '/data/file', 'before');
  disk.free = 5;
  expect(() => replaceFile(disk, '/data/file', 'too long')).toThrow('ENOSPC');
  expect([disk.paths(), disk.free, String(disk.peek('/data/file'))]).toEqual([['/data/file'], 5, 'before']);
});

test('the folder is gone: nothing written to a removed file is acknowledged', async () => {
  const disk = new MemoryDisk();
  const rig = await Rig.open(disk);
  rig.append(records[0]!);
  await settled();
  for (const path of disk.paths()) disk.spoil(path, null);
  rig.append(records[1]!);
  await settled();
  expect(rig.acknowledged).toBe(1);
  expect(rig.problem).toMatchObject({ reason: 'folderGone' });
  // An empty folder in its place is not the one that was written to.
  await expect(rig.recover()).rejects.toThrow('did not come back');
});

test('the room that is left is told when it changes', async () => {
  const disk = new MemoryDisk();
  const rig = await Rig.open(disk);
  for (const [index, free] of [1024 ** 3 - 1, 1024 ** 3 - 2, 64 * 1024 ** 2 - 1, 1024 ** 4].entries()) {
    disk.free = free;
    rig.append(records[index]!);
    await settled();
  }
  expect(rig.spaces).toEqual(['low', 'short', 'plenty']);
  // Also when nothing is written meanwhile.
  disk.free = 100 * 1024 ** 2;
  rig.append(records[4]!);
  await settled();
  disk.free = 1024 ** 4;
  rig.clock.advance(5_000);
  await settled();
  expect(rig.spaces.slice(3)).toEqual(['low', 'plenty']);
});

test('a hub that starts on a nearly full disk is told so', async () => {
  const disk = new MemoryDisk();
  disk.free = 1024 ** 3 - 1;
  const rig = await Rig.open(disk);
  expect(rig.spaces).toEqual(['low']);
});
