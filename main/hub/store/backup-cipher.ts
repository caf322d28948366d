import { createCipheriv, createDecipheriv, createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

/** The first bytes of a backup with a passphrase. */
const magic = Buffer.from('foyer-backup-v1\n');
const saltLength = 32;
const checkLength = 32;
const headLength = magic.length + saltLength + checkLength;
const tagLength = 16;
const chunkLength = 64 * 1024;
/** scrypt's N. Fixed by the version, so that a crafted file can't demand more work. */
const stretching = 2 ** 17;

export class WrongPassphrase extends Error {}

/** The encrypted data was changed, truncated or reordered. */
export class CipherDamage extends Error {}

interface Keys {
  key: Buffer;
  checkKey: Buffer;
}

function keysFrom(passphrase: string, salt: Buffer, cost: number): Keys {
  const both = scryptSync(passphrase.normalize('NFC'), salt, 64, { N: cost, r: 8, p: 1, maxmem: 256 * 1024 ** 2 });
  return { key: both.subarray(0, 32), checkKey: both.subarray(32) };
}

/** A value in the header that tells a wrong passphrase from a damaged file. */
function checkOf(checkKey: Buffer, salt: Buffer): Buffer {
  return createHmac('sha256', checkKey).update(magic).update(salt).digest();
}

/** Holds the chunk's number and whether it is the last, so chunks can't be dropped, repeated, moved or cut off. */
function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(number, 5, 6);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/**
 * Encrypts a stream with AES-256-GCM in chunks (STREAM), each authenticated by itself, so the file is never held as a
 * whole. Every file has its own salt, and so its own key.
 */
export class Sealer {
  private readonly key: Buffer;
  private readonly head: Buffer;
  private held: Uint8Array[] = [];
  private heldLength = 0;
  private number = 0;

  constructor(
    passphrase: string,
    private readonly take: (bytes: Uint8Array) => void,
    cost = stretching,
  ) {
    const salt = randomBytes(saltLength);
    const { key, checkKey } = keysFrom(passphrase, salt, cost);
    this.key = key;
    this.head = Buffer.concat([magic, salt, checkOf(checkKey, salt)]);
    take(this.head);
  }

  write(bytes: Uint8Array): void {
    this.held.push(bytes);
    this.heldLength += bytes.length;
    if (this.heldLength <= chunkLength) return;
    const all = Buffer.concat(this.held);
    let at = 0;
    // The last chunk is sealed differently, so a possible last one is held back until `end`.
    for (; all.length - at > chunkLength; at += chunkLength) this.seal(all.subarray(at, at + chunkLength), false);
    this.held = [all.subarray(at)];
    this.heldLength = all.length - at;
  }

  end(): void {
    this.seal(Buffer.concat(this.held), true);
  }

  private seal(chunk: Uint8Array, isLast: boolean): void {
    const cipher = createCipheriv('aes-256-gcm', this.key, nonceOf(this.number, isLast)).setAAD(this.head);
    this.number += 1;
    this.take(Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]));
  }
}

export function isSealed(firstBytes: Uint8Array): boolean {
  return magic.equals(firstBytes.subarray(0, magic.length));
}

/** The inverse of `Sealer`. Throws `WrongPassphrase` before the first piece, `CipherDamage` at a damaged chunk. */
export function* opened(pieces: Iterable<Uint8Array>, passphrase: string, cost = stretching): Generator<Buffer> {
  let held = Buffer.alloc(0);
  let keys: Keys | null = null;
  let head = held;
  let number = 0;
  for (const piece of pieces) {
    held = Buffer.concat([held, piece]);
    if (!keys) {
      if (held.length < headLength) continue;
      head = held.subarray(0, headLength);
      keys = keysOf(head, passphrase, cost);
      held = held.subarray(headLength);
    }
    let at = 0;
    for (; held.length - at > chunkLength + tagLength; at += chunkLength + tagLength) {
      yield openChunk(held.subarray(at, at + chunkLength + tagLength), keys, head, number, false);
      number += 1;
    }
    held = held.subarray(at);
  }
  if (!keys) throw new CipherDamage('it ends too early');
  yield openChunk(held, keys, head, number, true);
}

function keysOf(head: Buffer, passphrase: string, cost: number): Keys {
  const salt = head.subarray(magic.length, magic.length + saltLength);
  const keys = keysFrom(passphrase, salt, cost);
  if (timingSafeEqual(checkOf(keys.checkKey, salt), head.subarray(magic.length + saltLength))) return keys;
  throw new WrongPassphrase();
}

function openChunk(sealed: Buffer, { key }: Keys, head: Buffer, number: number, isLast: boolean): Buffer {
  if (sealed.length < tagLength) throw new CipherDamage('it ends too early');
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, isLast), { authTagLength: tagLength });
  decipher.setAAD(head).setAuthTag(sealed.subarray(sealed.length - tagLength));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - tagLength)), decipher.final()]);
  } catch {
    throw new CipherDamage('a part of it was changed, or its end is missing');
  }
}
