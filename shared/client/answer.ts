import { closeCodes } from '../protocol/close-codes';
import type { Ack, Refused } from '../protocol/session';

/**
 * The outcome of a command. `result` is undefined if the command has none, in the answer to a repeat of one whose
 * result is secret, and if a required field is missing.
 */
export type Answer<Result = unknown> =
  | { ok: true; seq: number; result: Result | undefined }
  /** Refused by the hub, or by this client: `linkLost`, `outboxFull`, `stopped`, `frameTooLarge`, `badFrame`. */
  | { ok: false; code: string; message: string; field?: string | undefined; now?: unknown };

/** `fields`: the required fields of the command's result; null: it has no result. */
export function answerOf(frame: Ack | Refused, fields: readonly string[] | null): Answer {
  if (frame.type === 'ack') {
    const { seq, result } = frame;
    return { ok: true, seq, result: result && fields?.every((field) => field in result) ? result : undefined };
  }
  const { code, message, field, now } = frame;
  return { ok: false, code, message, field, now };
}

/** How long to wait before trying again, in milliseconds; 0 if the hub gives no time. */
export function retryAfterMsOf({ now }: Refused): number {
  const { retryAfterMs } = (now ?? {}) as { retryAfterMs?: unknown };
  return typeof retryAfterMs === 'number' && retryAfterMs > 0 ? retryAfterMs : 0;
}

/** Faults of the frame itself, which would be refused every time, so it is not resent. */
export type FrameFault = 'badFrame' | 'frameTooLarge';

/** True if a command that failed with this code has to be changed before it can be sent again. */
export function isFrameFault(code: string | null): code is FrameFault {
  return code === 'badFrame' || code === 'frameTooLarge';
}

/** Close codes caused by a single frame; 1009 comes from a proxy in front of the hub. */
const faultsByCloseCode: Readonly<Record<number, FrameFault>> = {
  [closeCodes.badFrame]: 'badFrame',
  [closeCodes.frameTooLarge]: 'frameTooLarge',
  1009: 'frameTooLarge',
};

/** The fault that made the hub close the line, or null if the line ended for another reason. */
export function frameFaultOf(closeCode: number): FrameFault | null {
  return faultsByCloseCode[closeCode] ?? null;
}
