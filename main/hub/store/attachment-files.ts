import { createHash } from 'node:crypto';
import { createReadStream, unlinkSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { UploadedFile } from '../../../shared/protocol/attachments';
import { type AttachmentType, isPicture } from '../../../shared/protocol/file-name';
import type { PictureSize } from '../../../shared/protocol/pictures';
import type { HubLimits } from '../limits';
import { archiveDay } from './archive-index';
import type { Arrivals, Sender } from './arrivals';
import { AttachmentRefused } from './attachment-refused';
import { AttachmentTypeReader } from './attachment-type';
import { errorCode } from './disk';
import { pictureSize, type ReadBytes } from './picture-size';

const arrivingName = 'arriving';
const pieceBytes = 64 * 1024;

/** The sender of an upload, and what to do with the file. */
export interface Delivery extends Sender {
  /** Throws an `AttachmentRefused` when the hub no longer accepts files from the sender. */
  check(): void;
  /** Records the upload; from then on the state needs the file. */
  record(file: UploadedFile): void;
}

/** Path below the data folder: the file's SHA-256, in a folder named by its first two digits. */
export function attachmentPath(attachmentId: string): string {
  return join('attachments', attachmentId.slice(0, 2), attachmentId);
}

/**
 * The attachments, `attachments/ab/<sha256>`, which never change. Asynchronous I/O, because files are large and only
 * their sender waits for them.
 */
export class AttachmentFiles {
  private count = 0;
  /** Total of all files; counted on first use and then kept up to date. Null: to be counted. */
  private bytes: Promise<number> | null = null;
  /** Files being recorded, which are no orphans although nothing names them yet. The same file may be in it twice. */
  private readonly fresh = new Set<UploadedFile>();

  private constructor(
    private readonly folder: string,
    private readonly limits: HubLimits['attachments'],
    private readonly arrivals: Arrivals,
  ) {}

  /** Removes uploads that a crash left unfinished. */
  static async open(folder: string, limits: HubLimits['attachments'], arrivals: Arrivals): Promise<AttachmentFiles> {
    const arriving = join(folder, 'attachments', arrivingName);
    await rm(arriving, { recursive: true, force: true });
    await mkdir(arriving, { recursive: true, mode: 0o700 });
    await syncFolder(folder);
    return new AttachmentFiles(folder, limits, arrivals);
  }

  async hasRoomFor(bytes: number): Promise<boolean> {
    const { bavail, bsize } = await statfs(this.folder);
    return bavail * bsize - bytes >= this.limits.freeBytesMin;
  }

  /** Whether with `bytes` more all files take at most `share` of the room they and the free disk space make up. */
  async hasShareFor(bytes: number, share: number): Promise<boolean> {
    this.bytes ??= this.countBytes();
    const taken = (await this.bytes) + bytes;
    const { bavail, bsize } = await statfs(this.folder);
    return taken <= share * (taken + bavail * bsize);
  }

  private async countBytes(): Promise<number> {
    let total = 0;
    for (const attachmentId of await this.all()) total += await this.sizeOf(attachmentId);
    return total;
  }

  /** 0 if the file is gone. */
  private async sizeOf(attachmentId: string): Promise<number> {
    const found = await stat(join(this.folder, attachmentPath(attachmentId))).catch(() => null);
    return found?.size ?? 0;
  }

  /** Resolves when the file is in place on disk and recorded. On an `AttachmentRefused` nothing of it is left. */
  async receive(source: AsyncIterable<Buffer>, delivery: Delivery): Promise<UploadedFile> {
    delivery.check();
    return this.arrivals.receive(delivery, () => this.take(source, delivery));
  }

  private async take(source: AsyncIterable<Buffer>, delivery: Delivery): Promise<UploadedFile> {
    this.count += 1;
    const arriving = join(this.folder, 'attachments', arrivingName, String(this.count));
    try {
      const file = await this.write(arriving, source);
      await this.arrivals.inTurn(() => this.place(arriving, file, delivery));
      return file;
    } catch (error) {
      await rm(arriving, { force: true });
      const isFull = ['ENOSPC', 'EDQUOT'].includes(errorCode(error));
      throw isFull ? new AttachmentRefused(507, 'noRoom', 'There is no room left on the disk of the hub.') : error;
    }
  }

  private async place(arriving: string, file: UploadedFile, delivery: Delivery): Promise<void> {
    const { attachmentId, bytes } = file;
    delivery.check();
    this.fresh.add(file);
    try {
      const before = await this.sizeOf(attachmentId);
      await this.settle(arriving, attachmentId);
      try {
        delivery.check();
      } catch (error) {
        // A file that was there before belongs to another upload.
        if (before === 0) await this.remove(attachmentId);
        throw error;
      }
      this.grew(bytes - before);
      delivery.record(file);
    } finally {
      this.fresh.delete(file);
    }
  }

  private async remove(attachmentId: string): Promise<void> {
    const path = join(this.folder, attachmentPath(attachmentId));
    await rm(path, { force: true });
    await syncFolder(join(path, '..'));
  }

  private async write(path: string, source: AsyncIterable<Buffer>): Promise<UploadedFile> {
    const { bytesMax } = this.limits;
    const hash = createHash('sha256');
    const reader = new AttachmentTypeReader();
    let bytes = 0;
    const file = await open(path, 'wx+', 0o600);
    try {
      for await (const chunk of source) {
        bytes += chunk.length;
        if (bytes > bytesMax) throw tooLarge(bytesMax);
        hash.update(chunk);
        reader.add(chunk);
        await file.writeFile(chunk);
      }
      const read = readerOf(file);
      const type = await reader.end(read);
      if (bytes === 0) throw new AttachmentRefused(400, 'emptyFile', 'The file is empty.');
      if (!type) throw typeRefused();
      const size = isPicture(type) ? await this.pictureSizeOf(type, read) : {};
      await file.sync();
      return { attachmentId: hash.digest('hex'), type, bytes, ...size };
    } finally {
      await file.close();
    }
  }

  private grew(byBytes: number) {
    if (this.bytes) this.bytes = this.bytes.then((total) => total + byBytes);
  }

  private async pictureSizeOf(type: AttachmentType, read: ReadBytes): Promise<PictureSize> {
    const size = await pictureSize(type, read);
    if (!size) throw pictureUnreadable();
    const { width, height, frames = 1 } = size;
    const { picturePixelsMax, pictureSideMax, animationPixelsMax } = this.limits;
    const pixels = width * height;
    if (pixels > picturePixelsMax || Math.max(width, height) > pictureSideMax || pixels * frames > animationPixelsMax)
      throw pictureTooLarge(picturePixelsMax);
    return size;
  }

  private async settle(arriving: string, attachmentId: string): Promise<void> {
    const path = join(this.folder, attachmentPath(attachmentId));
    const shelf = join(path, '..');
    const isNew = await mkdir(shelf, { recursive: true, mode: 0o700 });
    await rename(arriving, path);
    await syncFolder(shelf);
    if (isNew !== undefined) await syncFolder(join(shelf, '..'));
  }

  /** Null when there is no such file. */
  async read(attachmentId: string): Promise<{ bytes: number; stream: AsyncIterable<Buffer> } | null> {
    const path = join(this.folder, attachmentPath(attachmentId));
    try {
      const { size } = await stat(path);
      return { bytes: size, stream: inPieces(path, size) };
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    }
  }

  /**
   * Removes files that nothing names: uploads never sent in a message. Reads years of files, and stops early once all
   * are needed. Returns how many were removed.
   */
  async removeOrphans(needs: (attachmentId: string) => boolean): Promise<number> {
    const orphans = new Set((await this.all()).filter((attachmentId) => !needs(attachmentId)));
    if (orphans.size === 0) return 0;
    for await (const path of this.naming()) {
      await takeOutNamed(path, orphans);
      if (!someIn(orphans, (attachmentId) => !needs(attachmentId))) return 0;
    }
    let count = 0;
    for (const attachmentId of orphans) {
      if (this.isFresh(attachmentId) || needs(attachmentId)) continue;
      // Synchronous: the same file must not be uploaded again between the check and the removal.
      unlinkSync(join(this.folder, attachmentPath(attachmentId)));
      count += 1;
    }
    // Counted anew, also because erasing a customer removes files without notice here.
    this.bytes = null;
    return count;
  }

  private isFresh(attachmentId: string): boolean {
    return someIn(this.fresh, (file) => file.attachmentId === attachmentId);
  }

  private async all(): Promise<string[]> {
    const attachments = join(this.folder, 'attachments');
    const shelves = (await readdir(attachments)).filter((name) => /^[0-9a-f]{2}$/.test(name));
    const names = await Promise.all(shelves.map((shelf) => readdir(join(attachments, shelf))));
    return names.flat().filter((name) => /^[0-9a-f]{64}$/.test(name));
  }

  /** The files whose text names attachments: the archive, and the pages of long conversations. */
  private async *naming(): AsyncGenerator<string> {
    const archive = join(this.folder, 'archive');
    for (const day of await namesIn(archive)) if (archiveDay.test(day)) yield join(archive, day);
    const pages = join(this.folder, 'pages');
    for (const customerId of await namesIn(pages))
      for (const conversationId of await namesIn(join(pages, customerId)))
        for (const page of await namesIn(join(pages, customerId, conversationId)))
          yield join(pages, customerId, conversationId, page);
  }
}

function someIn<T>(values: Iterable<T>, holds: (value: T) => boolean): boolean {
  for (const value of values) if (holds(value)) return true;
  return false;
}

/** Empty if there is no such folder. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return [];
    throw error;
  }
}

/**
 * Searches the raw text, because there may be years of it. Quotes in messages are escaped, so they can't match. A file
 * that was removed since it was listed names nothing.
 */
async function takeOutNamed(path: string, orphans: Set<string>): Promise<void> {
  const pattern = /"attachmentId":"([0-9a-f]{64})"/g;
  const patternLength = 81;
  let text = '';
  try {
    for await (const chunk of createReadStream(path, 'latin1')) {
      text = text.slice(-patternLength) + chunk;
      for (const [, attachmentId] of text.matchAll(pattern)) orphans.delete(attachmentId!);
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

export function tooLarge(bytesMax: number): AttachmentRefused {
  const message = `The file is larger than ${Math.floor(bytesMax / 1024 ** 2)} MiB: send a smaller one.`;
  return new AttachmentRefused(413, 'tooLarge', message);
}

function pictureTooLarge(pixelsMax: number): AttachmentRefused {
  const message = `The picture has more than ${Math.floor(pixelsMax / 1_000_000)} megapixels: make it smaller.`;
  return new AttachmentRefused(413, 'pictureTooLarge', message);
}

function pictureUnreadable(): AttachmentRefused {
  return new AttachmentRefused(415, 'pictureUnreadable', 'The picture is damaged: its size can’t be read.');
}

function readerOf(file: FileHandle): ReadBytes {
  return async (at, length) => {
    const piece = Buffer.alloc(length);
    const { bytesRead } = await file.read(piece, 0, length, at);
    return piece.subarray(0, bytesRead);
  };
}

function typeRefused(): AttachmentRefused {
  const message =
    'This kind of file is not taken: send a picture, a PDF, an office document without macros, a text, a zip file or an MP4 video.';
  return new AttachmentRefused(415, 'typeRefused', message);
}

/** Reopens the file for each piece, so that a slow download does not hold one of the limited file descriptors. */
async function* inPieces(path: string, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; ) {
    const file = await open(path, 'r');
    const piece = Buffer.alloc(Math.min(pieceBytes, size - at));
    const { bytesRead } = await file.read(piece, 0, piece.length, at).finally(() => file.close());
    if (bytesRead === 0) throw new Error(`${path} ends before its end`);
    at += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}

/** Makes new names in the folder durable; Windows can't sync a folder, and does not need to. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
