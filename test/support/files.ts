import { Buffer } from 'node:buffer';

/** The smallest accepted file of each kind. */
export const files = {
  png: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
  jpeg: Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b080001000101011100ffd9', 'hex'),
  gif: Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1'),
  webp: Buffer.from('RIFF\x16\x00\x00\x00WEBPVP8L\x09\x00\x00\x00\x2f\x00\x00\x00\x00\x00\x00\x00\x00\x00', 'latin1'),
  pdf: Buffer.from('%PDF-1.4\n%%EOF\n', 'latin1'),
  txt: Buffer.from('Grüße, 你好\n', 'utf8'),
};

/** The media type that a browser gives a file of this name. */
export function mimeTypeOf(name: string): string {
  return name.endsWith('.png') ? 'image/png' : 'application/pdf';
}
