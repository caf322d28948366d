import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultLimits } from '../../main/hub/limits';
import { replayRecord } from '../../main/hub/state/hub-state';
import type { HubRecord } from '../../main/hub/state/records';
import { type StoredBase, startingState } from '../../main/hub/state/saved-state';
import { type Disk, nodeDisk } from '../../main/hub/store/disk';
import { FileStore } from '../../main/hub/store/file-store';
import { MemoryDisk, MemoryStore } from '../../main/hub/store/memory-store';
import type { Store, StoreProblem } from '../../main/hub/store/store';
import type { StartWriter } from '../../main/hub/store/writer-messages';
import { writerThread } from '../../main/hub/store/writer-thread';
import { inProcessWriter } from '../storage/support/in-process-writer';
import { temporaryFolder } from '../support/folder';
import { createHandClock } from '../support/hand-clock';
import { bundleWorker } from '../support/headless';
import { seededBytes } from '../support/hub';

const noLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
let built = '';
let worker = '';
beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), 'foyer-worker-'));
  worker = await bundleWorker(built);
}, 60_000);
afterAll(() => rmSync(built, { recursive: true, force: true }));

function record(seq: number, name = `office ${seq}`): HubRecord {
  return { seq, at: 1_000 + seq, events: [{ of: 'hub', event: { type: 'office.changed', name, sample: false } }] };
}

interface Opened {
  store: Store;
  /** What was there at the start. */
  base: StoredBase;
  records: HubRecord[];
  durable: number[];
  failed: StoreProblem[];
  /** Appends, and keeps a state of its own as the hub does. */
  append(record: HubRecord): void;
  reached(seq: number): Promise<void>;
}

async function open(store: Store): Promise<Opened> {
  const { base } = store;
  const state = startingState(structuredClone(base), defaultLimits);
  const opened: Opened = {
    store,
    base,
    records: [],
    durable: [],
    failed: [],
    append(appended) {
      replayRecord(state, appended, 0);
      store.append(appended.seq, JSON.stringify(appended));
    },
    reached: async () => undefined,
  };
  const waiting: { seq: number; resolve: () => void }[] = [];
  await store
    .replay((each) => {
      opened.records.push(each);
      replayRecord(state, each, base.config?.seq ?? 0);
    })
    .catch(async (error) => {
      await store.close();
      throw error;
    });
  store.listen({
    durable(seq) {
      opened.durable.push(seq);
      for (const each of waiting) if (each.seq <= seq) each.resolve();
    },
    failed: (problem) => opened.failed.push(problem),
    held: () => undefined,
    space: () => undefined,
    digest: () => state.digest.of(state),
  });
  opened.reached = (seq) =>
    (opened.durable.at(-1) ?? 0) >= seq ? Promise.resolve() : new Promise((resolve) => waiting.push({ seq, resolve }));
  return opened;
}

function ports(startWriter: StartWriter) {
  return { clock: createHandClock(0), randomBytes: seededBytes(), log: noLog, startWriter };
}
const openWith = async (folder: string, startWriter: StartWriter) =>
  open(await FileStore.open(folder, defaultLimits, ports(startWriter)));
const openFile = (folder: string, disk?: Disk) => openWith(folder, inProcessWriter(disk));
/** What a crash leaves: everything but what is done on closing. */
const withoutSnapshots = (folder: string) => {
  for (const name of readdirSync(folder)) if (name.startsWith('state.json')) unlinkSync(join(folder, name));
};
const journalOf = (folder: string) => join(folder, 'journal', '000001.jsonl');

const kinds: [string, () => () => Promise<Opened>][] = [
  [
    'memory',
    () => {
      const disk = new MemoryDisk();
      return () => open(new MemoryStore('hub-1', 'soon', disk));
    },
  ],
  [
    'files',
    () => {
      const folder = temporaryFolder();
      return () => openFile(folder);
    },
  ],
  [
    'files, by a thread',
    () => {
      const folder = temporaryFolder();
      return () => openWith(folder, writerThread(worker));
    },
  ],
];

/** Everything that was recorded so far, as the names of the office. */
function officeName({ base, records }: Opened): string | undefined {
  const state = startingState(structuredClone(base), defaultLimits);
  for (const each of records) replayRecord(state, each, base.config?.seq ?? 0);
  return `${state.seq} ${state.config.office?.name}`;
}

