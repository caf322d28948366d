import { open } from 'node:fs/promises';
import { HubStartError } from '../ports';
import { type HubRecord, hubRecord } from '../state/records';
import { decodeLine, headerSum, journalFormat, journalHeader } from './journal-lines';

const chunkBytes = 1024 * 1024;

export interface JournalEnd {
  /** The checksum the next line names as its `prev`. */
  sum: string;
  lastSeq: number;
  /** Bytes that hold. */
  goodBytes: number;
  /** Bytes after them: a write that a crash cut short. */
  tornBytes: number;
}

/**
 * Reads a journal from its beginning. What a crash left unfinished at the end is reported; damage before something
 * that was acknowledged throws `damaged`.
 */
export async function readJournal(path: string, hubId: string, each: (record: HubRecord) => void): Promise<JournalEnd> {
  let end: JournalEnd | null = null;
  let bad: { line: number; why: string; zeros: boolean } | null = null;
  let number = 0;
  let tornBytes = 0;
  for await (const { text, bytes, complete } of lines(path)) {
    number += 1;
    if (bad) {
      tornBytes += bytes;
      // Of one unfinished write later pages may have reached the disk and earlier ones not: those read as zeros. Any
      // other line that still proves itself was acknowledged after the bad one.
      const later = decodeLine(text);
      if (later && !(bad.zeros && later.batch <= (end?.lastSeq ?? 0) + 1)) throw damaged(path, bad.line, bad.why);
      if (!later && !text.includes('\0')) bad.zeros = false;
      continue;
    }
    if (end === null) {
      end = { sum: readHeader(path, text, hubId), lastSeq: 0, goodBytes: bytes, tornBytes: 0 };
      continue;
    }
    const line = complete ? decodeLine(text) : null;
    if (!line) {
      bad = { line: number, why: 'its checksum does not fit', zeros: text.includes('\0') };
      tornBytes += bytes;
      continue;
    }
    if (line.prev !== end.sum) throw damaged(path, number, 'it does not follow the line before');
    each(readRecord(path, number, line.json, end.lastSeq + 1));
    end = { sum: line.sum, lastSeq: end.lastSeq + 1, goodBytes: end.goodBytes + bytes, tornBytes: 0 };
  }
  if (end === null) throw damaged(path, 1, 'it has no header');
  return { ...end, tornBytes };
}

function readHeader(path: string, text: string, hubId: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged(path, 1, 'its header is not readable');
  }
  const header = journalHeader.safeParse(value);
  if (!header.success) throw damaged(path, 1, 'its header is not readable');
  if (header.data.format > journalFormat) {
    const message = `${path} was written by a newer Foyer (format ${header.data.format}; this one reads ${journalFormat}). Update Foyer.`;
    throw new HubStartError('newerFormat', message);
  }
  if (header.data.hubId !== hubId) throw damaged(path, 1, 'it belongs to another hub');
  return headerSum(text);
}

function readRecord(path: string, number: number, json: string, seq: number): HubRecord {
  const record = hubRecord.safeParse(JSON.parse(json));
  if (!record.success) throw damaged(path, number, `its record is not readable (${record.error.issues[0]?.message})`);
  if (record.data.seq !== seq) throw damaged(path, number, `record ${seq} is missing`);
  return record.data;
}

function damaged(path: string, line: number, why: string): HubStartError {
  return new HubStartError(
    'damaged',
    `The journal ${path} is damaged in line ${line}: ${why}. Nothing was changed. Restore the data folder from a backup, ` +
      'or keep a copy and cut the journal before that line: everything recorded from there on is then lost.',
  );
}

interface Line {
  text: string;
  bytes: number;
  /** Ends in a newline. */
  complete: boolean;
}

async function* lines(path: string): AsyncGenerator<Line> {
  const handle = await open(path, 'r');
  try {
    let rest = Buffer.alloc(0);
    for (;;) {
      const chunk = Buffer.allocUnsafe(chunkBytes);
      const { bytesRead } = await handle.read(chunk, 0, chunkBytes);
      if (bytesRead === 0) break;
      let from = 0;
      const data =
        rest.length === 0 ? chunk.subarray(0, bytesRead) : Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      for (let at = data.indexOf(10, from); at !== -1; at = data.indexOf(10, from)) {
        yield { text: data.toString('utf8', from, at), bytes: at + 1 - from, complete: true };
        from = at + 1;
      }
      rest = data.subarray(from);
    }
    if (rest.length > 0) yield { text: rest.toString('utf8'), bytes: rest.length, complete: false };
  } finally {
    await handle.close();
  }
}
