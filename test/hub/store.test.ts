import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configToJson, emptyConfig } from '../../main/hub/state/config';
import type { HubRecord } from '../../main/hub/state/records';
import { type Disk, nodeDisk } from '../../main/hub/store/disk';
import { FileStore } from '../../main/hub/store/file-store';
import { MemoryDisk, MemoryStore } from '../../main/hub/store/memory-store';
import type { Store } from '../../main/hub/store/store';
import { temporaryFolder } from '../support/folder';

const noLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

function record(seq: number, name = `office ${seq}`): HubRecord {
  return { seq, at: 1_000 + seq, events: [{ of: 'hub', event: { type: 'office.changed', name, sample: false } }] };
}

interface Opened {
  store: Store;
  records: HubRecord[];
  durable: number[];
  failed: Error[];
  reached(seq: number): Promise<void>;
}

async function open(store: Store): Promise<Opened> {
  const opened: Opened = { store, records: [], durable: [], failed: [], reached: async () => undefined };
  const waiting: { seq: number; resolve: () => void }[] = [];
  await store
    .replay((each) => opened.records.push(each))
    .catch(async (error) => {
      await store.close();
      throw error;
    });
  store.listen({
    durable(seq) {
      opened.durable.push(seq);
      for (const each of waiting) if (each.seq <= seq) each.resolve();
    },
    failed: (error) => opened.failed.push(error),
  });
  opened.reached = (seq) =>
    (opened.durable.at(-1) ?? 0) >= seq ? Promise.resolve() : new Promise((resolve) => waiting.push({ seq, resolve }));
  return opened;
}

const openFile = async (folder: string, disk?: Disk) => open(await FileStore.open(folder, noLog, disk));
const journalOf = (folder: string) => join(folder, 'journal', '000001.jsonl');
const config = (seq: number) => ({
  seq,
  config: { ...configToJson(emptyConfig()), office: { name: 'X', sample: false } },
});

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
];

