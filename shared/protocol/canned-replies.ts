import * as z from 'zod';
import { id, plainText, text } from './fields';
import { cannedReplyShortcutMax } from './limits';

/** Everybody's, or for the one alone who wrote it. */
export const cannedReplyScope = z.enum(['shared', 'own']);

/** What is typed after `/`: one word. */
export const cannedReplyShortcut = plainText
  .min(1)
  .max(cannedReplyShortcutMax)
  .regex(/^[^\s/]+$/, 'must be one word without /');

/** `text` may hold the variables {customer}, {agent}, {group} and {office}; the client that inserts it fills them in. */
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
