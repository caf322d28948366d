import { expect, test } from 'vitest';
import { type HubState, replayRecord } from '../../main/hub/state/hub-state';
import type { HubRecord } from '../../main/hub/state/records';
import { digestOf } from '../../main/hub/state/running-digest';
import { saveState, startingState } from '../../main/hub/state/saved-state';
import { canonicalJson } from '../support/canonical-json';
import { livedRecords, seededRandom } from './support/lived';
import { MemoryDisk } from './support/memory-disk';
import { digestsOf, Rig, rigLimits, settled } from './support/rig';

function replayed(state: HubState, records: readonly HubRecord[]): HubState {
  for (const record of records) replayRecord(state, structuredClone(record), 0);
  return state;
}

const fresh = () => startingState({ state: null, config: null }, rigLimits);

/** Only `recent` is left out: what the journal still holds of it is tested below. */
const parts = ({ config, customers, threads, missedRings, leftMessages, traces, answers, audit }: HubState) =>
  structuredClone({
    config,
    customers: customers.save(),
    threads: strip(threads),
    missed: missedRings.save(),
    leftMessages: strip(leftMessages),
    traces,
    answers,
    audit: audit.save(),
  });

/** Everything but the function it was given. */
function strip(part: HubState['threads' | 'leftMessages']) {
  const { forgotten: _, ...rest } = part as unknown as Record<string, unknown>;
  return rest;
}

test('everything a hub knows is in the snapshot, but for the recent records', () => {
  const state = fresh();
  const { desk: _, ...saved } = saveState(state);
  const known = { ...saved, customers: null, threads: null, missedRings: null, recent: null, digest: null };
  expect(Object.keys(known).sort()).toEqual(Object.keys(state).sort());
});

test.each(Array.from({ length: 20 }, (_, index) => index + 1))(
  'seed %i: a snapshot and the records after it give the same state as all records',
  async (seed) => {
    const records = await livedRecords(seed, seed === 1 ? 1_000 : 70);
    const whole = replayed(fresh(), records);
    const random = seededRandom(seed);
    for (let tries = 0; tries < 4; tries += 1) {
      const at = Math.floor(random() * records.length);
      const saved = JSON.parse(JSON.stringify(saveState(replayed(fresh(), records.slice(0, at)))));
      const state = replayed(startingState({ state: saved, config: null }, rigLimits), records.slice(at));
      expect(canonicalJson(saveState(state))).toBe(canonicalJson(saveState(whole)));
      expect(parts(state)).toEqual(parts(whole));
      expect(digestOf(state)).toBe(digestOf(whole));
    }
  },
);

test('two states are the same whatever the order of the fields they were read with', async () => {
  const state = replayed(fresh(), await livedRecords(8, 60));
  const { config } = saveState(state);
  const turned = JSON.parse(JSON.stringify(config), (_key, part) =>
    Object.prototype.toString.call(part) === '[object Object]'
      ? Object.fromEntries(Object.entries(part).reverse())
      : part,
  );
  const other = startingState({ state: saveState(state), config: { seq: state.seq, config: turned } }, rigLimits);
  expect(digestOf(other)).toBe(digestOf(state));
});

test('after a start from a snapshot, who comes back goes on from the records that its segment still holds', async () => {
  const records = await livedRecords(8, 60);
  const limits = { ...rigLimits, segmentBytesMax: 1e9, recentRecordsMax: 10 };
  const disk = new MemoryDisk();
  const rig = await Rig.open(disk, limits);
  for (const record of records.slice(0, -3)) rig.append(record);
  await rig.store.close();
  const second = await Rig.open(disk.kill(), limits);
  for (const record of records.slice(-3)) second.append(record);
  await settled();
  const { state, store } = await Rig.open(disk.kill(), limits);
  expect([store.epoch, digestOf(state)]).toEqual([1, digestsOf(records).at(-1)]);
  const oldest = records.length - limits.recentRecordsMax;
  expect(state.recent.from(oldest)).toEqual(records.slice(oldest - 1));
  expect(state.recent.from(oldest - 1)).toBeNull();
});

async function lived(disk: MemoryDisk, records: readonly HubRecord[]): Promise<Rig> {
  const rig = await Rig.open(disk);
  for (const record of records.slice(rig.state.seq)) {
    rig.append(record);
    await settled();
  }
  return rig;
}

test('segments are sealed, snapshots rotate, and segments go when two snapshots cover them', async () => {
  const records = await livedRecords(2, 150);
  const disk = new MemoryDisk();
  const rig = await lived(disk, records);
  const names = disk.paths();
  expect(names).toEqual(expect.arrayContaining(['/data/state.json', '/data/state.json.1', '/data/state.json.2']));
  const segments = names.filter((name) => name.startsWith('/data/journal/'));
  expect(segments).not.toContain('/data/journal/000001.jsonl');
  expect(segments.length).toBeLessThanOrEqual(3);
  expect(rig.log.filter(({ level }) => level === 'error')).toEqual([]);
  await rig.store.close();
  const again = await Rig.open(disk.kill());
  expect(digestOf(again.state)).toBe(digestsOf(records).at(-1));
});

