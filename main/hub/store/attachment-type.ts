import type { AttachmentType } from '../../../shared/protocol/file-name';
import type { ReadBytes } from './picture-size';
import { zipType } from './zip-type';

/** Tests a file's first bytes, read as Latin-1. */
const signatures: readonly [AttachmentType, (head: string) => boolean][] = [
  ['image/png', (head) => head.startsWith('\x89PNG\r\n\x1a\n')],
  ['image/jpeg', (head) => head.startsWith('\xff\xd8\xff')],
  ['image/gif', (head) => head.startsWith('GIF87a') || head.startsWith('GIF89a')],
  ['image/webp', (head) => head.startsWith('RIFF') && head.slice(8) === 'WEBP'],
  ['application/pdf', (head) => head.startsWith('%PDF-')],
  ['application/zip', (head) => head.startsWith('PK\x03\x04')],
  ['image/heic', (head) => /^.{4}ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)/s.test(head)],
  ['video/mp4', (head) => /^.{4}ftyp(?:iso[m2-9]|mp4[12]|avc1|M4V |MSNV|dash|mmp4)/s.test(head)],
];
const headBytes = 12;

/** White space, and what old programs end a text or colour it with, are the only control characters of a text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it looks for
const controls = /[\0-\x07\x0e-\x19\x1c-\x1f\x7f]/;
const utf16Mark = '\xff\xfe';

/** Detects a file's type from its bytes as they arrive, never from its name or the type its sender claims. */
export class AttachmentTypeReader {
  private head = Buffer.alloc(0);
  private bytes = 0;
  private signed: AttachmentType | null = null;
  private isUtf8 = true;
  /** In GBK, Latin-1 or another encoding that has ASCII in it, which cannot be told apart and need not be. */
  private isOldText = true;
  private isUtf16 = true;
  private readonly utf8 = new TextDecoder('utf-8', { fatal: true });
  private readonly utf16 = new TextDecoder('utf-16le', { fatal: true });

  add(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.head.length < headBytes) {
      this.head = Buffer.concat([this.head, chunk.subarray(0, headBytes - this.head.length)]);
      const head = this.head.toString('latin1');
      this.signed = signatures.find(([, fits]) => fits(head))?.[0] ?? null;
    }
    if (this.signed !== null) return;
    if (this.isUtf8) this.isUtf8 = !chunk.includes(0) && decode(this.utf8, chunk, true) !== null;
    if (this.isOldText) this.isOldText = !controls.test(chunk.toString('latin1'));
    if (this.isUtf16) this.isUtf16 = isPlain(decode(this.utf16, chunk, true));
  }

  /** `read` reads the file as it has arrived. Null: not an accepted type. */
  async end(read: ReadBytes): Promise<AttachmentType | null> {
    if (this.signed === 'application/zip') return zipType(read, this.bytes);
    return this.signed ?? (this.isText() ? 'text/plain' : null);
  }

  private isText(): boolean {
    if (this.isOldText) return true;
    const nothing = Buffer.alloc(0);
    if (this.isUtf8 && decode(this.utf8, nothing, false) !== null) return true;
    const isMarked = this.head.toString('latin1').startsWith(utf16Mark);
    return isMarked && this.isUtf16 && isPlain(decode(this.utf16, nothing, false));
  }
}

function decode(decoder: TextDecoder, chunk: Buffer, stream: boolean): string | null {
  try {
    return decoder.decode(chunk, { stream });
  } catch {
    return null;
  }
}

function isPlain(text: string | null): boolean {
  return text !== null && !controls.test(text);
}
