import { createHash } from 'node:crypto';

export type RandomBytes = (size: number) => Uint8Array;

/** 256 bits. The hub keeps only the hash. */
export function makeToken(randomBytes: RandomBytes): string {
  return Buffer.from(randomBytes(32)).toString('base64url');
}

/** A plain hash is enough for a secret of 256 random bits: there is nothing to guess. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}

/** An id that can't be guessed, with a word that says what it names. */
export function makeId(kind: string, randomBytes: RandomBytes): string {
  return `${kind}-${Buffer.from(randomBytes(12)).toString('base64url')}`;
}
