import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as tar from 'tar';
import * as z from 'zod';
import { HubStartError } from '../hub-start-error';
import { CipherDamage, isSealed, opened, Sealer, WrongPassphrase } from './backup-cipher';
import { nodeDisk, type OpenFile } from './disk';
import { createFile, writeAll } from './durable-file';
import { readPieces, sumOfFile } from './file-pieces';
import type { Identity } from './journal';

/** What a backup says of itself. It is the last in the file: one that was cut short has none. */
const contents = z.strictObject({
  foyer: z.literal('backup'),
  /** 1: its state.json is one line. */
  format: z.number().int(),
  hubId: z.string(),
  epoch: z.number().int(),
  /** The last record in it. */
  seq: z.number().int().nonnegative(),
  /** SHA-256 of each file, by its name. */
  files: z.record(z.string(), z.string()),
});
const contentsFormat = 2;
const contentsName = 'backup.json';
const contentsBytesMax = 256 * 1024 ** 2;

/** Nothing else is ever taken out of one, whatever it holds. */
const takenNames =
  /^(backup\.json|config\.json|state\.json|hub-key(-next)?\.pem|archive\/\d{4}-\d\d-\d\d\.jsonl|audit\/\d{4}-\d\d\.jsonl|attachments\/[0-9a-f]{2}\/[0-9a-f]{64}|pages\/[\w-]+\/[\w-]+\/\d{1,15}\.\d{1,6}\.jsonl)$/;

