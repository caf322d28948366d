import { codeIdLength } from '../../../shared/protocol/fields';
import { hashSecret, type RandomBytes } from '../system/tokens';

/** 32 characters without 0/O and 1/I, so that a code can be read out. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const codeLength = 12;

/** 128 bits. */
export const linkSecretBytes = 16;

export const codeLifetimeMs = 10 * 60_000;
export const codeWrongTriesMax = 5;

export interface OneTimeCode {
  /** As shown: `XXXX-XXXX-XXXX`. */
  code: string;
  /** Without separators. */
  plain: string;
  /** The first group only names the code, so that a wrong try counts against one code and not against all. */
  codeId: string;
  hash: string;
}

export function makeCode(randomBytes: RandomBytes): OneTimeCode {
  const plain = Array.from(randomBytes(codeLength), (byte) => alphabet[byte % alphabet.length]).join('');
  const codeId = plain.slice(0, codeIdLength);
  return { code: plain.replace(/(.{4})(?=.)/g, '$1-'), plain, codeId, hash: hashSecret(plain) };
}

/** What a person typed, in any case and with any separators; null when it cannot be a code. */
export function readCode(typed: string): Omit<OneTimeCode, 'code'> | null {
  const plain = typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
  if (plain.length !== codeLength) return null;
  return { plain, codeId: plain.slice(0, codeIdLength), hash: hashSecret(plain) };
}
