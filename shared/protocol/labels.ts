import * as z from 'zod';
import { plainText } from './fields';
import { labelLengthMax, labelsMax, tagsMax } from './limits';

/** A tag or wrap-up code: an office's own word for what its conversations are about, or how they ended. */
export const label = plainText.min(1).max(labelLengthMax);

/** All of an office's tags or wrap-up codes, in display order. */
export const labels = z
  .array(label)
  .max(labelsMax)
  .refine((all) => new Set(all.map((each) => each.toLowerCase())).size === all.length, 'no two may be the same');

/** Stored as text, so a conversation keeps a tag that the office has removed. */
export const conversationTags = z
  .array(label)
  .max(tagsMax)
  .refine((all) => new Set(all).size === all.length, 'no two may be the same');
