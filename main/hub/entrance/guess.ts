import { isPassphrase, type PassphraseHash } from './passphrase';
import type { PassphraseQueue } from './passphrase-queue';
import type { WrongTries } from './wrong-tries';

export interface Guesses {
  passphrases: PassphraseQueue;
  tries: WrongTries;
  /** Told once when wrong tries from an address begin to be slowed down. */
  delayed(address: string): void;
  /** Read when needed: checking a passphrase takes a while. */
  now(): number;
}

export type GuessRefusal = {
  code: 'wrongPassphrase' | 'tooManyTries' | 'hubBusy';
  message: string;
  retryAfterMs?: number;
};

export const tooManyTries = 'too many wrong tries, wait a moment';
const retryAfterMs = 1_000;

/** The one of these that it is. `key`: who tries (`triesKey`, or an account). */
export async function guess<T extends PassphraseHash>(
  { passphrases, tries, delayed, now }: Guesses,
  passphrase: string,
  expected: readonly T[],
  { key, address }: { key: string; address: string },
): Promise<{ fits: T } | GuessRefusal> {
  const tooSoon = (): GuessRefusal | null => {
    const waitMs = tries.waitMs(key, now());
    return waitMs > 0 ? { code: 'tooManyTries', message: tooManyTries, retryAfterMs: waitMs } : null;
  };
  const early = tooSoon();
  if (early) return early;
  const turn = await passphrases.inTurn(key, async () => {
    // Looked at again: those that came at the same time, and had their turn before, may have been wrong.
    const refusal = tooSoon();
    if (refusal) return refusal;
    for (const each of expected) {
      if (!(await isPassphrase(passphrase, each))) continue;
      tries.right(key);
      return { fits: each };
    }
    if (tries.wrong(key, now())) delayed(address);
    return { code: 'wrongPassphrase' as const, message: 'this is not the passphrase' };
  });
  if (turn === 'full') return { code: 'tooManyTries', message: 'some are being checked already', retryAfterMs };
  return turn === 'busy' ? { code: 'hubBusy', message: 'too many passphrases are being checked', retryAfterMs } : turn;
}
