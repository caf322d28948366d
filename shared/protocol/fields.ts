import * as z from 'zod';
import { plainLine } from '../plain-line';
import { agentPriorityRange, capacityRange, messageTextMax, nameMax } from './limits';

/** The protocol version; a client with another one is told which side to update. */
export const protocolVersion = 1;

/** The first characters of a one-time code are its id and not secret. */
export const codeIdLength = 4;

export const id = z.string().min(1).max(64);
/** Text for use in sentences and titles: one line without invisible characters. */
export const plainText = z.string().overwrite(plainLine).trim();
export const name = plainText.min(1).max(nameMax);
export const text = z
  .string()
  .max(messageTextMax)
  .refine((value) => value.trim().length > 0, 'must not be empty');
/** May be empty in a message with attachments. */
export const optionalText = z.string().max(messageTextMax);
export const epochMs = z.number().int().nonnegative();
export const count = z.number().int().nonnegative();
export const agentStatus = z.enum(['online', 'busy', 'shortBreak', 'offline']);
export const role = z.enum(['agent', 'supervisor']);
/** 1 is first (CH2). */
export const agentPriority = integerIn(agentPriorityRange);
export const capacity = integerIn(capacityRange);
export const language = z.enum(['en', 'zh']);

/** A whole number from `min` to `max`, both included. */
export function integerIn({ min, max }: { min: number; max: number }) {
  return z.number().int().min(min).max(max);
}

export type AgentStatus = z.infer<typeof agentStatus>;
export type Role = z.infer<typeof role>;
export type Language = z.infer<typeof language>;