/** `foyer-2026-11-22T14-03-12Z`: fit for every file system. */
export function backupName(nowMs: number): string {
  return `foyer-${new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
}

/** The kind of a backup by its name, for people; code reads how the file begins. */
export function backupFileName(name: string, passphrase: string | null): string {
  return passphrase === null ? `${name}.tar.gz` : `${name}.tar.gz.enc`;
}

export function isPlainBackup(fileName: string): boolean {
  return fileName.endsWith('.tar.gz');
}

/**
 * Packs these files of `folder` into one new `.tar.gz`, which any system can look into; with a passphrase, encrypted.
 * Synchronous, as everything here: for a background thread.
 */
export function packBackup(
  folder: string,
  names: readonly string[],
  file: string,
  passphrase: string | null,
  { hubId, epoch, seq }: Identity & { seq: number },
): void {
  const files = Object.fromEntries(names.map((name) => [name, sumOfFile(nodeDisk, join(folder, name))]));
  const said: z.infer<typeof contents> = { foyer: 'backup', format: contentsFormat, hubId, epoch, seq, files };
  createFile(nodeDisk, join(folder, contentsName), JSON.stringify(said));
  const made = nodeDisk.open(file, 'create');
  try {
    const take = (bytes: Uint8Array) => writeAll(nodeDisk, made, bytes);
    const sealer = passphrase === null ? null : new Sealer(passphrase, take);
    const pack = new tar.PackSync({ gzip: true, portable: true, cwd: folder, strict: true });
    pack.on('data', (bytes: Buffer) => (sealer ? sealer.write(bytes) : take(bytes)));
    for (const name of [...names, contentsName]) pack.add(name);
    pack.end();
    sealer?.end();
    nodeDisk.sync(made);
  } finally {
    nodeDisk.close(made);
  }
}

export interface Unpacked {
  identity: Identity;
  seq: number;
  /** What is in it, each as it was packed. */
  names: ReadonlySet<string>;
}

/** Whether restoring this file needs the passphrase it was made with. */
export function needsPassphrase(file: string): boolean {
  try {
    for (const piece of readPieces(nodeDisk, file, 0, 64)) return isSealed(piece);
  } catch {
    // It is said when it is to be unpacked.
  }
  return false;
}

/**
 * Takes a backup's files out into `folder`, which is empty, and checks every one; what it says it holds must fit into
 * `roomBytes` first. Throws a `HubStartError` when it is none, or not a whole one.
 */
export function unpackBackup(file: string, folder: string, passphrase: string | null, roomBytes: number): Unpacked {
  const sums = extracted(file, folder, passphrase, roomBytes);
  const said = readContents(file, folder);
  for (const needed of ['config.json', 'state.json'])
    if (!(needed in said.files)) throw notWhole(file, `${needed} is missing`);
  for (const [name, sum] of Object.entries(said.files))
    if (name === contentsName || sums.get(name) !== sum) throw notWhole(file, `${name} is damaged`);
  for (const name of sums.keys())
    if (name !== contentsName && !(name in said.files)) throw notWhole(file, `${name} is not in its list of contents`);
  const { hubId, epoch, seq } = said;
  return { identity: { hubId, epoch }, seq, names: new Set(Object.keys(said.files)) };
}

/** Of each file that was taken out, its sum. */
function extracted(file: string, folder: string, passphrase: string | null, roomBytes: number): Map<string, string> {
  const extraction = new Extraction(folder, roomBytes);
  // What it becomes is bounded by the room there is.
  const parser = new tar.Parser({ strict: true, maxDecompressionRatio: Number.POSITIVE_INFINITY });
  parser.on('error', (error: unknown) => extraction.fail(error));
  parser.on('entry', (entry: tar.ReadEntry) => extraction.take(entry));
  try {
    // Little at a time: it may become a thousand times as much.
    for (const piece of plainPieces(file, passphrase))
      for (let at = 0; at < piece.length; at += fedBytes) {
        parser.write(Buffer.from(piece.subarray(at, at + fedBytes)));
        extraction.check();
      }
    parser.end();
    extraction.check();
    return extraction.sums;
  } catch (error) {
    throw explained(file, error);
  } finally {
    extraction.close();
  }
}

const fedBytes = 16 * 1024;
/** What a file takes on a disk at least. */
const blockBytes = 4096;

class TooLarge extends Error {}

/** Takes files out of an archive as they come by. An error is kept until somebody can be told. */
class Extraction {
  readonly sums = new Map<string, string>();
  private failure: unknown = null;
  private file: OpenFile | null = null;

  constructor(
    private readonly folder: string,
    private roomBytes: number,
  ) {}

  fail(error: unknown): void {
    this.failure ??= error;
  }

  check(): void {
    if (this.failure !== null) throw this.failure;
  }

  close(): void {
    if (this.file !== null) nodeDisk.close(this.file);
    this.file = null;
  }

  /** Whatever has another name than a backup's files is passed by; it is unpacked all the same, and counts. */
  take(entry: tar.ReadEntry): void {
    const { path, size, type } = entry;
    this.roomBytes -= Math.max(size, blockBytes);
    if (this.roomBytes < 0) this.fail(new TooLarge());
    if (this.failure !== null || !takenNames.test(path) || (type !== 'File' && type !== 'OldFile')) entry.resume();
    else
      try {
        this.takeOut(entry);
      } catch (error) {
        this.fail(error);
        entry.resume();
      }
  }

  private takeOut(entry: tar.ReadEntry): void {
    const path = join(this.folder, entry.path);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const file = nodeDisk.open(path, 'create');
    this.file = file;
    const hash = createHash('sha256');
    entry.on('data', (bytes: Buffer) => {
      hash.update(bytes);
      writeAll(nodeDisk, file, bytes);
    });
    entry.on('end', () => {
      this.close();
      this.sums.set(entry.path, hash.digest('hex'));
    });
  }
}

function plainPieces(file: string, passphrase: string | null): Iterable<Uint8Array> {
  const pieces = readPieces(nodeDisk, file);
  if (!needsPassphrase(file)) return pieces;
  if (passphrase === null) throw new WrongPassphrase();
  return opened(pieces, passphrase);
}

function readContents(file: string, folder: string): z.infer<typeof contents> {
  const path = join(folder, contentsName);
  let value: unknown = null;
  try {
    if (nodeDisk.bytes(path) <= contentsBytesMax) value = JSON.parse(nodeDisk.read(path).toString('utf8'));
  } catch {
    // Said below.
  }
  const said = contents.safeParse(value).data;
  if (!said) throw notWhole(file, 'its list of contents is missing');
  if (said.format <= contentsFormat) return said;
  const message = `${file} was made by a newer Foyer. Update Foyer first.`;
  throw new HubStartError('newerFormat', message);
}

function explained(file: string, failure: unknown): HubStartError {
  if (failure instanceof WrongPassphrase) {
    const message = `${file} was made with a passphrase, and this is not it.`;
    return new HubStartError('wrongPassphrase', message);
  }
  if (failure instanceof TooLarge) {
    const message = `${file} holds more than there is room for on this disk. Make room, or restore it on another disk.`;
    return new HubStartError('badBackup', message);
  }
  if (failure instanceof CipherDamage) return notWhole(file, failure.message);
  return notWhole(file, failure instanceof Error ? failure.message : String(failure));
}

function notWhole(file: string, why: string): HubStartError {
  return new HubStartError('badBackup', `${file} is not a backup of Foyer's, or not a whole one: ${why}.`);
}
