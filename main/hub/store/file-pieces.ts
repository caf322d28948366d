import { createHash } from 'node:crypto';
import type { Disk } from './disk';

/** Size of one read or write; files that grow are never held as a whole. */
export const pieceBytesMax = 64 * 1024;

/** A file's bytes from `from` to `to`; each piece is valid only until the next. */
export function* readPieces(disk: Disk, path: string, from = 0, to = Number.POSITIVE_INFINITY): Generator<Buffer> {
  const file = disk.open(path, 'read');
  try {
    const piece = Buffer.allocUnsafe(Math.min(pieceBytesMax, to - from));
    for (let at = from; at < to; ) {
      const length = disk.readAt(file, piece.subarray(0, Math.min(piece.length, to - at)), at);
      if (length === 0) return;
      yield piece.subarray(0, length);
      at += length;
    }
  } finally {
    disk.close(file);
  }
}

export interface FileLine {
  /** Without its newline; valid only until the next line. */
  bytes: Buffer;
  /** Offset of the line, and of the next one. */
  from: number;
  to: number;
  /** False: the file ends before the line does. */
  ended: boolean;
}

export function* readLines(disk: Disk, path: string, start = 0): Generator<FileLine> {
  /** The start of a line that continues in the next piece. */
  let begun: Buffer[] = [];
  let from = start;
  let at = start;
  for (const piece of readPieces(disk, path, start)) {
    for (let next = 0; ; ) {
      const newline = piece.indexOf(10, next);
      if (newline === -1) {
        if (next < piece.length) begun.push(Buffer.from(piece.subarray(next)));
        break;
      }
      const rest = piece.subarray(next, newline);
      next = newline + 1;
      yield { bytes: begun.length === 0 ? rest : Buffer.concat([...begun, rest]), from, to: at + next, ended: true };
      begun = [];
      from = at + next;
    }
    at += piece.length;
  }
  if (begun.length > 0) yield { bytes: Buffer.concat(begun), from, to: at, ended: false };
}

/** More than any line we write; a damaged line may exceed the longest string V8 can hold. */
const lineBytesMax = 64 * 1024 ** 2;

/** Null when the line is too long to be one we wrote. */
export function textOf({ bytes }: FileLine): string | null {
  return bytes.length > lineBytesMax ? null : bytes.toString('utf8');
}

/** A file's first line, or null when it has no complete one. */
export function firstLine(disk: Disk, path: string): string | null {
  for (const line of readLines(disk, path)) return line.ended ? textOf(line) : null;
  return null;
}

export function countLines(disk: Disk, path: string, from = 0): number {
  let count = 0;
  for (const { ended } of readLines(disk, path, from)) if (ended) count += 1;
  return count;
}

/** SHA-256 */
export function sumOfFile(disk: Disk, path: string): string {
  const hash = createHash('sha256');
  for (const piece of readPieces(disk, path)) hash.update(piece);
  return hash.digest('hex');
}

/** Regroups content into pieces for writing: joins short ones and splits long ones. */
export function* inPieces(content: string | Uint8Array | Iterable<string | Uint8Array>): Generator<Uint8Array> {
  const isWhole = typeof content === 'string' || content instanceof Uint8Array;
  let held: Uint8Array[] = [];
  let bytes = 0;
  for (const each of isWhole ? [content] : content) {
    const piece = typeof each === 'string' ? Buffer.from(each, 'utf8') : each;
    if (bytes + piece.length > pieceBytesMax && bytes > 0) {
      yield Buffer.concat(held);
      held = [];
      bytes = 0;
    }
    if (piece.length < pieceBytesMax) {
      // Copied, because the source may reuse its buffer for the next piece.
      held.push(typeof each === 'string' ? piece : Buffer.from(piece));
      bytes += piece.length;
    } else for (let at = 0; at < piece.length; at += pieceBytesMax) yield piece.subarray(at, at + pieceBytesMax);
  }
  if (bytes > 0) yield Buffer.concat(held);
}
