import * as z from 'zod';
import { plainLine } from '../plain-line';
import { agentPriorityRange, capacityRange, messageTextMax, nameMax } from './limits';

/**
 * The version of the protocol that our clients speak. The hub answers in the version of the `hello`: 1 is the same
 * without batches and without echoes that acknowledge. A client with any other is told which side to update.
 */
export const protocolVersion = 2;
export type ProtocolVersion = 1 | 2;

export function isSpoken(proto: number): proto is ProtocolVersion {
  return proto === 1 || proto === 2;
}

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
/** ID2 */
export const statusAfterThis = agentStatus.exclude(['online']);
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
