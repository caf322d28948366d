import type { RefusedCode } from '../../../shared/protocol/refused-codes';
import type { Whereabouts } from '../rights/blocks';
import type { CustomerSession, PrincipalRole } from '../session/session';
import type { Answer } from '../state/records';

/** Who sends a command, and where new ids and codes come from. */
export interface CommandContext {
  agentId: string | null;
  role: PrincipalRole;
  newId(kind: string): string;
  randomBytes(size: number): Uint8Array;
  invitations: Invitations;
  whereabouts: Whereabouts;
}

/** How devices on other machines come in; see `entrance.ts`. */
export interface Invitations {
  /** So that the hub can prove that it knows a typed code. */
  made(codeId: string, plain: string): void;
  /** Whether other machines reach the hub. */
  isLinked(): boolean;
  link(secret: string): string;
  /** False when nobody waits by this id any more. */
  answer(joinId: string, accept: boolean): boolean;
}

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