describe.each(kinds)('the contract of a store: %s', (_kind, make) => {
  test('what was appended is there again, in order, after closing', async () => {
    const reopen = make();
    const first = await reopen();
    expect(first.records).toEqual([]);
    for (let seq = 1; seq <= 50; seq += 1) first.store.append(record(seq));
    await first.reached(50);
    await first.store.close();
    const again = await reopen();
    expect(again.records).toEqual(Array.from({ length: 50 }, (_, index) => record(index + 1)));
    again.store.append(record(51));
    await again.reached(51);
    await again.store.close();
    const third = await reopen();
    expect(third.records).toHaveLength(51);
    await third.store.close();
  });

  test('durable comes in order and never before it is asked for', async () => {
    const opened = await make()();
    opened.store.append(record(1));
    expect(opened.durable).toEqual([]);
    await opened.reached(1);
    for (let seq = 2; seq <= 20; seq += 1) opened.store.append(record(seq));
    await opened.reached(20);
    expect(opened.durable).toEqual([...opened.durable].sort((a, b) => a - b));
    await opened.store.close();
  });

  test('a gap or a repeat in the sequence is a mistake of the caller', async () => {
    const opened = await make()();
    opened.store.append(record(1));
    expect(() => opened.store.append(record(1))).toThrow(/expected record 2/);
    expect(() => opened.store.append(record(3))).toThrow(/expected record 2/);
    await opened.store.close();
  });

  test('the configuration is kept once its record is durable', async () => {
    const reopen = make();
    const first = await reopen();
    expect(first.store.config).toBe(null);
    first.store.append(record(1));
    first.store.saveConfig(config(1));
    await first.reached(1);
    await first.store.close();
    const again = await reopen();
    expect(again.store.config).toEqual(config(1));
    await again.store.close();
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
    opened.store.append(record(seq));
    await opened.reached(seq);
  }
  await opened.store.close();
  return readFileSync(journalOf(folder));
}

test('what is appended while a sync runs goes out in one write and one sync', async () => {
  const folder = temporaryFolder();
  let syncs = 0;
  const disk: Disk = {
    async openAppend(path) {
      const file = await nodeDisk.openAppend(path);
      return {
        ...file,
        sync: async () => {
          syncs += 1;
          await file.sync();
        },
      };
    },
  };
  const opened = await openFile(folder, disk);
  for (let seq = 1; seq <= 100; seq += 1) opened.store.append(record(seq));
  await opened.reached(100);
  expect(syncs).toBeLessThanOrEqual(2);
  await opened.store.close();
});

test.each(['write', 'sync'] as const)('after a failed %s nothing more becomes durable', async (which) => {
  const folder = temporaryFolder();
  let calls = 0;
  const disk: Disk = {
    async openAppend(path) {
      const file = await nodeDisk.openAppend(path);
      const fail = async () => {
        calls += 1;
        if (calls === 2) throw new Error('ENOSPC');
      };
      return {
        ...file,
        write: async (bytes) => {
          if (which === 'write') await fail();
          await file.write(bytes);
        },
        sync: async () => {
          if (which === 'sync') await fail();
          await file.sync();
        },
      };
    },
  };
  const opened = await openFile(folder, disk);
  opened.store.append(record(1));
  await opened.reached(1);
  opened.store.append(record(2));
  opened.store.append(record(3));
  await opened.store.close();
  opened.store.append(record(4));
  expect([opened.durable, opened.failed.map(String)]).toEqual([[1], ['Error: ENOSPC']]);
});

test('a torn tail, at every byte of the last record: everything before it is there, the rest is kept aside', async () => {
  const folder = temporaryFolder();
  const whole = await written(folder, 3);
  const lastStart = whole.lastIndexOf(10, whole.length - 2) + 1;
  for (let length = lastStart; length < whole.length; length += 1) {
    writeFileSync(journalOf(folder), whole.subarray(0, length));
    const opened = await openFile(folder);
    expect([length, opened.records.map((each) => each.seq)]).toEqual([length, [1, 2]]);
    opened.store.append(record(3, 'again'));
    await opened.reached(3);
    await opened.store.close();
  }
  const after = await openFile(folder);
  expect(after.records).toEqual([record(1), record(2), record(3, 'again')]);
  await after.store.close();
  expect(readdirSync(join(folder, 'quarantine')).length).toBeGreaterThan(0);
});

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
  opened.store.append(record(1));
  await opened.reached(1);
  for (const seq of [2, 3, 4]) opened.store.append(record(seq));
  await opened.reached(4);
  await opened.store.close();
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
  const opened = await openFile(folder);
  opened.store.append(record(1));
  opened.store.saveConfig(config(1));
  await opened.reached(1);
  await opened.store.close();
  const path = join(folder, 'config.json');
  if (text === null) unlinkSync(path);
  else writeFileSync(path, text === 'swap' ? readFileSync(path, 'utf8').replace('"X"', '"Y"') : text);
  const again = await openFile(folder);
  expect(again.store.config).toBe(null);
  expect(again.records).toHaveLength(1);
  await again.store.close();
});

test('a config.json that knows more than the journal means that its end is missing: refused', async () => {
  const folder = temporaryFolder();
  const opened = await openFile(folder);
  for (const seq of [1, 2]) opened.store.append(record(seq));
  opened.store.saveConfig(config(2));
  await opened.reached(2);
  await opened.store.close();
  const bytes = readFileSync(journalOf(folder));
  writeFileSync(journalOf(folder), bytes.subarray(0, bytes.lastIndexOf(10, bytes.length - 2) + 1));
  await expect(openFile(folder)).rejects.toMatchObject({ code: 'damaged' });
});

test('a newer format is refused', async () => {
  const folder = temporaryFolder();
  await written(folder, 1);
  const path = join(folder, 'hub.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"format":1', '"format":2'));
  await expect(openFile(folder)).rejects.toMatchObject({ code: 'newerFormat' });
});

test('files are for their owner only, and temporary ones of a crash are put aside', async () => {
  const folder = temporaryFolder();
  const opened = await openFile(folder);
  opened.store.append(record(1));
  opened.store.saveConfig(config(1));
  await opened.reached(1);
  const mode = (name: string) => (statSync(join(folder, name)).mode & 0o777).toString(8);
  if (process.platform !== 'win32')
    expect(['LOCK', 'hub.json', 'journal/000001.jsonl', 'journal'].map(mode)).toEqual(['600', '600', '600', '700']);
  await opened.store.close();
  if (process.platform !== 'win32') expect(mode('config.json')).toBe('600');
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
