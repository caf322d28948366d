import { beforeAll, describe, expect, test } from 'vitest';
import { replayRecord } from '../../main/hub/state/hub-state';
import type { HubRecord } from '../../main/hub/state/records';
import { digestOf, startingState } from '../../main/hub/state/saved-state';
import { readDay } from '../../main/hub/store/archive';
import { livedRecords, seededRandom } from './support/lived';
import { type Fault, MemoryDisk } from './support/memory-disk';
import { digestsOf, Rig, rigLimits, settled } from './support/rig';

/** Sized to run in a few seconds: `FOYER_FAULT_STRIDE=1` looks at every call in every way. */
const stride = Number(process.env.FOYER_FAULT_STRIDE ?? 13);

let records: HubRecord[] = [];
let digests: string[] = [];
let callsMax = 0;
/** Closed conversations that are to be in the archive after the first n records. */
let forgotten: string[][] = [];

beforeAll(async () => {
  records = (await livedRecords(5, 90)).slice(0, 58);
  digests = digestsOf(records);
  forgotten = forgottenAfter(records);
  expect(forgotten.at(-1)!.length).toBeGreaterThan(1);
  const disk = new MemoryDisk();
  await live(disk, [0]);
  callsMax = disk.calls;
}, 60_000);

/** Opens, writes everything in bursts of three and closes; carries on after every failure. */
async function live(disk: MemoryDisk, acknowledged: [number], mended: () => void = () => undefined): Promise<void> {
  let rig: Rig;
  try {
    rig = await Rig.open(disk);
  } catch (error) {
    expect(error).toMatchObject({ code: 'folderUnwritable' });
    mended();
    rig = await Rig.open(disk);
  }
  while (rig.state.seq < records.length) {
    for (const record of records.slice(rig.state.seq, rig.state.seq + 3)) rig.append(record);
    await settled();
    acknowledged[0] = Math.max(acknowledged[0], rig.acknowledged);
    if (!rig.problem) continue;
    mended();
    await rig.recover();
    check(rig, acknowledged[0]);
  }
  await rig.store.close();
}

/** Nothing acknowledged is missing, and nothing is there that was never recorded or not in order. */
function check(rig: Rig, acknowledged: number) {
  expect(rig.state.seq).toBeGreaterThanOrEqual(acknowledged);
  expect(digestOf(rig.state)).toBe(digests[rig.state.seq]);
}

function forgottenAfter(all: readonly HubRecord[]): string[][] {
  const ids: string[] = [];
  const nothing = { state: null, config: null };
  const state = startingState(nothing, rigLimits, ({ conversationId }) => void ids.push(conversationId));
  return [
    [],
    ...all.map((record) => {
      replayRecord(state, structuredClone(record), 0);
      return [...ids];
    }),
  ];
}

function inArchive(disk: MemoryDisk): string[] {
  return disk
    .paths()
    .filter((path) => path.startsWith('/data/archive/'))
    .flatMap((path) => readDay(disk, '/data', path.slice('/data/archive/'.length)).conversations)
    .map(({ conversationId }) => conversationId)
    .sort();
}

const kinds: [Fault, 'once' | 'until mended'][] = [
  ['ENOSPC', 'once'],
  ['ENOSPC', 'until mended'],
  ['EIO', 'once'],
  ['EIO', 'until mended'],
  ['short', 'until mended'],
];

describe('a fault at every call to the disk', () => {
  test('there are many calls, of every kind', () => {
    expect(callsMax).toBeGreaterThan(300);
  });

  test.each(kinds)('%s, %s: nothing acknowledged is lost, and the store carries on by itself', async (kind, how) => {
    for (let at = 1 + (kinds.findIndex(([k, h]) => k === kind && h === how) % stride); at <= callsMax; at += stride) {
      const disk = new MemoryDisk();
      disk.fault = (_call, number) => (number === at || (how !== 'once' && number > at) ? kind : null);
      const acknowledged: [number] = [0];
      await live(disk, acknowledged, () => {
        disk.fault = () => null;
      });
      const again = await Rig.open(disk.kill());
      expect([at, again.state.seq]).toEqual([at, records.length]);
      check(again, acknowledged[0]);
    }
  });
});

test('the power is cut before every call: what was acknowledged is there, in order', async () => {
  for (let at = 1; at <= callsMax; at += stride) {
    const random = seededRandom(at);
    const disk = new MemoryDisk();
    const cut: { disk: MemoryDisk; acknowledged: number } = { disk, acknowledged: 0 };
    const acknowledged: [number] = [0];
    let rig: Rig | null = null;
    disk.fault = (_call, number) => {
      if (number === at) Object.assign(cut, { disk: disk.cutPower(random), acknowledged: rig?.acknowledged ?? 0 });
      return number >= at ? 'EIO' : null;
    };
    rig = await Rig.open(disk).catch(() => null);
    while (rig && !rig.problem && rig.state.seq < records.length) {
      for (const record of records.slice(rig.state.seq, rig.state.seq + 3)) rig.append(record);
      await settled();
    }
    acknowledged[0] = cut.acknowledged;
    if (cut.disk === disk) continue;
    const again = await Rig.open(cut.disk);
    check(again, acknowledged[0]);
    expect([at, inArchive(cut.disk)]).toEqual([at, [...forgotten[again.state.seq]!].sort()]);
    // And once more from what that start has made of it.
    const third = await Rig.open(cut.disk.cutPower(random));
    expect([at, third.state.seq]).toEqual([at, again.state.seq]);
  }
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
