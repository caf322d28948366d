import type { AttachmentType } from '../../../shared/protocol/file-name';
import type { PictureSize } from '../../../shared/protocol/pictures';

/** Reads some bytes of a file; fewer at its end. */
export type ReadBytes = (at: number, length: number) => Promise<Buffer>;

/** A picture's size from its header, as viewers read it; null when it can't be read. */
export async function pictureSize(type: AttachmentType, read: ReadBytes): Promise<PictureSize | null> {
  const size = await readers[type]?.(new Bytes(read));
  if (!size || size.width === 0 || size.height === 0) return null;
  const { width, height, frames = 1 } = size;
  return frames > 1 ? { width, height, frames } : { width, height };
}

const readers: Partial<Record<AttachmentType, (bytes: Bytes) => Promise<PictureSize | null>>> = {
  'image/png': pngSize,
  'image/jpeg': jpegSize,
  'image/gif': gifSize,
  'image/webp': webpSize,
};

const windowBytes = 64 * 1024;

/** Bytes at any position of a file, read through a window. Null beyond its end. */
class Bytes {
  private held: Buffer = Buffer.alloc(0);
  private from = 0;

  constructor(private readonly read: ReadBytes) {}

  async at(place: number, length: number): Promise<Buffer | null> {
    if (place < this.from || place + length > this.from + this.held.length) {
      this.held = await this.read(place, Math.max(length, windowBytes));
      this.from = place;
    }
    const start = place - this.from;
    return start + length <= this.held.length ? this.held.subarray(start, start + length) : null;
  }

  async byte(place: number): Promise<number | null> {
    return (await this.at(place, 1))?.[0] ?? null;
  }
}

async function pngSize(bytes: Bytes): Promise<PictureSize | null> {
  const head = await bytes.at(8, 16);
  if (head?.toString('latin1', 4, 8) !== 'IHDR') return null;
  const size = { width: head.readUInt32BE(8), height: head.readUInt32BE(12), frames: 0 };
  for (let place = 33; ; ) {
    const chunk = await bytes.at(place, 8);
    const kind = chunk?.toString('latin1', 4, 8);
    if (!chunk || kind === 'IEND') return size;
    if (kind === 'fcTL') size.frames += 1;
    place += 12 + chunk.readUInt32BE(0);
  }
}

/** Tolerates any bytes between segments. */
async function jpegSize(bytes: Bytes): Promise<PictureSize | null> {
  for (let place = 2; ; ) {
    const byte = await bytes.byte(place);
    if (byte === null) return null;
    place += 1;
    if (byte !== 0xff) continue;
    const marker = await bytes.byte(place);
    if (marker === null) return null;
    // A fill byte, a stuffed byte, or a marker without a length.
    if (marker === 0xff) continue;
    place += 1;
    if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) continue;
    const head = await bytes.at(place, 7);
    if (!head || marker === 0xd9 || marker === 0xda) return null;
    if (isFrame(marker)) return { width: head.readUInt16BE(5), height: head.readUInt16BE(3) };
    place += head.readUInt16BE(0);
  }
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Viewers enlarge the picture if a frame exceeds the declared screen, so frames count too. */
async function gifSize(bytes: Bytes): Promise<PictureSize | null> {
  const head = await bytes.at(6, 7);
  if (!head) return null;
  const size = { width: head.readUInt16LE(0), height: head.readUInt16LE(2), frames: 0 };
  let place: number | null = 13 + tableBytes(head[4]!);
  while (place !== null) {
    const kind = await bytes.byte(place);
    if (kind === 0x21) place = await afterBlocks(bytes, place + 2);
    else if (kind === 0x2c) {
      const frame = await bytes.at(place + 1, 9);
      if (!frame) break;
      size.width = Math.max(size.width, frame.readUInt16LE(0) + frame.readUInt16LE(4));
      size.height = Math.max(size.height, frame.readUInt16LE(2) + frame.readUInt16LE(6));
      size.frames += 1;
      place = await afterBlocks(bytes, place + 11 + tableBytes(frame[8]!));
    } else break;
  }
  return size;
}

/** Size of a colour table, from the flags before it. */
function tableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

async function afterBlocks(bytes: Bytes, place: number): Promise<number | null> {
  for (let at = place; ; ) {
    const length = await bytes.byte(at);
    if (length === null) return null;
    at += 1 + length;
    if (length === 0) return at;
  }
}

async function webpSize(bytes: Bytes): Promise<PictureSize | null> {
  const head = await bytes.at(12, 18);
  if (head?.toString('latin1', 0, 3) !== 'VP8') return null;
  switch (head[3]) {
    case 0x20:
      return { width: head.readUInt16LE(14) & 0x3fff, height: head.readUInt16LE(16) & 0x3fff };
    case 0x4c: {
      const packed = head.readUInt32LE(9);
      return head[8] === 0x2f ? { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 } : null;
    }
    case 0x58: {
      const frames = await webpFrames(bytes);
      return { width: head.readUIntLE(12, 3) + 1, height: head.readUIntLE(15, 3) + 1, frames };
    }
    default:
      return null;
  }
}

async function webpFrames(bytes: Bytes): Promise<number> {
  let frames = 0;
  for (let place = 12; ; ) {
    const chunk = await bytes.at(place, 8);
    if (!chunk) return frames;
    if (chunk.toString('latin1', 0, 4) === 'ANMF') frames += 1;
    const length = chunk.readUInt32LE(4);
    place += 8 + length + (length & 1);
  }
}
