import assert from 'node:assert/strict';
import type { HubRecord } from '../../main/hub/state/records';
import { beginning, JournalDamage, type Place, readJournal } from '../../main/hub/store/journal-reader';
import { journalPath, killedDisk } from '../storage/support/killed-disk';
import type { MemoryDisk } from '../storage/support/memory-disk';
import { type Looked, look, type Share } from './places';

interface Read {
  /** The first record is the one after the place. */
  jsons: string[];
  tornBytes: number;
}

/** The reader by itself, as a start uses it: a million starts would take hours. */
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

/** A journal cut at each byte, and one that reads as zeros from there: the records before it are there, in order. */
export async function truncations(records: readonly HubRecord[], share: Share): Promise<Looked> {
  const jsons = records.map((record) => JSON.stringify(record));
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
 * Every bit flipped in the last `count` records: never a record that was not written, and what can be torn is the last
 * write only. A place is a byte.
 */
export async function bitFlips(records: readonly HubRecord[], count: number, share: Share): Promise<Looked> {
  const jsons = records.map((record) => JSON.stringify(record));
  const disk = await killedDisk(records);
  const whole = disk.peek(journalPath)!;
  const ends = lineEnds(whole);
  const from = ends.at(-1 - count)! + 1;
  // The newline before the last record, turned into something else, makes one bad line at the end of the two.
  const lastNewline = ends.at(-2)!;
  return look(whole.length - from, share, (place) => {
    const at = from + place;
    const line = ends.findIndex((end) => end >= at);
    const after = placeBefore(whole, ends, line - 2);
    const kept = records.length - (at === lastNewline ? 2 : 1);
    const torn = { jsons: jsons.slice(after.seq, kept), tornBytes: whole.length - ends[kept]! - 1 };
    const wanted = at < lastNewline ? 'damaged' : torn;
    for (let bit = 0; bit < 8; bit += 1) {
      const flipped = Buffer.from(whole);
      flipped[at]! ^= 1 << bit;
      disk.spoil(journalPath, flipped);
      assert.deepEqual(read(disk, after), wanted, `bit ${bit}`);
    }
  });
}

/** As from a snapshot after the record in line `line`, so that the thousands of readings look at few records each. */
function placeBefore(whole: Buffer, ends: readonly number[], line: number): Place {
  const text = whole.toString('utf8', ends[line - 1]! + 1, ends[line]);
  return { seq: line, sum: /"sum":"(\w+)"/.exec(text)![1]! };
}
