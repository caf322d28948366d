import { dirname } from 'node:path';
import { type Disk, errorCode } from '../../../main/hub/store/disk';

export type DiskCall = keyof Disk;
/** What goes wrong at a call. After a `sync` that fails the bytes are clean and on no disk: that is what Linux does. */
export type Fault = 'ENOSPC' | 'EIO' | 'EMFILE' | 'short';

interface Inode {
  folder: boolean;
  /** What a read gives. */
  bytes: Buffer;
  /** What a power cut leaves. */
  synced: Buffer;
  /** Bytes that a failed sync gave up: read, but never written by a later one. */
  lost: { from: number; to: number } | null;
}

interface NameChange {
  folders: string[];
  apply(names: Map<string, Inode>): void;
}

function inode(folder: boolean, bytes: Buffer = Buffer.alloc(0)): Inode {
  return { folder, bytes, synced: bytes, lost: null };
}

/** A disk in memory whose every call can fail, and whose power can be cut between any two. */
export class MemoryDisk implements Disk {
  /** How many calls were made so far; `fault` is asked before each. */
  calls = 0;
  fault: (call: DiskCall, number: number, path: string) => Fault | null = () => null;
  free = 1024 ** 4;
  private names = new Map<string, Inode>([['/data', inode(true)]]);
  private syncedNames = new Map(this.names);
  private changes: NameChange[] = [];
  private readonly handles = new Map<number, { node: Inode; path: string }>();
  private lastHandle = 0;

  open(path: string, how: 'append' | 'create' | 'read'): number {
    this.enter('open', path);
    let node = this.names.get(path);
    if (how === 'create' && node) throw failure('EEXIST', path);
    if (how === 'read') node = this.file(path);
    if (!node) {
      this.parent(path);
      const made = inode(false);
      node = made;
      this.change([dirname(path)], (names) => names.set(path, made));
    }
    this.lastHandle += 1;
    this.handles.set(this.lastHandle, { node, path });
    return this.lastHandle;
  }

  write(file: number, bytes: Uint8Array, from: number): number {
    const { node, path } = this.handle(file);
    const fault = this.enter('write', path);
    const wanted = bytes.subarray(from);
    const fits = Math.min(wanted.length, fault === 'short' ? Math.ceil(wanted.length / 2) : wanted.length, this.free);
    if (fits === 0 && wanted.length > 0) throw failure('ENOSPC', 'write');
    node.bytes = Buffer.concat([node.bytes, wanted.subarray(0, fits)]);
    this.free -= fits;
    return fits;
  }

  sync(file: number): void {
    const { node, path } = this.handle(file);
    try {
      this.enter('sync', path);
    } catch (error) {
      if (errorCode(error) !== '') node.lost = { from: node.lost?.from ?? node.synced.length, to: node.bytes.length };
      throw error;
    }
    node.synced = Buffer.from(node.bytes);
    if (node.lost) node.synced.fill(0, node.lost.from, Math.min(node.lost.to, node.synced.length));
  }

  truncate(file: number, bytes: number): void {
    const { node, path } = this.handle(file);
    this.enter('truncate', path);
    this.free += node.bytes.length - bytes;
    node.bytes = Buffer.from(node.bytes.subarray(0, bytes));
    if (node.lost && bytes <= node.lost.from) node.lost = null;
  }

  close(file: number): void {
    this.enter('close', this.handle(file).path);
    this.handles.delete(file);
  }

  readAt(file: number, into: Uint8Array, at: number): number {
    const { node, path } = this.handle(file);
    this.enter('readAt', path);
    const taken = node.bytes.subarray(at, at + into.length);
    into.set(taken);
    return taken.length;
  }

  read(path: string): Buffer {
    this.enter('read', path);
    return Buffer.from(this.file(path).bytes);
  }

  bytes(path: string): number {
    this.enter('bytes', path);
    return this.file(path).bytes.length;
  }

  list(folder: string): string[] {
    this.enter('list', folder);
    this.file(folder);
    const inside = [...this.names.keys()].filter((path) => dirname(path) === folder && path !== folder);
    return inside.map((path) => path.slice(folder.length + 1)).sort();
  }

  makeFolder(folder: string): void {
    this.enter('makeFolder', folder);
    this.parent(folder);
    if (this.names.has(folder)) return;
    const made = inode(true);
    this.change([dirname(folder)], (names) => names.set(folder, made));
  }

