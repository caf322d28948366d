import { sha256 } from './sha256';

export type RandomBytes = (size: number) => Uint8Array;

/** 256 bits. The hub keeps only the hash. */
export function makeToken(randomBytes: RandomBytes): string {
  return Buffer.from(randomBytes(32)).toString('base64url');
}

/** A plain hash is enough: tokens and link secrets are too random to guess, and typed codes expire in minutes. */
export function hashSecret(secret: string): string {
  return sha256(secret);
}

/** An unguessable id, prefixed with its kind. */
export function makeId(kind: string, randomBytes: RandomBytes): string {
  return `${kind}-${Buffer.from(randomBytes(12)).toString('base64url')}`;
}
