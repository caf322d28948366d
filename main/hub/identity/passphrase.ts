import { scrypt, timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from './tokens';

export const passphraseLengthMin = 8;

export interface PassphraseHash {
  salt: string;
  hash: string;
  cost: number;
}

/** A person's passphrase typed on another keyboard or system still matches. */
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

/**
 * Passphrases are checked one at a time: each takes 128 MiB and one of the four threads the journal's writes need too
 * (STORAGE.md). More than `waitingMax` are turned away.
 */
export class PassphraseQueue {
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(private readonly waitingMax = 8) {}

  async inTurn<T>(work: () => Promise<T>): Promise<T | 'full'> {
    if (this.waiting >= this.waitingMax) return 'full';
    this.waiting += 1;
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.waiting -= 1;
    }
  }
}

function derive(passphrase: string, salt: Buffer, cost: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, 32, { N: cost, r: 8, p: 1, maxmem: 160 * 8 * cost + 1024 * 1024 }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
