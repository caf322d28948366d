import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { HubStartError } from '../../main/hub/ports';
import type { HubRecord } from '../../main/hub/state/records';
import { digestOf } from '../../main/hub/state/saved-state';
import { beginning, JournalDamage, readJournal } from '../../main/hub/store/journal-reader';
import { recoverOnDisk } from '../../main/hub/store/recover-folder';
import { livedRecords } from './support/lived';
import { MemoryDisk } from './support/memory-disk';
import { digestsOf, Rig, rigLimits, settled } from './support/rig';

/** How many of the last records are flipped bit by bit: `FOYER_FLIPPED_RECORDS=200` for all that STORAGE.md asks for. */
const flippedRecords = Number(process.env.FOYER_FLIPPED_RECORDS ?? 2);

let records: HubRecord[] = [];
let digests: string[] = [];
const first = '/data/journal/000001.jsonl';

beforeAll(async () => {
  records = await livedRecords(7, Math.max(80, 2 * flippedRecords));
  digests = digestsOf(records);
});

/** What a killed hub leaves: with `segmentBytesMax` as large as it is, one segment and no snapshot. */
async function written(count: number, segmentBytesMax = 1e9): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  const rig = await Rig.open(disk, { ...rigLimits, segmentBytesMax });
  for (const record of records.slice(0, count)) {
    rig.append(record);
    await settled();
  }
  disk.spoil('/data/config.json', null);
  return disk.kill();
}

const failure = (disk: MemoryDisk): Promise<HubStartError> =>
  Rig.open(disk).then(
    () => Promise.reject(new Error('it opened')),
    (error) => error,
  );

interface Read {
  seqs: string;
  tornBytes: number;
}

/** The reader by itself, as a start uses it: thousands of starts would take minutes. */
function read(disk: MemoryDisk): Read | 'damaged' {
  const seen: HubRecord[] = [];
  try {
    const { tornBytes } = readJournal(disk, '/data', 'hub-1', beginning, { record: (record) => seen.push(record) });
    return { seqs: JSON.stringify(seen), tornBytes };
  } catch (error) {
    if (error instanceof JournalDamage) return 'damaged';
    throw error;
  }
}

/** `expect` once per bit would take longer than the reading. */
const same = (a: Read | 'damaged', b: Read | 'damaged') => JSON.stringify(a) === JSON.stringify(b);

test('cut at every byte: the records before it are there, in order', async () => {
  const disk = await written(6);
  const whole = disk.peek(first)!;
  const ends = [...whole.keys()].filter((at) => whole[at] === 10);
  const wrong: number[] = [];
  for (let length = 0; length < whole.length; length += 1) {
    disk.spoil(first, Buffer.from(whole.subarray(0, length)));
    const kept = ends.filter((end) => end < length).length - 1;
    const tornBytes = kept < 0 ? 0 : length - ends[kept]! - 1;
    const wanted = kept < 0 ? 'damaged' : { seqs: JSON.stringify(records.slice(0, kept)), tornBytes };
    if (!same(read(disk), wanted)) wrong.push(length);
  }
  expect(wrong).toEqual([]);
});

test('every flipped bit: never a record that was not written, and what can be torn is the last write only', async () => {
  const count = Math.min(records.length, flippedRecords + 4);
  const disk = await written(count);
  const whole = disk.peek(first)!;
  const ends = [...whole.keys()].filter((at) => whole[at] === 10);
  const from = ends.at(-1 - flippedRecords)! + 1;
  // The newline before the last record, turned into something else, makes one bad line at the end of the two.
  const tornFrom = ends.at(-2)!;
  const previous = ends.at(-3)! + 1;
  const kept = JSON.stringify(records.slice(0, count - 1));
  const keptWithout = JSON.stringify(records.slice(0, count - 2));
  const wrong: [number, number][] = [];
  for (let at = from; at < whole.length; at += 1)
    for (let bit = 0; bit < 8; bit += 1) {
      const flipped = Buffer.from(whole);
      flipped[at]! ^= 1 << bit;
      disk.spoil(first, flipped);
      const torn = at > tornFrom ? kept : keptWithout;
      const tornBytes = whole.length - (at > tornFrom ? tornFrom + 1 : previous);
      if (!same(read(disk), at < tornFrom ? 'damaged' : { seqs: torn, tornBytes })) wrong.push([at, bit]);
    }
  expect(wrong).toEqual([]);
});

