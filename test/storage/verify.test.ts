import { expect, test } from 'vitest';
import { verifyOnDisk } from '../../main/hub/store/verify-folder';
import { livedRecords } from './support/lived';
import { MemoryDisk } from './support/memory-disk';
import { Rig, rigLimits, settled } from './support/rig';

async function lived(): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  const rig = await Rig.open(disk);
  for (const record of await livedRecords(5, 150)) {
    rig.append(record);
    await settled();
  }
  return disk.kill();
}

const spoilt = (disk: MemoryDisk, path: string, change: (text: string) => string) =>
  disk.spoil(path, Buffer.from(change(disk.peek(path)!.toString())));

test('a folder that was lived in verifies; what is spoilt in it is named', async () => {
  const disk = await lived();
  const verified = verifyOnDisk(disk.copy(), '/data', rigLimits);
  expect(verified.problems).toEqual([]);
  expect(verified.lines.join('\n')).toMatch(
    /journal: \d segments?, \d+ records up to number \d+.*3 snapshots.*archive: 1 day, \d+ conversations/s,
  );
  const [journal] = disk.paths().filter((path) => path.startsWith('/data/journal/'));
  const [day] = disk.paths().filter((path) => path.startsWith('/data/archive/'));
  const cases: [string, (text: string) => string, RegExp][] = [
    // Not needed by any start, and still looked at.
    [journal!, (text) => text.replace('"seq":', '"sek":'), /journal\/\d+\.jsonl is damaged in line \d+/],
    ['/data/state.json.1', (text) => text.replace('"at":1', '"at":2'), /damaged: 1 of 3 snapshots/],
    [day!, (text) => `${text}{"half`, /archive\/.*: not whole: 1 line$/],
    ['/data/hub.json', () => 'null', /hub.json is damaged/],
  ];
  for (const [path, change, words] of cases) {
    const copy = disk.copy();
    spoilt(copy, path, change);
    expect([path, verifyOnDisk(copy, '/data', rigLimits).problems]).toEqual([path, [expect.stringMatching(words)]]);
  }
});

test('a line that proves itself but holds no record as it should be is named', async () => {
  const disk = new MemoryDisk();
  const rig = await Rig.open(disk);
  const event = { type: 'office.changed', name: 7, sample: false };
  rig.store.append(1, JSON.stringify({ seq: 1, at: 1_000, events: [{ of: 'hub', event }] }));
  await settled();
  const { lines, problems } = verifyOnDisk(disk.kill(), '/data', rigLimits);
  expect(lines.slice(0, 2)).toEqual(['journal: 1 segment, 1 record up to number 1', 'no snapshot yet']);
  expect(problems).toEqual([expect.stringMatching(/^record 1 is not readable: events\.0/)]);
});
