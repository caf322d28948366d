import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { makeFolder } from '../../main/hub/store/make-folder';
import { recoverOnDisk } from '../../main/hub/store/recover-folder';
import { Office } from '../faults/life';
import { temporaryFolder } from '../support/folder';
import { journalPath, killedDisk } from './support/killed-disk';
import { seededRandom } from './support/lived';
import { MemoryDisk } from './support/memory-disk';
import { Rig, settled } from './support/rig';

let office: Office;
beforeAll(async () => {
  office = await Office.lived(5, 120);
});

/** The folder of a hub that was killed after several segments. */
async function lived(snapshots = true): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  const rig = await Rig.open(disk);
  if (!snapshots)
    disk.fault = (call, _number, path) => (call === 'open' && path.startsWith('/data/.tmp') ? 'EMFILE' : null);
  for (const record of office.records) {
    rig.append(record);
    await settled();
  }
  return disk.kill();
}

const under = (disk: MemoryDisk, folder: string) => disk.paths().filter((path) => path.startsWith(`/data/${folder}`));
const append = (disk: MemoryDisk, path: string, text: string | Buffer) =>
  disk.spoil(path, Buffer.concat([disk.peek(path)!, Buffer.from(text)]));

test('nothing at all: a first run, of which the folder itself is on disk, too', async () => {
  const above = temporaryFolder();
  const synced: string[] = [];
  await makeFolder(join(above, 'deep', 'data'), { syncFolder: (folder) => void synced.push(folder) });
  expect(synced).toEqual([above, join(above, 'deep')]);
  const disk = new MemoryDisk();
  const rig = await office.checkStart(disk, 0);
  expect([rig.state.seq, rig.store.hubId, rig.store.epoch]).toEqual([0, 'hub-1', 1]);
  const again = await office.checkStart(disk.cutPower(seededRandom(1)), 0);
  expect([again.store.hubId, again.store.epoch]).toEqual(['hub-1', 1]);
});

test('hub.json and no journal: refused, never a first run', async () => {
  const disk = await lived();
  for (const path of under(disk, 'journal')) disk.spoil(path, null);
  disk.spoil('/data/journal', null);
  await expect(Rig.open(disk)).rejects.toMatchObject({ code: 'damaged', damage: { why: 'there is no journal' } });
});

test('recovering where nothing is: refused, and no office is made by that', () => {
  const disk = new MemoryDisk();
  const before = disk.paths();
  expect(() => recoverOnDisk(disk, '/data', 'cut')).toThrow(/can't be recovered that way/);
  expect(disk.paths()).toEqual(before);
});

test('no snapshot is good and the journal’s beginning is gone: refused, never default data', async () => {
  const disk = await lived();
  for (const path of under(disk, 'state.json')) disk.spoil(path, Buffer.from('null'));
  await expect(Rig.open(disk)).rejects.toMatchObject({
    code: 'damaged',
    damage: { why: expect.stringMatching(/^records 1 to \d+ are missing$/), choices: [] },
  });
});

test('config.json is gone, and so are the segments that made it: it comes from the snapshot', async () => {
  const disk = await lived();
  expect(under(disk, 'journal/')).not.toContain(journalPath);
  disk.spoil('/data/config.json', null);
  await office.checkStart(disk, office.records.length);
});

test('temp files are put aside from every folder, as they are', async () => {
  const disk = await lived();
  const left = ['/data/.tmp', '/data/journal/.tmp', '/data/archive/.tmp', '/data/LOCK.0a1b.stale'];
  for (const path of left) disk.spoil(path, Buffer.from(`half of ${path}`));
  await office.checkStart(disk, office.records.length);
  expect(disk.paths().filter((path) => left.includes(path))).toEqual([]);
  const kept = under(disk, 'quarantine/').map((path) => String(disk.peek(path)));
  expect(kept.sort()).toEqual(left.map((path) => `half of ${path}`).sort());
});

const line = (record: string) =>
  `{"prev":"${'0'.repeat(32)}","sum":"${'0'.repeat(32)}","batch":121,"record":${record}}\n`;
test.each([
  ['a partial line', '{"prev":"0123'],
  ['a bad checksum', line('{"seq":121}')],
  ['zeros', '\0'.repeat(4_096)],
])('the last segment ends in %s: a copy in quarantine, cut, synced and counted', async (_what, tail) => {
  const disk = await lived();
  const last = under(disk, 'journal/').at(-1)!;
  const before = disk.peek(last)!;
  append(disk, last, tail);
  const rig = await office.checkStart(disk, office.records.length);
  expect(rig.log).toContainEqual({ level: 'warn', event: 'journal.tornTailCut', detail: { bytes: tail.length } });
  const after = disk.cutPower(seededRandom(1));
  expect(String(after.peek(last))).toBe(String(before));
  expect(under(after, 'quarantine/').map((path) => String(after.peek(path)))).toEqual([tail]);
});

test('a segment is gone from the middle: never cut silently, and nothing is changed', async () => {
  const disk = await lived(false);
  const segments = under(disk, 'journal/');
  disk.spoil(segments[1]!, null);
  const before = disk.paths();
  await expect(Rig.open(disk)).rejects.toMatchObject({
    code: 'damaged',
    damage: { file: segments[2]!.slice('/data/'.length), why: 'it does not follow the segment before' },
  });
  expect(disk.paths()).toEqual(before);
});

test('an archive line that is partial is cut, one that is doubled counts once', async () => {
  const disk = await lived();
  const [day] = under(disk, 'archive/');
  const [first] = String(disk.peek(day!)).split('\n');
  append(disk, day!, `${first}\n{"conversationId":"half`);
  const rig = await office.checkStart(disk, office.records.length);
  await rig.store.close();
  await office.checkStart(disk.kill(), office.records.length);
});

test('a journal without any snapshot is replayed from its beginning', async () => {
  const disk = await killedDisk(office.records);
  expect([under(disk, 'state.json'), under(disk, 'config.json')]).toEqual([[], []]);
  expect((await Rig.open(disk)).state.seq).toBe(office.records.length);
});
