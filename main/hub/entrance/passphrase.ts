import { scrypt, timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from '../system/tokens';

export interface PassphraseHash {
  salt: string;
  hash: string;
  cost: number;
}

/** So that a passphrase typed on another keyboard or system still matches. */
const normal = (passphrase: string) => passphrase.normalize('NFKC');

export async function hashPassphrase(
  passphrase: string,
  randomBytes: RandomBytes,
  cost: number,
): Promise<PassphraseHash> {
  const salt = Buffer.from(randomBytes(16));
  const hash = await derive(normal(passphrase), salt, cost);
  return { salt: salt.toString('hex'), hash: hash.toString('hex'), cost };
}

export async function isPassphrase(passphrase: string, expected: PassphraseHash): Promise<boolean> {
  const wanted = Buffer.from(expected.hash, 'hex');
  const found = await derive(normal(passphrase), Buffer.from(expected.salt, 'hex'), expected.cost);
  return found.length === wanted.length && timingSafeEqual(found, wanted);
}

function derive(passphrase: string, salt: Buffer, cost: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, 32, { N: cost, r: 8, p: 1, maxmem: 160 * 8 * cost + 1024 * 1024 }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
