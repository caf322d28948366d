import { beforeAll, describe, expect, test } from 'vitest';
import type { HubRecord } from '../../main/hub/state/records';
import { readDay } from '../../main/hub/store/archive-day';
import { verifyOnDisk } from '../../main/hub/store/verify-folder';
import { callsOf, type FaultWay, faults, faultWays, powerCuts } from '../faults/disk-faults';
import { Office } from '../faults/life';
import { ratedRecords, seededRandom } from './support/lived';
import { MemoryDisk } from './support/memory-disk';
import { Rig, rigLimits, settled } from './support/rig';

/** A rating of what is archived already waits with the writer until the archive is read or a snapshot is made. */

const hourMs = 3_600_000;

let records: HubRecord[] = [];
let meiId = '';
/** The records with Mei's ratings: 2, then 5. */
let [first, changed] = [0, 0];

beforeAll(async () => {
  records = await ratedRecords();
  const rated = records.flatMap(({ seq, events }) =>
    events.flatMap(({ event }) => (event.type === 'conversation.rated' ? [{ seq, ...event }] : [])),
  );
  const ofMei = rated.slice(-2);
  [first, changed] = ofMei.map(({ seq }) => seq) as [number, number];
  meiId = ofMei[0]!.customerId;
});

/** A hub that has recorded so much, has made no snapshot, and of which nobody has read the archive. */
async function lived(disk: MemoryDisk, upTo: number, rig?: Rig): Promise<Rig> {
  const on = rig ?? (await Rig.open(disk, { ...rigLimits, segmentBytesMax: 1e9 }));
  for (const record of records.slice(on.state.seq, upTo)) {
    on.append(record);
    await settled();
  }
  return on;
}

const days = (disk: MemoryDisk) =>
  disk
    .paths()
    .filter((path) => /^\/data\/archive\/.*\.jsonl$/.test(path))
    .flatMap((path) => [...readDay(disk, '/data', path.slice('/data/archive/'.length))]);

/** Each conversation of the archive, with its rating. */
const inArchive = (disk: MemoryDisk) =>
  days(disk)
    .flatMap(({ conversation }) => (conversation ? [conversation] : []))
    .map(({ customer, rating }) => `${customer?.name} ${rating?.score ?? ''}`.trim());

/** What whoever reads the archive is shown. */
async function read(rig: Rig, disk: MemoryDisk): Promise<string[]> {
  await rig.store.archiveDays();
  return inArchive(disk);
}

const texts = (disk: MemoryDisk) => disk.paths().map((path) => `${path}: ${disk.peek(path)?.toString('utf8')}`);

describe('a late rating', () => {
  test('waits until the archive is read', async () => {
    const disk = new MemoryDisk();
    const rig = await lived(disk, first);
    expect(inArchive(disk)).toEqual(['Mei', 'Li']);
    expect(await read(rig, disk)).toEqual(['Mei 2', 'Li 3']);
  });

  test('outlives a restart that replays the journal', async () => {
    const disk = new MemoryDisk();
    await lived(disk, first);
    const killed = disk.kill();
    expect(inArchive(killed)).toEqual(['Mei', 'Li']);
    expect(await read(await Rig.open(killed), killed)).toEqual(['Mei 2', 'Li 3']);
  });

  test('is in the archive before a snapshot lets go of its record', async () => {
    const disk = new MemoryDisk();
    const rig = await lived(disk, first);
    await rig.store.close();
    expect(disk.paths()).toContain('/data/state.json');
    expect(inArchive(disk)).toEqual(['Mei 2', 'Li 3']);
    const again = await Rig.open(disk.kill());
    expect(again.state.seq).toBe(first);
    expect(await read(again, disk)).toEqual(['Mei 2', 'Li 3']);
  });

  test('is replaced by the one after it, also where a replay brings both again', async () => {
    const disk = new MemoryDisk();
    const rig = await lived(disk, first);
    await read(rig, disk);
    await lived(disk, changed, rig);
    expect(await read(rig, disk)).toEqual(['Mei 5', 'Li 3']);
    expect(
      texts(disk)
        .filter((text) => text.includes('/archive/'))
        .join(),
    ).not.toContain('first secret');
    const killed = disk.kill();
    expect(await read(await Rig.open(killed), killed)).toEqual(['Mei 5', 'Li 3']);
    expect(verifyOnDisk(killed, '/data', rigLimits).problems).toEqual([]);
  });

  test.each(['killed', 'power'] as const)(
    'is there, and what it is of, when the snapshot is cut short before any call to the disk (%s)',
    async (how) => {
      const whole = new MemoryDisk();
      const rig = await lived(whole, changed);
      const before = whole.calls;
      await rig.store.close();
      const calls = whole.calls - before;
      expect(calls).toBeGreaterThan(20);
      for (let place = 0; place <= calls; place += 1) {
        const disk = new MemoryDisk();
        const cut = await lived(disk, changed);
        const last = disk.calls + place;
        disk.fault = (_call, number) => (number > last ? 'EIO' : null);
        await cut.store.close();
        const left = how === 'killed' ? disk.kill() : disk.cutPower(seededRandom(place));
        const again = await Rig.open(left);
        expect([place, again.state.seq, await read(again, left)]).toEqual([place, changed, ['Mei 5', 'Li 3']]);
      }
    },
    60_000,
  );

  test.each([
    ['waits', false],
    ['is in the archive', true],
  ])('that %s goes with its customer, from every file', async (_where, isRead) => {
    const disk = new MemoryDisk();
    const rig = await lived(disk, changed);
    if (isRead) await read(rig, disk);
    expect(texts(disk).join()).toContain('second secret');
    const erased: HubRecord = {
      seq: changed + 1,
      at: records.at(-1)!.at,
      events: [{ of: 'hub', event: { type: 'customer.erased', customerId: meiId, attachmentIds: [] } }],
    } as never;
    rig.append(erased);
    await settled();
    await rig.store.erase([meiId], [], 'foyer-1');
    expect(texts(disk).filter((text) => /secret/.test(text))).toEqual([]);
    expect(inArchive(disk)).toEqual(['Li 3']);
    expect(inArchive(disk.cutPower(seededRandom(1)))).toEqual(['Li 3']);
    expect(verifyOnDisk(disk, '/data', rigLimits).problems).toEqual([]);
  });

  test.each([
    ['waits', false],
    ['is in the archive', true],
  ])('that %s goes with its day, once that is too old; else it stays', async (_where, isRead) => {
    const disk = new MemoryDisk();
    const rig = await lived(disk, changed);
    if (isRead) await read(rig, disk);
    await rig.store.expire(0);
    expect(inArchive(disk)).toEqual(['Mei 5', 'Li 3']);
    await rig.store.expire(records.at(-1)!.at + 24 * hourMs);
    expect(inArchive(disk)).toEqual([]);
    expect(texts(disk).filter((text) => text.includes('/archive/'))).toEqual([]);
    expect(await read(await Rig.open(disk.kill()), disk)).toEqual([]);
  });

  describe('is lost at no call to the disk', () => {
    const stride = 7;
    let office: Office;
    let calls = 0;
    beforeAll(async () => {
      office = Office.of(records);
      calls = await callsOf(office);
    });

    test.each(Object.keys(faultWays).map((way, index) => [way as FaultWay, index] as const))(
      '%s',
      async (way, index) => {
        expect((await faults(office, calls, way, { from: index % stride, stride })).wrong).toEqual([]);
      },
      30_000,
    );

    test('the power is cut', async () => {
      expect((await powerCuts(office, calls, 0, { from: 0, stride })).wrong).toEqual([]);
    }, 30_000);
  });
});
