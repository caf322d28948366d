import { createHmac, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { codeLifetimeMs } from './codes';

const stretch = promisify<string, string, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);

const keyBytes = 32;
/** Both ends of one TLS session derive the same value; a man in the middle can't (RFC 5705, RFC 8446 7.5). */
export const bindingLabel = 'EXPORTER-foyer-pairing';
export const bindingBytes = 32;

/**
 * Derives a key from a typed code. A code has 40 secret bits: at N=2^17 they can't all be tried within its ten minutes.
 * `plain`: without separators.
 */
export function pairingKey(codeId: string, plain: string, scryptCost: number): Promise<Buffer> {
  const maxmem = 256 * scryptCost * 8;
  return stretch(plain, `foyer-pairing:${codeId}`, keyBytes, { N: scryptCost, r: 8, p: 1, maxmem });
}

/** Proves that the hub at this end of this TLS session knows the code. */
function proofOf(key: Buffer, binding: Buffer): string {
  return createHmac('sha256', key).update('hub').update(binding).digest('base64url');
}

export function isProof(key: Buffer, binding: Buffer, proof: string): boolean {
  const expected = Buffer.from(proofOf(key, binding));
  const given = Buffer.from(proof);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** Keys of the codes handed out. In memory only: no record holds the plain code. */
export class PairingKeys {
  private readonly keys = new Map<string, { key: Promise<Buffer>; expiresAt: number }>();

  constructor(private readonly scryptCost: number) {}

  add(codeId: string, plain: string, nowMs: number): void {
    for (const [known, { expiresAt }] of this.keys) if (expiresAt <= nowMs) this.keys.delete(known);
    const key = pairingKey(codeId, plain, this.scryptCost);
    this.keys.set(codeId, { key, expiresAt: nowMs + codeLifetimeMs });
  }

  /** Null when no such code was made since the hub started. */
  async proof(codeId: string, binding: Buffer): Promise<string | null> {
    const found = this.keys.get(codeId);
    return found ? proofOf(await found.key, binding) : null;
  }
}
