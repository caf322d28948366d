import type { RefusedCode } from '../../../shared/protocol/refused-codes';
import type { Answer } from '../state/records';
import type { CustomerSession } from './session';

/** What a command comes to. */
export interface CommandOutcome {
  /** Recorded, and given again to a repeat. */
  answer: Answer;
  /** Beside the answer's own result, but never recorded: a one-time code. */
  secret?: Record<string, unknown>;
  /** The session of this agent is closed with `tokenRevoked`; with a device, only if it is on that one. */
  signOut?: { agentId: string; deviceId?: string };
  /** These are closed with `blocked`. */
  shutOut?: readonly CustomerSession[];
}

export function notAllowed(cid: string): CommandOutcome {
  return refused(cid, { code: 'notAllowed', message: 'your role does not allow this' });
}

/** What a refusal says, before it has a `cid`. */
export interface RefusalLike {
  code: RefusedCode;
  message: string;
  field?: string | undefined;
  now?: unknown;
}

export function ack(cid: string, result?: Record<string, unknown>): CommandOutcome {
  return { answer: { kind: 'ack', cid, ...(result === undefined ? {} : { result }) } };
}

/** Uploaded by somebody else, or so long ago that the hub has let it go. */
export function attachmentUnknown(cid: string): CommandOutcome {
  const message = 'a file of this message is not on the hub (any more): upload it again';
  return refused(cid, { code: 'attachmentUnknown', message, field: 'attachments' });
}

export function refused(cid: string, { code, message, field, now }: RefusalLike): CommandOutcome {
  const detail = { ...(field === undefined ? {} : { field }), ...(now === undefined ? {} : { now }) };
  return { answer: { kind: 'refused', cid, code, message, ...detail } };
}
