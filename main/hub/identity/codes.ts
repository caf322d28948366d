import { hashSecret, type RandomBytes } from './tokens';

/** 32 characters without 0/O and 1/I, so that a code can be read out. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const codeLength = 12;
/** The first group only names the code, so that a wrong try counts against one code and not against all. */
const nameLength = 4;

export const codeLifetimeMs = 10 * 60_000;
export const codeWrongTriesMax = 5;

export interface OneTimeCode {
  /** As shown: `XXXX-XXXX-XXXX`. */
  code: string;
  codeId: string;
  hash: string;
}

export function makeCode(randomBytes: RandomBytes): OneTimeCode {
  const plain = Array.from(randomBytes(codeLength), (byte) => alphabet[byte % alphabet.length]).join('');
  return { code: plain.replace(/(.{4})(?=.)/g, '$1-'), codeId: plain.slice(0, nameLength), hash: hashSecret(plain) };
}

/** What a person typed, in any case and with any separators; null when it cannot be a code. */
export function readCode(typed: string): { codeId: string; hash: string } | null {
  const plain = typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
  if (plain.length !== codeLength) return null;
  return { codeId: plain.slice(0, nameLength), hash: hashSecret(plain) };
}
