import * as z from 'zod';
import { epochMs, id } from './fields';

/** Longer ones are no identity; the hub refuses the rest with a reason, so that a mistake of the shop's locks nobody out. */
const identityTextMax = 200;

const part = z.string().max(identityTextMax);

/** Who is signed in at the site that embeds the chat, vouched for by its server (docs/widget.md). */
export const signedIdentity = z.strictObject({
  id: part,
  name: part,
  contact: part,
  issuedAt: epochMs,
  signature: part,
});

/** What has become of it. */
export const identityAnswer = z.enum(['signed', 'noSecret', 'badFields', 'tooEarly', 'tooOld', 'wrongSignature']);

/** A secret of the office's for signing, without the secret itself. */
export const identitySecretView = z.object({ secretId: id, madeAt: epochMs });

/** At a time: the one in use, and the one that replaces it. */
export const identitySecretsMax = 2;

export type SignedIdentity = z.infer<typeof signedIdentity>;
export type IdentityAnswer = z.infer<typeof identityAnswer>;
