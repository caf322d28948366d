import type { RefusedCode } from '../../../shared/protocol/refused-codes';

/** Why a command was not executed. `message` is plain English; `now` is the current value instead. */
export interface CommandRefusal {
  code: RefusedCode;
  message: string;
  field?: string | undefined;
  now?: unknown;
}

/** The result of a command, before it becomes an answer with the command's `cid`. */
export type Outcome<Result = object | undefined> = Acknowledged<Result> | Refused;

interface Acknowledged<Result> {
  kind: 'ack';
  /** Undefined: the ack carries no result. */
  result: Result;
  /** Sent once and never recorded, like a one-time code. */
  isSecret: boolean;
}

interface Refused extends CommandRefusal {
  kind: 'refused';
}

export const done: Acknowledged<undefined> = { kind: 'ack', result: undefined, isSecret: false };

export function ack<Result>(result: Result): Acknowledged<Result> {
  return { kind: 'ack', result, isSecret: false };
}

export function refused(refusal: CommandRefusal): Refused {
  return { kind: 'refused', ...refusal };
}