test('a segment is at least twice as long as the last snapshot, however small the limit', async () => {
  const records = await livedRecords(2, 150);
  const disk = new MemoryDisk();
  const sealedBytes: number[] = [];
  const snapshotBytes: number[] = [];
  let sealed = '/data/journal/000001.jsonl';
  const rig = await Rig.open(disk, { ...rigLimits, segmentBytesMax: 1 });
  for (const record of records) {
    rig.append(record);
    await settled();
    const last = disk
      .paths()
      .filter((path) => path.startsWith('/data/journal/'))
      .at(-1)!;
    if (last === sealed) continue;
    sealedBytes.push(disk.peek(sealed)!.length);
    snapshotBytes.push(disk.peek('/data/state.json')!.length);
    sealed = last;
  }
  expect(sealedBytes.length).toBeGreaterThan(2);
  // Counted in characters, with a line's overhead guessed: a header and a few bytes of text are not.
  for (const [index, bytes] of sealedBytes.slice(1).entries()) {
    expect(bytes).toBeGreaterThan(1.9 * snapshotBytes[index]!);
    expect(bytes).toBeLessThan(2 * snapshotBytes[index]! + 4_000);
  }
});

test.each([
  ['missing', null],
  ['empty', ''],
  ['null', 'null'],
  ['a word', '"state"'],
  ['changed', 'flip'],
  ['cut', 'half'],
])('a newest snapshot that is %s: the one before it and a longer replay, never default data', async (_what, text) => {
  const records = await livedRecords(3, 150);
  const disk = new MemoryDisk();
  await lived(disk, records);
  const path = '/data/state.json';
  const found = disk.peek(path)!;
  const flipped = Buffer.from(found);
  flipped[flipped.indexOf('"desk"') + 40]! ^= 1;
  const spoilt =
    text === 'flip' ? flipped : text === 'half' ? found.subarray(0, found.length / 2) : Buffer.from(text ?? '');
  disk.spoil(path, text === null ? null : spoilt);
  const again = await Rig.open(disk.kill());
  expect(digestOf(again.state)).toBe(digestsOf(records).at(-1));
  expect(disk.paths().some((name) => name.startsWith('/data/quarantine/state.json'))).toBe(text !== null);
});

test('a hub that knows something else than its journal: no snapshot of it, and what is known comes from the disk', async () => {
  const records = await livedRecords(4, 150);
  const disk = new MemoryDisk();
  const rig = await Rig.open(disk);
  rig.state.customers.load([{ customerId: 'nobody' } as never]);
  for (const record of records) {
    if (rig.problem) break;
    rig.append(record);
    await settled();
  }
  expect(rig.log.map(({ event }) => event)).toContain('snapshot.replicasDiffer');
  expect(rig.problem).toMatchObject({ reason: 'fault' });
  expect(disk.paths().some((name) => name.startsWith('/data/state.json'))).toBe(false);
  const { acknowledged } = rig;
  await rig.recover();
  expect(digestOf(rig.state)).toBe(digestsOf(records)[acknowledged]);
  for (const record of records.slice(acknowledged)) {
    rig.append(record);
    await settled();
  }
  expect(rig.acknowledged).toBe(records.length);
  const again = await Rig.open(disk.kill());
  expect(digestOf(again.state)).toBe(digestsOf(records).at(-1));
});

test('a closed conversation is in the archive of its day once, with all that was said, also after a crash', async () => {
  const records = await livedRecords(5, 250);
  // The desk forgets by the time of the core's events.
  const routed = records.filter(({ events }) => events.some(({ of }) => of === 'routing'));
  const last = routed.at(-1)!.at;
  const closed = new Map<string, number>();
  const said = new Map<string, number>();
  for (const { events } of records)
    for (const { of, event } of events) {
      if (of === 'routing' && event.type === 'conversation.closed') closed.set(event.conversationId, event.at);
      if (of === 'hub' && event.type === 'message.added')
        said.set(event.message.conversationId, (said.get(event.message.conversationId) ?? 0) + 1);
    }
  const due = [...closed].filter(([, at]) => at < last - 2 * rigLimits.closedShownMs);
  expect(due.length).toBeGreaterThan(2);
  const disk = new MemoryDisk();
  const half = Math.floor(records.length / 2);
  await lived(disk, records.slice(0, half));
  const day = disk.paths().find((name) => name.startsWith('/data/archive/'));
  // What a crash leaves: a page that never arrived, and a line cut short.
  const torn = Buffer.from(`${'\0'.repeat(64)}never arrived"}\n{"conversationId":"half`);
  if (day) disk.spoil(day, Buffer.concat([disk.peek(day)!, torn]));
  await lived(disk.kill(), records);
  await (await Rig.open(disk.kill())).store.close();
  const lines = disk
    .paths()
    .filter((name) => name.startsWith('/data/archive/'))
    .flatMap((name) =>
      disk
        .peek(name)!
        .toString()
        .trimEnd()
        .split('\n')
        .map((line) => ({ name, ...JSON.parse(line) })),
    );
  const ids = lines.map((line) => line.conversationId);
  expect(ids).toHaveLength(new Set(ids).size);
  for (const [id, at] of due) {
    const line = lines.find((each) => each.conversationId === id);
    expect(line).toMatchObject({
      name: `/data/archive/${new Date(at).toISOString().slice(0, 10)}.jsonl`,
      closedAt: at,
    });
    expect(line.messages.length + (line.earlier?.count ?? 0)).toBe(said.get(id)!);
  }
});
