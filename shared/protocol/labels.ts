import * as z from 'zod';
import { plainText } from './fields';
import { labelLengthMax, labelsMax, tagsMax } from './limits';

/** A tag or wrap-up code: an office's own word for what its conversations are about, or how they ended. */
export const label = plainText.min(1).max(labelLengthMax);

/** What an office has of a kind, in the order in which it is offered. */
export const labels = z
  .array(label)
  .max(labelsMax)
  .refine((all) => new Set(all.map((each) => each.toLowerCase())).size === all.length, 'no two may be the same');

/** They are known by their words: a conversation keeps those that the office has no more. */
export const conversationTags = z
  .array(label)
  .max(tagsMax)
  .refine((all) => new Set(all).size === all.length, 'no two may be the same');
