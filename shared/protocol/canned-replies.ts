import * as z from 'zod';
import { id, plainText, text } from './fields';
import { cannedReplyShortcutMax } from './limits';

/** Shared by the office, or visible to its author only. */
export const cannedReplyScope = z.enum(['shared', 'own']);

/** The word typed after `/` to insert the reply. */
export const cannedReplyShortcut = plainText
  .min(1)
  .max(cannedReplyShortcutMax)
  .regex(/^[^\s/]+$/, 'must be one word without /');

/** `text` may have the variables {customer}, {agent}, {group} and {office}; the client fills them in on insertion. */
export const cannedReplyView = z.object({
  cannedReplyId: id,
  scope: cannedReplyScope,
  shortcut: cannedReplyShortcut,
  text,
});

export const cannedReplyVariables = ['customer', 'agent', 'group', 'office'] as const;

export type CannedReplyScope = z.infer<typeof cannedReplyScope>;
export type CannedReplyView = z.infer<typeof cannedReplyView>;
export type CannedReplyVariable = (typeof cannedReplyVariables)[number];
