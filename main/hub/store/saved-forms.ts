import { constants } from 'node:buffer';
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { sha256 } from '../system/sha256';
import type { Disk } from './disk';
import { readLines, readPieces, textOf } from './file-pieces';
import { Assembly, linesOf } from './json-pieces';

/** Content as of the record `seq`. */
export interface Saved<T> {
  seq: number;
  content: T;
}

/** The fields of a saved file besides its content. `format` 1 is one JSON text, 2 is lines. */
export const textFile = z.looseObject({
  foyer: z.string(),
  format: z.literal(1),
  seq: z.number().int().nonnegative(),
  /** Checksum of the content, so that a file changed by hand or by a failing disk is not used. */
  sum: z.string(),
});
const linesHead = z.object({ foyer: z.string(), format: z.literal(2), seq: z.number().int().nonnegative() });
const linesEnd = z.object({ sum: z.string() });

/** One JSON text, for small content that people may read. */
export function asText(name: string, { seq, content }: Saved<unknown>): string {
  const said = { foyer: name, format: 1, seq, sum: sha256(JSON.stringify(content)), [name]: content };
  return `${JSON.stringify(said, null, 2)}\n`;
}

/** Null when it is not whole. */
export function fromText(disk: Disk, path: string, name: string): Saved<unknown> | null {
  if (disk.bytes(path) > constants.MAX_STRING_LENGTH) return null;
  const file = textFile.safeParse(parseJson(disk.read(path).toString('utf8'))).data;
  if (file?.foyer !== name || sha256(JSON.stringify(file[name])) !== file.sum) return null;
  return { seq: file.seq, content: file[name] };
}

/** Lines, for content that may be large: a head, the content in pieces, and the checksum of all bytes before. */
export function* asLines(name: string, { seq, content }: Saved<unknown>): Generator<string> {
  const hash = createHash('sha256');
  const summed = (line: string) => {
    const text = `${line}\n`;
    hash.update(text);
    return text;
  };
  yield summed(JSON.stringify({ foyer: name, format: 2, seq }));
  for (const line of linesOf(content)) yield summed(line);
  yield `${JSON.stringify({ sum: hash.digest('hex') })}\n`;
}

/** Whether an existing file is in lines. */
export function isInLines(disk: Disk, path: string, name: string): boolean {
  const head = `{"foyer":"${name}","format":2,`;
  for (const piece of readPieces(disk, path, 0, head.length)) return piece.toString('utf8') === head;
  return false;
}

/** Null when it is not whole. */
export function fromLines(disk: Disk, path: string, name: string): Saved<unknown> | null {
  const hash = createHash('sha256');
  const assembly = new Assembly();
  let seq: number | null = null;
  for (const line of readLines(disk, path)) {
    const text = line.ended ? textOf(line) : null;
    if (text === null) return null;
    if (seq === null) {
      const head = linesHead.safeParse(parseJson(text)).data;
      if (head?.foyer !== name) return null;
      seq = head.seq;
    } else if (text.startsWith('{')) {
      const isWhole = linesEnd.safeParse(parseJson(text)).data?.sum === hash.digest('hex');
      return isWhole && line.to === disk.bytes(path) ? { seq, content: assembly.value } : null;
    } else if (!takeLine(assembly, text)) return null;
    hash.update(line.bytes).update('\n');
  }
  return null;
}

function takeLine(assembly: Assembly, text: string): boolean {
  try {
    assembly.take(text);
    return true;
  } catch {
    return false;
  }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
