import type { RefusedCode } from '../../../shared/protocol/refused-codes';

/** Why a command was not executed. `message` is plain English; `now` is what is true instead. */
export interface CommandRefusal {
  code: RefusedCode;
  message: string;
  field?: string | undefined;
  now?: unknown;
}

/** What came of a command, before it is an answer with the command's `cid`. */
export type Outcome<Result = object | undefined> = Acknowledged<Result> | Refused;

interface Acknowledged<Result> {
  kind: 'ack';
  /** Undefined: there is none to tell. */
  result: Result;
  /** Sent once and never recorded: a one-time code. */
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
