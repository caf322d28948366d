import { constants } from 'node:buffer';
import { sha256 } from '../../system/sha256';
import type { Disk } from '../disk';
import { parseJson, type Saved, textFile } from '../saved-forms';

/** Reads a saved state of format 2: one line of JSON, with a checksum of the content's text. Null if not intact. */
export function fromLine(disk: Disk, path: string, name: string): Saved<unknown> | null {
  if (disk.bytes(path) > constants.MAX_STRING_LENGTH) return null;
  const text = disk.read(path).toString('utf8');
  const file = textFile.safeParse(parseJson(text)).data;
  const before = `,"${name}":`;
  const content = text.slice(text.indexOf(before) + before.length, text.lastIndexOf('}'));
  return file?.foyer === name && sha256(content) === file.sum ? { seq: file.seq, content: file[name] } : null;
}
