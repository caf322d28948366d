import * as z from 'zod';
import { plainText } from './fields';

/** Tags and wrap-up codes: an office's own words for what its conversations are about, and how they ended. */
export const labelLengthMax = 40;
export const labelsMax = 100;
/** Of one conversation. */
export const tagsMax = 10;

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
