import { beforeAll, expect, test } from 'vitest';
import { Archive } from '../../main/hub/store/archive';
import { readDay } from '../../main/hub/store/archive-day';
import type { ArchivedConversation } from '../../main/hub/store/archived-conversation';
import { isDiskError } from '../../main/hub/store/disk';
import { recoverOnDisk } from '../../main/hub/store/recover-folder';
import { Office } from '../faults/life';
import { type Fault, MemoryDisk } from './support/memory-disk';
import { digestsOf, Rig, settled } from './support/rig';

let office: Office;
beforeAll(async () => {
  office = await Office.lived(5, 58);
}, 60_000);

async function write(rig: Rig, upTo = office.records.length): Promise<void> {
  for (const record of office.records.slice(rig.state.seq, upTo)) {
    rig.append(record);
    await settled();
  }
}

const opened =
  (wanted: string, fault: Fault) =>
  (call: string, _number: number, path: string): Fault | null =>
    call === 'open' && path.startsWith(wanted) ? fault : null;

test('an errno is the disk’s, but for what the process has run out of; an error of the program is not', () => {
  const withCode = (code: string) => Object.assign(new Error(code), { code });
  const ofTheDisk = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'ENOENT', 'ENODEV', 'ESTALE', 'EACCES', 'EPERM'];
  expect(ofTheDisk.filter((code) => !isDiskError(withCode(code)))).toEqual([]);
  const others = ['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'EINTR', 'ERR_STRING_TOO_LONG', 'ERR_FS_FILE_TOO_LARGE'];
  expect(others.filter((code) => isDiskError(withCode(code)))).toEqual([]);
  expect([new RangeError('Invalid string length'), new TypeError('x')].some(isDiskError)).toBe(false);
});

test('no descriptor is left for a snapshot: the hub goes on on its journal, says so, and tries again ever later', async () => {
  const disk = new MemoryDisk();
  const rig = await Rig.open(disk);
  disk.fault = opened('/data/.tmp', 'EMFILE');
  await write(rig);
  expect([rig.problem, rig.acknowledged]).toEqual([null, office.records.length]);
  expect(rig.held).toEqual(['config', 'snapshot']);
  const states = () => disk.paths().filter((path) => path.startsWith('/data/state.json'));
  const triesIn = async (ms: number) => {
    const before = rig.log.filter(({ event }) => event === 'store.held').length;
    rig.clock.advance(ms);
    await settled();
    return rig.log.filter(({ event }) => event === 'store.held').length - before;
  };
  // Both of them each time, after 30 s, another 60 s, another 120 s.
  expect([await triesIn(30_000), await triesIn(59_000), await triesIn(1_000), await triesIn(119_000)]).toEqual([
    2, 0, 2, 0,
  ]);
  expect(states()).toEqual([]);
  disk.fault = () => null;
  rig.clock.advance(1_000);
  await settled();
  expect([rig.held, states()]).toEqual([[], ['/data/state.json']]);
  await office.checkStart(disk.kill(), office.records.length);
});

test('a conversation that the archive can’t take: no snapshot lets go of it, and no start stops at it', async () => {
  const disk = new MemoryDisk();
  const noArchive = opened('/data/archive/2', 'EMFILE');
  disk.fault = noArchive;
  const rig = await Rig.open(disk);
  await write(rig);
  expect([rig.problem, rig.acknowledged]).toEqual([null, office.records.length]);
  expect(rig.held).toEqual(['archive', 'snapshot']);
  const killed = disk.kill();
  killed.fault = noArchive;
  const again = await Rig.open(killed);
  await settled();
  expect([again.problem, again.held]).toEqual([null, ['archive']]);
  killed.fault = () => null;
  again.clock.advance(30_000);
  await settled();
  expect(again.held).toEqual([]);
  await office.checkStart(killed.kill(), office.records.length);
});

test('of some that are to be archived one throws: the others can be added by themselves, each once', () => {
  const disk = new MemoryDisk();
  const archive = new Archive(disk, '/data');
  const one = (conversationId: string, more = {}) =>
    ({ conversationId, closedAt: 1_800_000_000_000, messages: [], ...more }) as unknown as ArchivedConversation;
  const bad = one('bad', {
    toJSON() {
      throw new RangeError('Invalid string length');
    },
  });
  expect(() => archive.add([one('a'), bad, one('b')])).toThrow(RangeError);
  for (const each of [one('a'), one('b'), one('a')]) archive.add([each]);
  const entries = [...readDay(disk, '/data', '2027-01-15.jsonl')];
  expect(entries.map(({ kind, conversation }) => [kind, conversation?.conversationId])).toEqual([
    ['conversation', 'a'],
    ['conversation', 'b'],
  ]);
  expect(String(disk.peek('/data/archive/2027-01-15.jsonl')).trimEnd().split('\n')).toHaveLength(2);
});

test('no descriptor is left for a new segment: the journal goes on in the one it has', async () => {
  const disk = new MemoryDisk();
  const rig = await Rig.open(disk);
  disk.fault = opened('/data/journal/.tmp', 'EMFILE');
  await write(rig);
  expect([rig.problem, rig.held]).toEqual([null, ['snapshot']]);
  expect(disk.paths().filter((path) => path.startsWith('/data/journal/'))).toEqual(['/data/journal/000001.jsonl']);
  await office.checkStart(disk.kill(), office.records.length);
});

test('a record that can’t be replayed is damage: said at once, never skipped, and a person chooses what is kept', async () => {
  const disk = new MemoryDisk();
  const rig = await Rig.open(disk);
  await write(rig, 20);
  const event = { type: 'of another kind', at: rig.state.at };
  rig.store.append(21, JSON.stringify({ seq: 21, at: rig.state.at, events: [{ of: 'routing', event }] }));
  await settled();
  expect(rig.problem).toMatchObject({ reason: 'fault' });
  const failed = rig.log.find(({ event: name }) => name === 'replica.failed');
  expect(failed?.detail).toMatchObject({ seq: 21 });
  const damage = {
    why: expect.stringMatching(/^record 21 can't be replayed /),
    line: expect.anything(),
  };
  await expect(rig.store.recovered()).rejects.toMatchObject({ code: 'damaged', damage });
  const killed = disk.kill();
  await expect(Rig.open(killed)).rejects.toMatchObject({ code: 'damaged', damage });
  recoverOnDisk(killed, '/data', 'cut');
  const mended = await Rig.open(killed);
  expect(mended.state.seq).toBe(20);
  expect(digestsOf(office.records)[20]).toBeDefined();
  await office.checkStart(killed, 20);
});
