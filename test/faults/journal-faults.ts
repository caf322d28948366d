import assert from 'node:assert/strict';
import { encodeRecord } from '../../main/hub/loop/encode-record';
import type { HubRecord } from '../../main/hub/state/records';
import { Journal, startSegment } from '../../main/hub/store/journal';
import { beginning, JournalDamage, type Place, readJournal, segmentNames } from '../../main/hub/store/journal-reader';
import { journalPath, killedDisk } from '../storage/support/killed-disk';
import { MemoryDisk } from '../storage/support/memory-disk';
import { type Looked, look, type Share } from './places';

const segmentBytesMax = 4_000;

interface Read {
  /** The records after the place. */
  jsons: string[];
  tornBytes: number;
}

/** Only the reader that a start uses: a million starts would take hours. */
function read(disk: MemoryDisk, after: Place = beginning): Read | 'damaged' {
  const jsons: string[] = [];
  const record = (_record: HubRecord, json: string) => void jsons.push(json);
  try {
    const { tornBytes } = readJournal(disk, '/data', 'hub-1', after, { record });
    return { jsons, tornBytes };
  } catch (error) {
    if (error instanceof JournalDamage) return 'damaged';
    throw error;
  }
}

function lineEnds(bytes: Buffer): number[] {
  return [...bytes.keys()].filter((at) => bytes[at] === 10);
}

/** A journal truncated, or zeroed, from each byte on: the records before it are read, in order. */
export async function truncations(records: readonly HubRecord[], share: Share): Promise<Looked> {
  const jsons = records.map((record) => encodeRecord(record).json);
  const disk = await killedDisk(records);
  const whole = disk.peek(journalPath)!;
  const ends = lineEnds(whole);
  return look(whole.length, share, (length) => {
    const kept = ends.filter((end) => end < length).length - 1;
    const from = kept < 0 ? 0 : ends[kept]! + 1;
    const zeros = Buffer.from(whole).fill(0, length);
    for (const left of [whole.subarray(0, length), zeros]) {
      disk.spoil(journalPath, Buffer.from(left));
      const wanted = kept < 0 ? 'damaged' : { jsons: jsons.slice(0, kept), tornBytes: left.length - from };
      assert.deepEqual(read(disk), wanted);
    }
  });
}

/**
 * Every bit flipped in the last `count` records: no record is read that was not written, and only the last write can
 * count as torn. A place is a byte.
 */
export async function bitFlips(records: readonly HubRecord[], count: number, share: Share): Promise<Looked> {
  const disk = journalInSegments(records);
  const lines = segmentNames(disk, '/data').flatMap((name) => linesOf(disk, name));
  const flipped = lines.slice(-count);
  const places = flipped.flatMap((line) =>
    Array.from({ length: line.to - line.from }, (_, index) => ({ line, index })),
  );
  const jsons = records.map((record) => encodeRecord(record).json);
  const last = lines.at(-1)!;
  return look(places.length, share, (place) => {
    const { line, index } = places[place]!;
    const path = `/data/journal/${line.segment}`;
    const at = line.from + index;
    const whole = disk.peek(path)!;
    // Without the newline before it, the last record and the one before make one damaged line at the end.
    const before = line.seq === last.seq - 1 && line.segment === last.segment && at === line.to - 1;
    const torn = { jsons: jsons.slice(line.after.seq, line.seq - 1), tornBytes: whole.length - line.from };
    const wanted = before || line === last ? torn : 'damaged';
    for (let bit = 0; bit < 8; bit += 1) {
      const bytes = Buffer.from(whole);
      bytes[at]! ^= 1 << bit;
      disk.spoil(path, bytes);
      assert.deepEqual(read(disk, line.after), wanted, `bit ${bit}`);
    }
    disk.spoil(path, whole);
  });
}

/** In short segments, so that each of a million reads covers few records. */
function journalInSegments(records: readonly HubRecord[]): MemoryDisk {
  const disk = new MemoryDisk();
  disk.makeFolder('/data/journal');
  const identity = { hubId: 'hub-1', epoch: 1 };
  const started = startSegment(disk, '/data', '000001.jsonl', { ...identity, first: 1 });
  const end = { ...started, recordSum: '', tornBytes: 0, lastSeq: 0, lastAt: 0 };
  const journal = new Journal(disk, '/data', end);
  for (const record of records) {
    if (journal.end.goodBytes > segmentBytesMax) journal.seal(identity);
    journal.append([encodeRecord(record).json]);
  }
  return disk;
}

interface Line {
  segment: string;
  seq: number;
  from: number;
  to: number;
  /** The beginning of its segment. */
  after: Place;
}

function linesOf(disk: MemoryDisk, segment: string): Line[] {
  const bytes = disk.peek(`/data/journal/${segment}`)!;
  const [header, ...ends] = lineEnds(bytes);
  const { first, prev = '' } = JSON.parse(bytes.toString('utf8', 0, header)) as { first: number; prev?: string };
  const after = { seq: first - 1, sum: prev };
  return ends.map((end, index) => ({
    segment,
    seq: first + index,
    from: (index === 0 ? header! : ends[index - 1]!) + 1,
    to: end + 1,
    after,
  }));
}