describe.each(kinds)('the contract of a store: %s', (_kind, make) => {
  test('what was appended is there again, in order, after closing', async () => {
    const reopen = make();
    const first = await reopen();
    expect(first.records).toEqual([]);
    for (let seq = 1; seq <= 50; seq += 1) first.append(record(seq));
    await first.reached(50);
    await first.store.close();
    const again = await reopen();
    expect(officeName(again)).toBe('50 office 50');
    again.append(record(51));
    await again.reached(51);
    await again.store.close();
    const third = await reopen();
    expect(officeName(third)).toBe('51 office 51');
    await third.store.close();
  });

  test('durable comes in order and never before it is asked for', async () => {
    const opened = await make()();
    opened.append(record(1));
    expect(opened.durable).toEqual([]);
    await opened.reached(1);
    for (let seq = 2; seq <= 20; seq += 1) opened.append(record(seq));
    await opened.reached(20);
    expect(opened.durable).toEqual([...opened.durable].sort((a, b) => a - b));
    await opened.store.close();
  });

  test('a gap or a repeat in the sequence is a mistake of the caller', async () => {
    const opened = await make()();
    opened.append(record(1));
    expect(() => opened.store.append(1, JSON.stringify(record(1)))).toThrow(/expected record 2/);
    expect(() => opened.store.append(3, JSON.stringify(record(3)))).toThrow(/expected record 2/);
    await opened.store.close();
  });

  test('the hub keeps its id', async () => {
    const reopen = make();
    const first = await reopen();
    const { hubId } = first.store;
    await first.store.close();
    const again = await reopen();
    expect(again.store.hubId).toBe(hubId);
    await again.store.close();
  });
});

async function written(folder: string, count: number) {
  const opened = await openFile(folder);
  for (let seq = 1; seq <= count; seq += 1) {
    opened.append(record(seq));
    await opened.reached(seq);
  }
  await opened.store.close();
  withoutSnapshots(folder);
  unlinkSync(join(folder, 'config.json'));
  return readFileSync(journalOf(folder));
}

test('what is appended in one turn goes out in one write and one sync', async () => {
  const folder = temporaryFolder();
  let syncs = 0;
  const disk: Disk = {
    ...nodeDisk,
    sync(file) {
      syncs += 1;
      nodeDisk.sync(file);
    },
  };
  const opened = await openFile(folder, disk);
  const before = syncs;
  for (let seq = 1; seq <= 100; seq += 1)
    opened.append({ seq, at: seq, events: [{ of: 'hub', event: { type: 'date.confirmed' } }] });
  await opened.reached(100);
  expect(syncs - before).toBe(1);
  await opened.store.close();
});

