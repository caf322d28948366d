import * as z from 'zod';
import { epochMs, id, name } from './fields';

/** What a token of the API lets a program do (docs/api.md). */
export const scope = z.enum(['conversations:read', 'conversations:write', 'messages:write', 'customers:read']);

export const apiTokenView = z.object({
  tokenId: id,
  name,
  scopes: z.array(scope),
  madeAt: epochMs,
  /** The hour in which it was last used began then; null: never used. */
  usedAt: epochMs.nullable(),
});

export type Scope = z.infer<typeof scope>;
export type ApiTokenView = z.infer<typeof apiTokenView>;
