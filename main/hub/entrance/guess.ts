import { isPassphrase, type PassphraseHash } from './passphrase';
import type { PassphraseQueue } from './passphrase-queue';
import type { WrongTries } from './wrong-tries';

export interface Guesses {
  passphrases: PassphraseQueue;
  tries: WrongTries;
  /** Called once when wrong tries from an address begin to be delayed. */
  delayed(address: string): void;
  /** A function, because time passes while a passphrase is checked. */
  now(): number;
}

export type GuessRefusal = {
  code: 'wrongPassphrase' | 'tooManyTries' | 'hubBusy';
  message: string;
  retryAfterMs?: number;
};

export const tooManyTries = 'too many wrong tries, wait a moment';
const retryAfterMs = 1_000;

/** Finds which of the `expected` the passphrase fits. `key`: whose tries are counted (`triesKey`, or an account). */
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
    // Checked again: tries of this key that were queued earlier may have been wrong meanwhile.
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
