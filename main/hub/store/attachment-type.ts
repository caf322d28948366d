import { type AttachmentType, attachmentTypeNames } from '../../../shared/protocol/file-name';

/** Tests a file's first bytes, read as Latin-1. */
const signatures: Readonly<Record<Exclude<AttachmentType, 'text/plain'>, (head: string) => boolean>> = {
  'image/png': (head) => head.startsWith('\x89PNG\r\n\x1a\n'),
  'image/jpeg': (head) => head.startsWith('\xff\xd8\xff'),
  'image/gif': (head) => head.startsWith('GIF87a') || head.startsWith('GIF89a'),
  'image/webp': (head) => head.startsWith('RIFF') && head.slice(8) === 'WEBP',
  'application/pdf': (head) => head.startsWith('%PDF-'),
};
const headBytes = 12;

/** Detects a file's type from its bytes as they arrive, never from its name or the type its sender claims. */
export class AttachmentTypeReader {
  private head = Buffer.alloc(0);
  private signed: AttachmentType | null = null;
  private isText = true;
  private readonly utf8 = new TextDecoder('utf-8', { fatal: true });

  add(chunk: Buffer): void {
    if (this.head.length < headBytes) {
      this.head = Buffer.concat([this.head, chunk.subarray(0, headBytes - this.head.length)]);
      const head = this.head.toString('latin1');
      this.signed = attachmentTypeNames.find((type) => type !== 'text/plain' && signatures[type](head)) ?? null;
    }
    if (this.isText && this.signed === null) this.isText = !chunk.includes(0) && this.decodes(chunk, true);
  }

  /** Null: not an accepted type. */
  end(): AttachmentType | null {
    if (this.signed) return this.signed;
    return this.isText && this.decodes(Buffer.alloc(0), false) ? 'text/plain' : null;
  }

  private decodes(chunk: Buffer, stream: boolean): boolean {
    try {
      this.utf8.decode(chunk, { stream });
      return true;
    } catch {
      return false;
    }
  }
}
