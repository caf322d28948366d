import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as tar from 'tar';
import * as z from 'zod';
import { HubStartError } from '../hub-start-error';
import { CipherDamage, isSealed, opened, Sealer, WrongPassphrase } from './backup-cipher';
import { nodeDisk, type OpenFile } from './disk';
import { createFile, pacedWriter, writeAll } from './durable-file';
import { readPieces, sumOfFile } from './file-pieces';
import type { Identity } from './journal';

/** A backup's list of contents. It comes last, so a truncated backup has none. */
const contents = z.strictObject({
  foyer: z.literal('backup'),
  /** In format 1 state.json is one line. */
  format: z.number().int(),
  hubId: z.string(),
  epoch: z.number().int(),
  /** The last record included. */
  seq: z.number().int().nonnegative(),
  /** SHA-256 of each file, by name. */
  files: z.record(z.string(), z.string()),
});
const contentsFormat = 2;
const contentsName = 'backup.json';
const contentsBytesMax = 256 * 1024 ** 2;

/** The only names extracted from a backup, whatever else it holds. */
const takenNames =
  /^(backup\.json|config\.json|state\.json|hub-key(-next)?\.pem|archive\/\d{4}-\d\d-\d\d\.jsonl|audit\/\d{4}-\d\d\.jsonl|customers\/\d{4}-\d\d\/[0-9a-f]{2}\.jsonl|attachments\/[0-9a-f]{2}\/[0-9a-f]{64}|pages\/[\w-]+\/[\w-]+\/\d{1,15}\.\d{1,6}\.jsonl)$/;

/** E.g. `foyer-2026-11-22T14-03-12Z`, valid on every file system. */
export function backupName(nowMs: number): string {
  return `foyer-${new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
}

/** The extension tells people the kind of backup; code checks the file's first bytes. */
export function backupFileName(name: string, passphrase: string | null): string {
  return passphrase === null ? `${name}.tar.gz` : `${name}.tar.gz.enc`;
}

export function isPlainBackup(fileName: string): boolean {
  return fileName.endsWith('.tar.gz');
}

/**
 * Packs these files of `folder` into one new `.tar.gz`, encrypted if there is a passphrase. Synchronous, like
 * everything here, so call it on a background thread.
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
    const take = pacedWriter(nodeDisk, made);
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
  /** The files in it, all verified by their checksums. */
  names: ReadonlySet<string>;
}

/** Whether this backup is encrypted. */
export function needsPassphrase(file: string): boolean {
  try {
    for (const piece of readPieces(nodeDisk, file, 0, 64)) return isSealed(piece);
  } catch {
    // An unreadable file is reported when it is unpacked.
  }
  return false;
}

/**
 * Extracts a backup into `folder`, which must be empty, and verifies every file. Stops once the files' declared sizes
 * exceed `roomBytes`. Throws a `HubStartError` when it is not a backup, or not a whole one.
 */
export function unpackBackup(file: string, folder: string, passphrase: string | null, roomBytes: number): Unpacked {
  return checked(
    file,
    folder,
    extracted(file, folder, passphrase, roomBytes, () => true),
  );
}

/** Verifies every file of a backup as `unpackBackup` does, but extracts only the list of contents. */
export function readBackup(file: string, folder: string, passphrase: string | null): Unpacked {
  const isContents = (name: string) => name === contentsName;
  return checked(file, folder, extracted(file, folder, passphrase, Number.POSITIVE_INFINITY, isContents));
}

function checked(file: string, folder: string, sums: ReadonlyMap<string, string>): Unpacked {
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

/** Extracts the files that it `keeps`; returns the SHA-256 of each by name, also of the others. */
function extracted(
  file: string,
  folder: string,
  passphrase: string | null,
  roomBytes: number,
  keeps: (name: string) => boolean,
): Map<string, string> {
  const extraction = new Extraction(folder, roomBytes, keeps);
  // The extracted size is bounded by `roomBytes` instead.
  const parser = new tar.Parser({ strict: true, maxDecompressionRatio: Number.POSITIVE_INFINITY });
  parser.on('error', (error: unknown) => extraction.fail(error));
  parser.on('entry', (entry: tar.ReadEntry) => extraction.take(entry));
  try {
    // In small pieces, because each may decompress to a thousand times its size before the next check.
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
/** The least disk space a file takes. */
const blockBytes = 4096;

class TooLarge extends Error {}

/** Extracts files as the parser reaches them. Keeps an error until `check`, because tar's callbacks can't throw. */
class Extraction {
  readonly sums = new Map<string, string>();
  private failure: unknown = null;
  private file: OpenFile | null = null;

  constructor(
    private readonly folder: string,
    private roomBytes: number,
    private readonly keeps: (name: string) => boolean,
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

  /** Skips entries not named like a backup's files; they are decompressed all the same, so they count as room. */
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
    const file = this.keeps(entry.path) ? this.create(entry.path) : null;
    const hash = createHash('sha256');
    entry.on('data', (bytes: Buffer) => {
      hash.update(bytes);
      if (file !== null) writeAll(nodeDisk, file, bytes);
    });
    entry.on('end', () => {
      this.close();
      this.sums.set(entry.path, hash.digest('hex'));
    });
  }

  private create(name: string): OpenFile {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.file = nodeDisk.open(path, 'create');
    return this.file;
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
    // Reported below.
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
