import * as z from 'zod';
import { plainLine } from '../plain-line';

/** Longest text of one message, in UTF-16 code units. */
export const messageTextMax = 4_000;
/** Colleagues whom one note may call. */
export const mentionsMax = 10;
/** The wire's version; a client with another one is told which side to update. */
export const protocolVersion = 1;

/** The first characters of a one-time code only name it. */
export const codeIdLength = 4;

export const id = z.string().min(1).max(64);
/** What stands in sentences and titles: one line, with nothing in it that is not seen. */
export const plainText = z.string().overwrite(plainLine).trim();
export const name = plainText.min(1).max(80);
export const text = z
  .string()
  .max(messageTextMax)
  .refine((value) => value.trim().length > 0, 'must not be empty');
/** Words that may be missing beside an attachment. */
export const optionalText = z.string().max(messageTextMax);
export const epochMs = z.number().int().nonnegative();
export const count = z.number().int().nonnegative();
export const agentStatus = z.enum(['online', 'busy', 'shortBreak', 'offline']);
export const role = z.enum(['agent', 'supervisor']);
/** 1 is first (CH2). */
export const agentPriority = z.number().int().min(1).max(99);
export const capacity = z.number().int().min(0).max(100);
export const language = z.enum(['en', 'zh']);

export type AgentStatus = z.infer<typeof agentStatus>;
export type Role = z.infer<typeof role>;
export type Language = z.infer<typeof language>;