test('a writer that is busy for ever: what is appended is durable, over many segments, and there after a kill', async () => {
  const folder = temporaryFolder();
  let isStuck = false;
  const startWriter: StartWriter = (...given) => {
    const link = inProcessWriter()(...given);
    return { ...link, post: (message) => void (isStuck || link.post(message)) };
  };
  const limits = { ...defaultLimits, segmentBytesMax: 2_000 };
  const opened = await open(await FileStore.open(folder, limits, ports(startWriter)));
  isStuck = true;
  for (let seq = 1; seq <= 60; seq += 1) {
    opened.append(record(seq));
    await opened.reached(seq);
  }
  expect(opened.failed).toEqual([]);
  expect(readdirSync(join(folder, 'journal')).length).toBeGreaterThan(5);
  // Its lock is that of a process that has ended.
  unlinkSync(join(folder, 'LOCK'));
  const again = await openFile(folder);
  expect(again.records.map(({ seq }) => seq)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  await again.store.close();
});

test('on a slow disk a thread of its own appends, in order, and the next start finds all of it', async () => {
  const folder = temporaryFolder();
  const limits = { ...defaultLimits, segmentBytesMax: 2_000, slowSync: { aboveMs: -1, of: 3 } };
  const opened = await open(await FileStore.open(folder, limits, ports(writerThread(worker))));
  for (let seq = 1; seq <= 60; seq += 1) {
    opened.append(record(seq));
    if (seq % 4 === 0) await opened.reached(seq);
  }
  await opened.store.close();
  expect([opened.failed, opened.durable.at(-1)]).toEqual([[], 60]);
  expect(existsSync(join(folder, 'state.json'))).toBe(true);
  const again = await openWith(folder, writerThread(worker));
  expect(officeName(again)).toBe('60 office 60');
  await again.store.close();
});

test.each(['write', 'sync'] as const)('after a failed %s nothing more becomes durable', async (which) => {
  const folder = temporaryFolder();
  let broken = false;
  const fail = () => {
    if (broken) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
  };
  const disk: Disk = {
    ...nodeDisk,
    write(file, bytes, from) {
      if (which === 'write') fail();
      return nodeDisk.write(file, bytes, from);
    },
    sync(file) {
      if (which === 'sync') fail();
      nodeDisk.sync(file);
    },
  };
  const opened = await openFile(folder, disk);
  opened.append(record(1));
  await opened.reached(1);
  broken = true;
  opened.append(record(2));
  opened.append(record(3));
  await opened.store.close();
  opened.append(record(4));
  expect([opened.durable, opened.failed.map(({ reason }) => reason)]).toEqual([[1], ['diskFull']]);
});

test('a torn tail, at every byte of the last record: everything before it is there, the rest is kept aside', async () => {
  const folder = temporaryFolder();
  const whole = await written(folder, 3);
  const lastStart = whole.lastIndexOf(10, whole.length - 2) + 1;
  for (let length = lastStart; length < whole.length; length += 1) {
    writeFileSync(journalOf(folder), whole.subarray(0, length));
    const opened = await openFile(folder);
    expect([length, opened.records.map((each) => each.seq)]).toEqual([length, [1, 2]]);
    opened.append(record(3, 'again'));
    await opened.reached(3);
    await opened.store.close();
    withoutSnapshots(folder);
    unlinkSync(join(folder, 'config.json'));
  }
  const after = await openFile(folder);
  expect(after.records).toEqual([record(1), record(2), record(3, 'again')]);
  await after.store.close();
  expect(readdirSync(join(folder, 'quarantine')).length).toBeGreaterThan(0);
  // A hub on a real folder for each byte: a busy machine takes its time.
}, 120_000);

test('a tail of zeros is cut', async () => {
  const folder = temporaryFolder();
  await written(folder, 2);
  appendFileSync(journalOf(folder), Buffer.alloc(4096));
  const opened = await openFile(folder);
  expect(opened.records).toHaveLength(2);
  await opened.store.close();
});

test('every flipped byte before the last record is damage: refused with what it is, and nothing is changed', async () => {
  const folder = temporaryFolder();
  const whole = await written(folder, 3);
  const lastStart = whole.lastIndexOf(10, whole.length - 2) + 1;
  for (let at = 0; at < lastStart; at += 7) {
    const bytes = Buffer.from(whole);
    bytes[at] = bytes[at]! ^ 1;
    writeFileSync(journalOf(folder), bytes);
    await expect(openFile(folder), `byte ${at}`).rejects.toMatchObject({
      code: expect.stringMatching(/damaged|newerFormat/),
    });
    expect(readFileSync(journalOf(folder)).equals(bytes)).toBe(true);
  }
});

test('zeros inside one unfinished write are a torn tail, though a later line of the same write holds', async () => {
  const folder = temporaryFolder();
  const opened = await openFile(folder);
  opened.append(record(1));
  await opened.reached(1);
  for (const seq of [2, 3, 4]) opened.append(record(seq));
  await opened.reached(4);
  await opened.store.close();
  withoutSnapshots(folder);
  unlinkSync(join(folder, 'config.json'));
  const bytes = readFileSync(journalOf(folder));
  const second = bytes.indexOf('"seq":2');
  bytes.fill(0, second, second + 10);
  writeFileSync(journalOf(folder), bytes);
  const again = await openFile(folder);
  expect(again.records.map((each) => each.seq)).toEqual([1]);
  await again.store.close();
});

test('a line lost or doubled in the middle is damage', async () => {
  const folder = temporaryFolder();
  const lines = (await written(folder, 4)).toString().split('\n');
  for (const changed of [
    lines.filter((_, index) => index !== 2),
    [...lines.slice(0, 2), lines[1], ...lines.slice(2)],
  ]) {
    writeFileSync(journalOf(folder), changed.join('\n'));
    await expect(openFile(folder)).rejects.toMatchObject({ code: 'damaged' });
  }
});

test.each([
  ['missing', null],
  ['empty', ''],
  ['null', 'null'],
  ['changed by hand', 'swap'],
])('config.json %s is rebuilt, never taken as default data', async (_what, text) => {
  const folder = temporaryFolder();
  await written(folder, 2);
  await (await openFile(folder)).store.close();
  const opened = await openFile(folder);
  opened.append(record(3, 'X'));
  await opened.store.close();
  const path = join(folder, 'config.json');
  expect(readFileSync(path, 'utf8')).toContain('"X"');
  if (text === null) unlinkSync(path);
  else writeFileSync(path, text === 'swap' ? readFileSync(path, 'utf8').replace('"X"', '"Y"') : text);
  const again = await openFile(folder);
  expect([again.base.config, officeName(again)]).toEqual([null, '3 X']);
  await again.store.close();
});

test('a config.json that knows more than the journal means that its end is missing: refused', async () => {
  const folder = temporaryFolder();
  await written(folder, 2);
  const opened = await openFile(folder);
  opened.append(record(3));
  await opened.store.close();
  withoutSnapshots(folder);
  const bytes = readFileSync(journalOf(folder));
  writeFileSync(journalOf(folder), bytes.subarray(0, bytes.lastIndexOf(10, bytes.length - 2) + 1));
  await expect(openFile(folder)).rejects.toMatchObject({ code: 'damaged' });
});

test('a newer format is refused', async () => {
  const folder = temporaryFolder();
  await written(folder, 1);
  const path = join(folder, 'hub.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"format":5', '"format":6'));
  await expect(openFile(folder)).rejects.toMatchObject({ code: 'newerFormat' });
});

