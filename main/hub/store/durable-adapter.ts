import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { LowSync, type SyncAdapter } from 'lowdb';
import * as z from 'zod';
import type { Disk } from './disk';
import { quarantine, readIfThere, writeBeside } from './durable-file';

const keptFormat = 1;

const keptFile = z.looseObject({
  foyer: z.string(),
  format: z.literal(keptFormat),
  seq: z.number().int().nonnegative(),
  /** Of the content as it stands here: a file changed by hand or by a failing disk is not used. */
  sum: z.string(),
});

/** Content as of the record `seq`. */
export interface Kept<T> {
  seq: number;
  content: T;
}

/** What one file holds, and how it is read and written. */
export interface KeptKind<T> {
  /** `config`: the file's own name for itself and for its content. */
  name: string;
  /** How many older ones stay beside it, as `.1`, `.2` …. */
  olderMax: number;
  /** Spaces; none where nobody reads it. */
  indent: number;
  /** Null when the content is not what it should be. */
  parse(content: unknown): T | null;
}

/**
 * lowdb's own adapters neither sync nor keep the mode, and read a damaged file as an empty one (STORAGE.md). This one
 * replaces the file as a whole or not at all, keeps older generations, and puts aside what it can't use.
 */
class DurableAdapter<T> implements SyncAdapter<Kept<T>> {
  /** Of what was written last. */
  bytes = 0;

  constructor(
    private readonly disk: Disk,
    private readonly path: string,
    private readonly kind: KeptKind<T>,
  ) {}

  read(): Kept<T> | null {
    const text = readIfThere(this.disk, this.path)?.toString('utf8');
    if (text === undefined) return null;
    const kept = parseKept(text, this.kind);
    if (!kept) quarantine(this.disk, dirname(this.path), basename(this.path));
    return kept;
  }

  write({ seq, content }: Kept<T>): void {
    const { disk, path, kind } = this;
    const json = JSON.stringify(content);
    const head = JSON.stringify({ foyer: kind.name, format: keptFormat, seq, sum: sumOf(json) });
    const file = `${head.slice(0, -1)},"${kind.name}":${json}}`;
    const bytes = Buffer.from(`${kind.indent === 0 ? file : JSON.stringify(JSON.parse(file), null, kind.indent)}\n`);
    this.bytes = bytes.length;
    const temp = writeBeside(disk, path, bytes);
    const there = new Set(disk.list(dirname(path)));
    const names = Array.from({ length: kind.olderMax + 1 }, (_, age) => generation(path, age));
    // From the first gap on nothing has to move.
    const gap = names.findIndex((name) => !there.has(basename(name)));
    for (let age = gap === -1 ? kind.olderMax : gap; age > 0; age -= 1) disk.rename(names[age - 1]!, names[age]!);
    disk.rename(temp, path);
    disk.syncFolder(dirname(path));
  }
}

function parseKept<T>(text: string, kind: KeptKind<T>): Kept<T> | null {
  try {
    const file = keptFile.safeParse(JSON.parse(text)).data;
    if (file?.foyer !== kind.name) return null;
    const json = kind.indent === 0 ? contentIn(text, kind.name) : JSON.stringify(file[kind.name]);
    if (sumOf(json) !== file.sum) return null;
    const content = kind.parse(file[kind.name]);
    return content === null ? null : { seq: file.seq, content };
  } catch {
    return null;
  }
}

/** As it was written, so that what may be long is not encoded again. */
function contentIn(text: string, name: string): string {
  const before = `,"${name}":`;
  return text.slice(text.indexOf(before) + before.length, text.lastIndexOf('}'));
}

function sumOf(json: string): string {
  return createHash('sha256').update(json, 'utf8').digest('hex');
}

function generation(path: string, age: number): string {
  return age === 0 ? path : `${path}.${age}`;
}

/** One file with its older generations. */
export class KeptFile<T> {
  constructor(
    private readonly disk: Disk,
    private readonly path: string,
    private readonly kind: KeptKind<T>,
  ) {}

  /** The usable one of this age, 0 being the newest, or null; never default data. One that is not usable is put aside. */
  load(age = 0): Kept<T> | null {
    const low = openLow(this.adapter(generation(this.path, age)));
    low.read();
    return low.data;
  }

  /** Usable generations, the newest first. */
  *generations(): Generator<Kept<T>> {
    for (let age = 0; age <= this.kind.olderMax; age += 1) {
      const kept = this.load(age);
      if (kept) yield kept;
    }
  }

  /** Returns how many bytes it has. */
  save(kept: Kept<T>): number {
    const adapter = this.adapter(this.path);
    const low = openLow(adapter);
    low.data = kept;
    low.write();
    return adapter.bytes;
  }

  private adapter(path: string): DurableAdapter<T> {
    return new DurableAdapter(this.disk, path, this.kind);
  }
}

function openLow<T>(adapter: DurableAdapter<T>): LowSync<Kept<T> | null> {
  return new LowSync<Kept<T> | null>(adapter as SyncAdapter<Kept<T> | null>, null);
}
