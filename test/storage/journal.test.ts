import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { HubStartError } from '../../main/hub/hub-start-error';
import type { HubRecord } from '../../main/hub/state/records';
import { digestOf } from '../../main/hub/state/running-digest';
import { recoverOnDisk } from '../../main/hub/store/recover-folder';
import { bitFlips, truncations } from '../faults/journal-faults';
import { journalPath, killedDisk } from './support/killed-disk';
import { livedRecords } from './support/lived';
import { MemoryDisk } from './support/memory-disk';
import { digestsOf, Rig, settled } from './support/rig';

let records: HubRecord[] = [];
let digests: string[] = [];

beforeAll(async () => {
  records = await livedRecords(7, 80);
  digests = digestsOf(records);
});

const failure = (disk: MemoryDisk): Promise<HubStartError> =>
  Rig.open(disk).then(
    () => Promise.reject(new Error('it opened')),
    (error) => error,
  );

test('cut at any byte, or zeros from there: the records before it are there, in order', async () => {
  expect((await truncations(records.slice(0, 20), { from: 3, stride: 11 })).wrong).toEqual([]);
});

test('any flipped bit: never a record that was not written, and what can be torn is the last write only', async () => {
  expect((await bitFlips(records.slice(0, 30), 25, { from: 2, stride: 29 })).wrong).toEqual([]);
  expect((await bitFlips(records.slice(0, 30), 2, { from: 0, stride: 1 })).wrong).toEqual([]);
});

test('damage says what is damaged and what each choice loses; cutting keeps what was before it', async () => {
  const disk = await killedDisk(records.slice(0, 20));
  const lines = disk.peek(journalPath)!.toString().split('\n');
  lines[15] = lines[15]!.replace('"seq"', '"sek"');
  disk.spoil(journalPath, Buffer.from(lines.join('\n')));
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
  const disk = await killedDisk(records.slice(0, 60), 1_500);
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
  const disk = await killedDisk(records.slice(0, 60), 4_000);
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
  const disk = await killedDisk(records.slice(0, 3));
  disk.spoil(`/data/${name}`, text === null ? null : Buffer.from(text));
  expect(await failure(disk)).toMatchObject({ code: 'damaged', damage: { file: name, line: null, choices: [] } });
});

test('a newer segment is refused, naming the version that wrote it', async () => {
  const disk = await killedDisk(records.slice(0, 3));
  disk.spoil(journalPath, Buffer.from(disk.peek(journalPath)!.toString().replace('"format":5', '"format":9')));
  expect(await failure(disk)).toMatchObject({ code: 'newerFormat', message: expect.stringContaining('format 9') });
});

test('a data folder of format 1 opens with everything in it, and is refused by an older Foyer from then on', async () => {
  const disk = new MemoryDisk();
  disk.makeFolder('/data/journal');
  for (const name of ['hub.json', 'config.json', 'journal/000001.jsonl'])
    disk.spoil(`/data/${name}`, readFileSync(join(__dirname, 'fixtures', 'format-1', name)));
  const rig = await Rig.open(disk);
  expect(rig.state.config.office?.name).toBe('Harbour');
  const [talk] = rig.state.threads.values();
  expect(talk!.messages.map(({ text }) => text)).toContain('Hello from format 1');
  expect(disk.peek('/data/hub.json')!.toString()).toContain('"format":5');
});
