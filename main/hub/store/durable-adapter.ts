import { basename, dirname } from 'node:path';
import { LowSync, type SyncAdapter } from 'lowdb';
import type { Disk } from './disk';
import { listIfThere, quarantine, writeBeside } from './durable-file';
import { asLines, asText, fromLines, fromText, isInLines, type Saved } from './saved-forms';
import { fromLine } from './upgrade/saved-state-line';

/** How one kind of file is read and written. */
export interface SavedKind<T> {
  /** The name inside the file for its kind and its content, e.g. `config`. */
  name: string;
  /** How many older generations stay beside it, as `.1`, `.2` …. */
  olderMax: number;
  form: 'text' | 'lines';
  /** Null when the content is invalid. */
  parse(content: unknown): T | null;
}

/**
 * lowdb's own adapters neither sync nor keep the mode, and read a damaged file as an empty one (STORAGE.md). This one
 * replaces the file atomically, keeps older generations, and moves an unusable file to quarantine.
 */
class DurableAdapter<T> implements SyncAdapter<Saved<T>> {
  /** Size of the last write. */
  bytes = 0;

  constructor(
    private readonly disk: Disk,
    private readonly path: string,
    private readonly kind: SavedKind<T>,
  ) {}

  read(): Saved<T> | null {
    const { disk, path, kind } = this;
    if (!listIfThere(disk, dirname(path)).includes(basename(path))) return null;
    const found = this.readAny();
    const content = found && kind.parse(found.content);
    if (found && content !== null) return { seq: found.seq, content };
    quarantine(disk, dirname(path), basename(path));
    return null;
  }

  private readAny(): Saved<unknown> | null {
    const { disk, path, kind } = this;
    if (kind.form === 'text') return fromText(disk, path, kind.name);
    return isInLines(disk, path, kind.name) ? fromLines(disk, path, kind.name) : fromLine(disk, path, kind.name);
  }

  write(saved: Saved<T>): void {
    const { disk, path, kind } = this;
    const { temp, bytes } = writeBeside(
      disk,
      path,
      kind.form === 'lines' ? asLines(kind.name, saved) : asText(kind.name, saved),
    );
    this.bytes = bytes;
    const there = new Set(disk.list(dirname(path)));
    const names = Array.from({ length: kind.olderMax + 1 }, (_, age) => generation(path, age));
    // Generations only have to move up to the first gap.
    const gap = names.findIndex((name) => !there.has(basename(name)));
    for (let age = gap === -1 ? kind.olderMax : gap; age > 0; age -= 1) disk.rename(names[age - 1]!, names[age]!);
    disk.rename(temp, path);
    disk.syncFolder(dirname(path));
  }
}

function generation(path: string, age: number): string {
  return age === 0 ? path : `${path}.${age}`;
}

/** One file with its older generations. */
export class SavedFile<T> {
  constructor(
    private readonly disk: Disk,
    private readonly path: string,
    private readonly kind: SavedKind<T>,
  ) {}

  /** The generation of this age (0: newest), or null if unusable, which quarantines it; never default data. */
  load(age = 0): Saved<T> | null {
    const low = openLow(this.adapter(generation(this.path, age)));
    low.read();
    return low.data;
  }

  /** Usable generations, the newest first. */
  *generations(): Generator<Saved<T>> {
    for (let age = 0; age <= this.kind.olderMax; age += 1) {
      const saved = this.load(age);
      if (saved) yield saved;
    }
  }

  /** Returns the file's size in bytes. */
  save(saved: Saved<T>): number {
    const adapter = this.adapter(this.path);
    const low = openLow(adapter);
    low.data = saved;
    low.write();
    return adapter.bytes;
  }

  private adapter(path: string): DurableAdapter<T> {
    return new DurableAdapter(this.disk, path, this.kind);
  }
}

function openLow<T>(adapter: DurableAdapter<T>): LowSync<Saved<T> | null> {
  return new LowSync<Saved<T> | null>(adapter as SyncAdapter<Saved<T> | null>, null);
}
