const textFrame = 0x81;
/** RFC 6455, 5.2: markers for a length of two or of eight bytes that follows. */
const length16 = 126;
const length64 = 127;

/**
 * Encodes WebSocket text frames from the server (unmasked, unfragmented, uncompressed) in one buffer, for one write.
 * `ws` would make two pieces of each, which costs more than everything else in a relay.
 */
export function textFrames(texts: readonly string[]): Buffer {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + headBytes(length) + length, 0));
  let at = 0;
  for (const [index, text] of texts.entries()) {
    at = writeHead(bytes, at, lengths[index]!);
    at += bytes.write(text, at);
  }
  return bytes;
}

function headBytes(length: number): number {
  if (length < length16) return 2;
  return length <= 0xffff ? 4 : 10;
}

function writeHead(bytes: Buffer, at: number, length: number): number {
  bytes[at] = textFrame;
  if (length < length16) {
    bytes[at + 1] = length;
    return at + 2;
  }
  if (length <= 0xffff) {
    bytes[at + 1] = length16;
    return bytes.writeUInt16BE(length, at + 2);
  }
  bytes[at + 1] = length64;
  return bytes.writeBigUInt64BE(BigInt(length), at + 2);
}
