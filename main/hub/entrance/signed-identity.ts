import { createHmac, timingSafeEqual } from 'node:crypto';
import { plainLine } from '../../../shared/plain-line';
import type { IdentityAnswer, SignedIdentity } from '../../../shared/protocol/identity';
import { contactMax, nameMax } from '../../../shared/protocol/limits';
import type { Config } from '../state/config';
import { hashSecret } from '../system/tokens';

/** A shop signs when it draws a page, and the page may stay open for a day. */
const ageMaxMs = 24 * 60 * 60_000;
/** How far the shop's clock may be ahead. */
const aheadMaxMs = 5 * 60_000;

/** A customer as the shop knows them. */
interface Identified {
  signedId: string;
  name: string;
  /** Empty: not told. */
  contact: string;
  /**
   * The customer's token in every browser. It is made from the id with a key of the hub's own, so that it is found as any
   * customer's is, and stays the same when the secret is replaced.
   */
  token: string;
}

export type Identification = { answer: 'signed'; who: Identified } | { answer: Exclude<IdentityAnswer, 'signed'> };

/** A line break would move a part, and half a character has the bytes of others. */
const hasOtherBytes = /[\r\n\p{Surrogate}]/u;

/** Line by line, so that no two identities have the same text: none of the parts may hold a line break. */
function canonicalIdentity({ id, name, contact, issuedAt }: Omit<SignedIdentity, 'signature'>): string {
  return `foyer.v1\n${id}\n${name}\n${contact}\n${issuedAt}`;
}

/** `held`: the token with which the line comes; with the customer's own its age does not matter, as it was signed in before. */
export function identified(
  { identity: known }: Config,
  identity: SignedIdentity,
  held: string | null,
  now: number,
): Identification {
  if (known === null || known.secrets.length === 0) return { answer: 'noSecret' };
  const name = plainLine(identity.name).trim();
  const contact = plainLine(identity.contact).trim();
  const isFit = identity.id !== '' && name !== '' && length(name) <= nameMax && length(contact) <= contactMax;
  if (!isFit || hasOtherBytes.test(`${identity.id}|${identity.name}|${identity.contact}`))
    return { answer: 'badFields' };
  const text = canonicalIdentity(identity);
  if (!known.secrets.some(({ secret }) => isSignature(identity.signature, hmac(secret, text))))
    return { answer: 'wrongSignature' };
  const token = officeToken(known.key, identity.id);
  const who = { signedId: identity.id, name, contact, token };
  if (held !== null && hashSecret(held) === hashSecret(token)) return { answer: 'signed', who };
  if (identity.issuedAt > now + aheadMaxMs) return { answer: 'tooEarly' };
  if (identity.issuedAt < now - ageMaxMs) return { answer: 'tooOld' };
  return { answer: 'signed', who };
}

/** The token of the customer whom the office knows by this id. */
export function officeToken(key: string, officeId: string): string {
  return hmac(key, `foyer.token.v1\n${officeId}`).toString('base64url');
}

function hmac(key: string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function isSignature(signature: string, expected: Buffer): boolean {
  return /^[0-9a-f]{64}$/i.test(signature) && timingSafeEqual(Buffer.from(signature, 'hex'), expected);
}

function length(text: string): number {
  return Array.from(text).length;
}