test('files are for their owner only, and temporary ones of a crash are put aside', async () => {
  const folder = temporaryFolder();
  const opened = await openFile(folder);
  opened.append(record(1));
  await opened.reached(1);
  const mode = (name: string) => (statSync(join(folder, name)).mode & 0o777).toString(8);
  if (process.platform !== 'win32')
    expect(['LOCK', 'hub.json', 'journal/000001.jsonl', 'journal'].map(mode)).toEqual(['600', '600', '600', '700']);
  await opened.store.close();
  if (process.platform !== 'win32') expect([mode('config.json'), mode('state.json')]).toEqual(['600', '600']);
  writeFileSync(join(folder, '.abc.tmp'), 'half');
  const again = await openFile(folder);
  expect(existsSync(join(folder, 'quarantine', 'abc.tmp'))).toBe(true);
  await again.store.close();
});

test('a folder in use is refused, naming the process; a lock left behind by a dead one is taken over', async () => {
  const folder = temporaryFolder();
  const opened = await openFile(folder);
  await expect(openFile(folder)).rejects.toMatchObject({
    code: 'folderLocked',
    message: expect.stringContaining(String(process.pid)),
  });
  await opened.store.close();
  const stale = [
    { pid: 2 ** 22 - 1, processStarted: 'x', agentUrl: null, localSecret: null },
    // The number lives again, as another process.
    { pid: process.pid, processStarted: 'another boot', agentUrl: null, localSecret: null },
  ].map((lock) => JSON.stringify(lock));
  for (const text of [...stale, 'garbage']) {
    writeFileSync(join(folder, 'LOCK'), text);
    const again = await openFile(folder);
    await again.store.close();
  }
});

test('a folder that cannot be written to is refused', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'file');
  writeFileSync(file, '');
  for (const path of [file, join(file, 'inside'), '/proc/foyer'])
    await expect(openFile(path)).rejects.toMatchObject({
      code: 'folderUnwritable',
      message: expect.stringContaining(path),
    });
});

test('the archive is listed by the writer and read by a thread of its own', async () => {
  const folder = temporaryFolder();
  const { store } = await openWith(folder, writerThread(worker));
  expect(await store.archiveDays()).toEqual([]);
  mkdirSync(join(folder, 'archive'));
  for (const day of ['2026-11-21', '2026-11-22']) writeFileSync(join(folder, 'archive', `${day}.jsonl`), '{"half');
  const days = await store.archiveDays();
  expect(days.map(({ day }) => day)).toEqual(['2026-11-22.jsonl', '2026-11-21.jsonl']);
  expect(await store.readArchived(days[0]!.day, { conversationId: 'conversation-1' })).toBe(null);
  await store.close();
  await expect(store.archiveDays()).rejects.toThrow('can’t be read now');
});
