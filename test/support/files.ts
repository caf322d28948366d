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
  // “你好” and “Grüße” in the encodings that Windows has had.
  gbk: Buffer.from('c4e3bac30d0a', 'hex'),
  latin: Buffer.from('Grüße\r\n', 'latin1'),
  utf16: Buffer.from('\ufeff你好\r\n', 'utf16le'),
  docx: zipOf('[Content_Types].xml', '_rels/.rels', 'word/document.xml'),
  // Not every program writes them in the same order.
  xlsx: zipOf('xl/workbook.xml', 'xl/worksheets/sheet1.xml', '[Content_Types].xml'),
  pptx: zipOf('[Content_Types].xml', 'ppt/presentation.xml'),
  docm: zipOf('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'),
  odt: zipOf(['mimetype', 'application/vnd.oasis.opendocument.text'], 'content.xml'),
  ods: zipOf(['mimetype', 'application/vnd.oasis.opendocument.spreadsheet'], 'content.xml'),
  odp: zipOf(['mimetype', 'application/vnd.oasis.opendocument.presentation'], 'content.xml'),
  zip: zipOf('word/notes.txt', 'photo.png'),
  heic: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
  mp4: Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isomiso2', 'latin1'),
  exe: Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff', 'latin1'),
};

/** A zip file of these, each with its name, and what stands in it as it is. */
function zipOf(...entries: (string | [name: string, text: string])[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const entry of entries) {
    const [name, text] = typeof entry === 'string' ? [entry, ''] : entry;
    const local = Buffer.alloc(30);
    local.write('PK\x03\x04', 'latin1');
    for (const at of [18, 22]) local.writeUInt32LE(text.length, at);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.write('PK\x01\x02', 'latin1');
    for (const at of [20, 24]) central.writeUInt32LE(text.length, at);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(Buffer.concat(locals).length, 42);
    locals.push(local, Buffer.from(name + text));
    directory.push(central, Buffer.from(name));
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  for (const at of [8, 10]) end.writeUInt16LE(entries.length, at);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(Buffer.concat(locals).length, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

/** The media type that a browser gives a file of this name. */
export function mimeTypeOf(name: string): string {
  return name.endsWith('.png') ? 'image/png' : 'application/pdf';
}
