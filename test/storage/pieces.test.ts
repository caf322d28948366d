import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { digestOf } from '../../main/hub/state/running-digest';
import { Archive } from '../../main/hub/store/archive';
import { conversationLines, readDay } from '../../main/hub/store/archive-day';
import type { ArchivedConversation } from '../../main/hub/store/archived-conversation';
import { createFile } from '../../main/hub/store/durable-file';
import { pieceBytesMax } from '../../main/hub/store/file-pieces';
import { Assembly, linesOf } from '../../main/hub/store/json-pieces';
import { fromLines } from '../../main/hub/store/saved-forms';
import { verifyOnDisk } from '../../main/hub/store/verify-folder';
import { livedRecords, seededRandom } from './support/lived';
import { MemoryDisk } from './support/memory-disk';
import { digestsOf, Rig, rigLimits, settled } from './support/rig';

/** Of a line, with what may come on top of it: a last item, its path, escapes. */
const lineLengthMax = 160 * 1024;

function assembled(lines: Iterable<string>): unknown {
  const assembly = new Assembly();
  for (const line of lines) assembly.take(line);
  return assembly.value;
}

function someJson(random: () => number, depth: number): unknown {
  const what = random();
  if (depth === 0 || what < 0.3)
    return [null, true, 7.5, 'text', '', '😀'.repeat(Math.floor(random() * 20_000))][Math.floor(random() * 6)];
  const length = Math.floor(random() * 12);
  if (what < 0.6) return Array.from({ length }, () => someJson(random, depth - 1));
  return Object.fromEntries(Array.from({ length }, (_, index) => [`key ${index}`, someJson(random, depth - 1)]));
}

test('a value in lines is the same value, and no line is long', () => {
  const random = seededRandom(3);
  for (let round = 0; round < 60; round += 1) {
    const value = someJson(random, 4);
    const lines = [...linesOf(value)];
    expect(assembled(lines)).toEqual(value);
    expect(JSON.stringify(assembled(lines))).toBe(JSON.stringify(value));
    for (const line of lines) expect(line.length).toBeLessThan(lineLengthMax);
  }
});

test('what JSON leaves out is left out', () => {
  const long = 'x'.repeat(70_000);
  expect(assembled(linesOf({ a: undefined, b: long, c: [undefined, long] }))).toEqual({ b: long, c: [null, long] });
});

const message = (number: number) => ({ messageId: `m${number}`, text: `${number} `.repeat(1_300) });
const conversation = (messages: number, conversationId = 'talk-1', customerId = 'c1') =>
  ({
    conversationId,
    customerId,
    closedAt: 1_000,
    tags: [],
    wrapUpCode: null,
    earlier: null,
    messages: Array.from({ length: messages }, (_, index) => message(index)),
  }) as unknown as ArchivedConversation;

test('a long conversation is archived in lines that are not, and read as one; a part of it alone is none', () => {
  const disk = new MemoryDisk();
  const day = '/data/archive/1970-01-01.jsonl';
  const talks = [conversation(2), conversation(500, 'talk-2'), conversation(500, 'talk-3', 'c2')];
  for (const line of conversationLines(talks[1]!)) expect(line.length).toBeLessThan(300_000);
  const archive = new Archive(disk, '/data');
  archive.add(talks);
  archive.sync();
  const read = (from: MemoryDisk) =>
    [...readDay(from, '/data', '1970-01-01.jsonl')].flatMap((each) => each.conversation ?? []);
  expect(read(disk)).toEqual(talks);
  // Cut at any line of the last one, it is not there, and is whole again when it is added again.
  const whole = disk.peek(day)!;
  const ends = [...whole.keys()].filter((at) => whole[at] === 10);
  for (const end of ends.slice(-6, -1)) {
    const cut = disk.copy();
    cut.spoil(day, whole.subarray(0, end + 1));
    expect(read(cut)).toEqual(talks.slice(0, 2));
    new Archive(cut, '/data').add(talks);
    expect(cut.peek(day)!.equals(whole)).toBe(true);
  }
  archive.erase(new Set(['c1']));
  expect(read(disk)).toEqual([talks[2]]);
});

/** A disk that notes how much it was asked for at once. */
class WatchedDisk extends MemoryDisk {
  most = 0;

  override write(file: number, bytes: Uint8Array, from: number): number {
    this.most = Math.max(this.most, bytes.length);
    return super.write(file, bytes, from);
  }

  override readAt(file: number, into: Uint8Array, at: number): number {
    this.most = Math.max(this.most, into.length);
    return super.readAt(file, into, at);
  }

  override read(path: string): Buffer {
    const bytes = super.read(path);
    this.most = Math.max(this.most, bytes.length);
    return bytes;
  }
}

async function longRecords() {
  const records = await livedRecords(2, 120);
  for (const { events } of records)
    for (const { of, event } of events)
      if (of === 'hub' && event.type === 'message.added') event.message.text = event.message.text.repeat(2_200);
  return records;
}

test('a state of megabytes is saved, read back, opened, archived and verified in pieces', async () => {
  const records = await longRecords();
  const disk = new WatchedDisk();
  const rig = await Rig.open(disk, { ...rigLimits, segmentBytesMax: 400_000 });
  for (const record of records) {
    rig.append(record);
    await settled();
  }
  await rig.store.close();
  const again = await Rig.open(disk);
  expect(again.state.seq).toBe(records.length);
  await again.store.close();
  expect(verifyOnDisk(disk, '/data', rigLimits).problems).toEqual([]);
  expect(disk.peek('/data/state.json')!.length).toBeGreaterThan(2 * pieceBytesMax);
  expect(disk.paths().some((path) => path.startsWith('/data/archive/'))).toBe(true);
  expect(disk.most).toBeLessThanOrEqual(pieceBytesMax);
});

test('a state that was saved as one line opens', async () => {
  const records = await livedRecords(3, 150);
  const disk = new MemoryDisk();
  const rig = await Rig.open(disk);
  for (const record of records) {
    rig.append(record);
    await settled();
  }
  await rig.store.close();
  const names = ['state.json', 'state.json.1', 'state.json.2'];
  for (const name of names) disk.spoil(`/data/${name}`, asOneLine(disk, `/data/${name}`));
  const again = await Rig.open(disk);
  expect(again.log).toContainEqual(
    expect.objectContaining({
      event: 'store.loaded',
      detail: { snapshotSeq: records.length, lastSeq: records.length },
    }),
  );
  expect(digestOf(again.state)).toBe(digestsOf(records).at(-1));
});

/** As Foyer wrote it before. */
function asOneLine(disk: MemoryDisk, path: string): Buffer {
  const { seq, content } = fromLines(disk, path, 'state')!;
  const json = JSON.stringify(content);
  const sum = createHash('sha256').update(json).digest('hex');
  return Buffer.from(`{"foyer":"state","format":1,"seq":${seq},"sum":"${sum}","state":${json}}\n`);
}

test('of a long file a few MiB at most wait for a sync, and in the end nothing does', () => {
  const disk = new MemoryDisk();
  const pieces = Array.from({ length: 130 }, (_, index) => Buffer.alloc(50_000, index));
  const unsynced = [0];
  disk.fault = (call) => {
    if (call === 'write') unsynced.push((unsynced.at(-1) ?? 0) + 50_000);
    if (call === 'sync') unsynced.push(0);
    return null;
  };
  createFile(disk, '/data/long', pieces);
  expect(Math.max(...unsynced)).toBeLessThan(5 * 1024 ** 2);
  expect(unsynced.at(-1)).toBe(0);
  expect(disk.peek('/data/long')?.equals(Buffer.concat(pieces))).toBe(true);
});