test('damage says what is damaged and what each choice loses; cutting keeps what was before it', async () => {
  const disk = await written(20);
  const lines = disk.peek(first)!.toString().split('\n');
  lines[15] = lines[15]!.replace('"seq"', '"sek"');
  disk.spoil(first, Buffer.from(lines.join('\n')));
  const { code, damage, message } = await failure(disk);
  expect([code, damage]).toEqual([
    'damaged',
    {
      file: 'journal/000001.jsonl',
      line: 16,
      why: 'its checksum does not fit',
      choices: [{ kind: 'cut', keepsSeq: 14, keepsAt: records[13]!.at, losesRecords: 6 }],
    },
  ]);
  expect(message).toMatch(/line 16.*Nothing was changed.*loses 6/);
  expect(() => recoverOnDisk(disk, '/data', 'snapshot')).toThrow(/can't be recovered that way/);
  recoverOnDisk(disk, '/data', 'cut');
  const rig = await Rig.open(disk.kill());
  expect([rig.state.seq, digestOf(rig.state), rig.store.epoch]).toEqual([14, digests[14], 2]);
  expect(disk.peek('/data/quarantine/journal-000001.jsonl')!.toString()).toBe(lines.join('\n'));
});

test('damage in a sealed segment is never cut by itself; both choices start again', async () => {
  const disk = await written(60, 4_000);
  // So that the sealed segments are needed again.
  for (const name of ['state.json', 'state.json.1']) disk.spoil(`/data/${name}`, null);
  const segments = disk.paths().filter((path) => path.startsWith('/data/journal/'));
  expect(segments.length).toBeGreaterThan(1);
  const kept = disk.copy();
  const { damage: gap } = await failure(kept);
  expect(gap).toMatchObject({ why: expect.stringMatching(/are missing/), choices: [{ kind: 'snapshot' }] });
  recoverOnDisk(kept, '/data', 'snapshot');
  const rig = await Rig.open(kept.kill());
  expect([rig.state.seq, digestOf(rig.state)]).toEqual([gap!.choices[0]!.keepsSeq, digests[rig.state.seq]]);
  for (const record of records.slice(rig.state.seq)) rig.append(record);
  await settled();
  expect(digestOf((await Rig.open(kept.kill())).state)).toBe(digests.at(-1));
});

test('a sealed segment that ends early is damage, not a torn tail', async () => {
  const disk = await written(60, 4_000);
  disk.spoil('/data/state.json', null);
  const sealed = disk
    .paths()
    .filter((path) => path.startsWith('/data/journal/'))
    .at(-2)!;
  const bytes = disk.peek(sealed)!;
  disk.spoil(sealed, Buffer.from(bytes.subarray(0, bytes.length - 10)));
  const { code, damage } = await failure(disk);
  expect([code, damage!.file]).toEqual(['damaged', sealed.slice('/data/'.length)]);
  const cut = damage!.choices.find(({ kind }) => kind === 'cut')!;
  recoverOnDisk(disk, '/data', 'cut');
  const rig = await Rig.open(disk.kill());
  expect([rig.state.seq, digestOf(rig.state)]).toEqual([cut.keepsSeq, digests[cut.keepsSeq]]);
});

test.each([
  ['hub.json', 'null'],
  ['hub.json', ''],
  ['hub.json', null],
])('%s that holds %j: refused, naming it', async (name, text) => {
  const disk = await written(3);
  disk.spoil(`/data/${name}`, text === null ? null : Buffer.from(text));
  expect(await failure(disk)).toMatchObject({ code: 'damaged', damage: { file: name, line: null, choices: [] } });
});

test('a newer segment is refused, naming the version that wrote it', async () => {
  const disk = await written(3);
  disk.spoil(first, Buffer.from(disk.peek(first)!.toString().replace('"format":2', '"format":9')));
  expect(await failure(disk)).toMatchObject({ code: 'newerFormat', message: expect.stringContaining('format 9') });
});

test('a data folder of format 1 opens with everything in it, and is refused by an older Foyer from then on', async () => {
  const disk = new MemoryDisk();
  disk.makeFolder('/data/journal');
  for (const name of ['hub.json', 'config.json', 'journal/000001.jsonl'])
    disk.spoil(`/data/${name}`, readFileSync(join(__dirname, 'fixtures', 'format-1', name)));
  const rig = await Rig.open(disk);
  expect(rig.state.config.office?.name).toBe('Harbour');
  const [talk] = rig.state.desk.conversations.values();
  expect(talk!.messages.map(({ text }) => text)).toContain('Hello from format 1');
  expect(disk.peek('/data/hub.json')!.toString()).toContain('"format":2');
});