  rename(from: string, to: string): void {
    this.enter('rename', from);
    const node = this.file(from);
    this.parent(to);
    this.change([dirname(from), dirname(to)], (names) => {
      names.delete(from);
      names.set(to, node);
    });
  }

  remove(path: string): void {
    this.enter('remove', path);
    this.free += this.file(path).bytes.length;
    this.change([dirname(path)], (names) => names.delete(path));
  }

  removeAll(path: string): void {
    this.enter('removeAll', path);
    const gone = [...this.names.keys()].filter((each) => each === path || each.startsWith(`${path}/`));
    for (const each of gone) this.free += this.file(each).bytes.length;
    this.change([dirname(path)], (names) => {
      for (const each of gone) names.delete(each);
    });
  }

  syncFolder(folder: string): void {
    this.enter('syncFolder', folder);
    this.changes = this.changes.filter((change) => {
      if (!change.folders.includes(folder)) return true;
      change.apply(this.syncedNames);
      return false;
    });
  }

  freeBytes(path: string): number {
    this.enter('freeBytes', path);
    this.file(path);
    return this.free;
  }

  /** The process dies: what was written is there, and still not synced. */
  kill(): this {
    this.handles.clear();
    this.fault = () => null;
    return this;
  }

  /** The power is cut: of what was not synced a random part is there, of names as of bytes. */
  cutPower(random: () => number): MemoryDisk {
    const names = new Map(this.syncedNames);
    for (const change of this.changes.slice(0, Math.floor(random() * (this.changes.length + 1)))) change.apply(names);
    const after = new MemoryDisk();
    after.names = new Map();
    for (const [path, node] of names) {
      const kept = inode(node.folder, node.folder ? node.bytes : whatStays(node, random));
      if (path === '/data' || names.has(dirname(path))) after.names.set(path, kept);
    }
    after.syncedNames = new Map(after.names);
    return after;
  }

  /** For a test that looks at files or spoils them. */
  peek(path: string): Buffer | null {
    return this.names.get(path)?.bytes ?? null;
  }

  spoil(path: string, bytes: Buffer | null): void {
    if (bytes === null) this.names.delete(path);
    else this.names.set(path, inode(false, bytes));
    this.syncedNames = new Map(this.names);
  }

  paths(): string[] {
    return [...this.names.keys()].filter((path) => !this.names.get(path)!.folder).sort();
  }

  copy(): MemoryDisk {
    const other = new MemoryDisk();
    for (const [path, node] of this.names) other.names.set(path, inode(node.folder, Buffer.from(node.bytes)));
    other.syncedNames = new Map(other.names);
    return other;
  }

  private enter(call: DiskCall, path: string): Fault | null {
    this.calls += 1;
    const fault = this.fault(call, this.calls, path);
    if (fault === null || (fault === 'short' && call === 'write')) return fault;
    if (fault === 'short') return null;
    throw failure(fault, call);
  }

  private change(folders: string[], apply: NameChange['apply']): void {
    apply(this.names);
    this.changes.push({ folders, apply });
  }

  private handle(file: number) {
    const found = this.handles.get(file);
    if (!found) throw failure('EBADF', String(file));
    return found;
  }

  private file(path: string): Inode {
    const node = this.names.get(path);
    if (!node) throw failure('ENOENT', path);
    return node;
  }

  private parent(path: string): void {
    if (!this.names.get(dirname(path))?.folder) throw failure('ENOENT', path);
  }
}

function failure(code: string, what: string): Error {
  return Object.assign(new Error(`${code}: ${what}`), { code });
}

/** The synced bytes and a random part of those after them, perhaps with a page of zeros where one did not arrive. */
function whatStays({ bytes, synced }: Inode, random: () => number): Buffer {
  const follows = bytes.length >= synced.length && bytes.subarray(0, synced.length).equals(synced);
  if (!follows) return random() < 0.5 ? synced : bytes;
  const kept = Buffer.from(
    bytes.subarray(0, synced.length + Math.floor(random() * (bytes.length - synced.length + 1))),
  );
  const unsynced = kept.length - synced.length;
  if (unsynced > 0 && random() < 0.3) kept.fill(0, synced.length, synced.length + Math.ceil(random() * unsynced));
  return kept;
}
