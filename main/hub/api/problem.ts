import type { CloseName } from '../../../shared/protocol/close-codes';
import { type RefusedCode, refusedCodes } from '../../../shared/protocol/refused-codes';

/** Codes of the API's own, beside those with which the hub refuses commands. */
type ApiCode =
  | 'badRequest'
  | 'bodyTooLarge'
  | 'cursorUnknown'
  | 'fromWebPage'
  | 'hubClosed'
  | 'keyInvalid'
  | 'keyUsed'
  | 'methodUnknown'
  | 'notAllowedHere'
  | 'notJson'
  | 'notUtf8'
  | 'notYourCustomer'
  | 'pathUnknown'
  | 'scopeMissing'
  | 'tokenInvalid'
  | 'tokenMissing'
  | 'tooManyKeys'
  | 'tooManyRequests';

interface Facts {
  status: number;
  code: ApiCode | RefusedCode;
  /** What is wrong. */
  title: string;
  /** What to do about it. */
  detail: string;
  field?: string | undefined;
  retryAfterMs?: number | undefined;
  headers?: Record<string, string>;
}

/** RFC 9457: why a request was not done, and what to do. */
export class Problem extends Error {
  constructor(readonly facts: Facts) {
    super(facts.title);
  }

  get json(): object {
    const { status, code, title, detail, field } = this.facts;
    const seconds = this.retryAfterSeconds;
    return {
      type: '/api/v1/docs#problems',
      ...{ title, status, detail, code },
      ...(field === undefined ? {} : { field }),
      ...(seconds === null ? {} : { retryAfterSeconds: seconds }),
    };
  }

  get retryAfterSeconds(): number | null {
    const { retryAfterMs } = this.facts;
    return retryAfterMs === undefined ? null : Math.ceil(retryAfterMs / 1_000);
  }
}

export interface RefusedFrame {
  code: string;
  message: string;
  field?: string;
  now?: { retryAfterMs?: number };
}

const later: readonly string[] = refusedCodes.later;
const change: readonly string[] = refusedCodes.change;

/** A command that the hub has refused, as an answer over HTTP. */
export function refusedProblem({ code, message, field, now }: RefusedFrame): Problem {
  if (code === 'numberUsed') {
    return new Problem({
      ...{ status: 422, code: 'keyUsed' },
      title: 'This idempotency key was used for another request.',
      detail: 'Use a new key for each thing to be done, and the same one only to repeat it unchanged.',
    });
  }
  const status = statusOf(code);
  const retryAfterMs = status === 429 || status === 503 ? (now?.retryAfterMs ?? 1_000) : undefined;
  const known = code as RefusedCode;
  return new Problem({ status, code: known, title: sentence(message), detail: adviceOf(code), field, retryAfterMs });
}

function statusOf(code: string): number {
  if (code === 'internal') return 500;
  if (code === 'notAllowed') return 403;
  if (code === 'tooManyLeftMessages' || code === 'tooManyConversations' || code === 'rateLimited') return 429;
  if (code === 'tooManySearches') return 429;
  if (code === 'searchTooOld') return 409;
  if (later.includes(code)) return 503;
  if (change.includes(code)) return 422;
  return code.startsWith('unknown') ? 404 : 409;
}

function adviceOf(code: string): string {
  if (code === 'internal') return 'Nothing was done. The log of the hub says what it was.';
  if (code === 'searchTooOld') return 'Search again from the first page, without `after`.';
  if (later.includes(code)) return 'Send the same again after a while; with an idempotency key nothing is done twice.';
  if (change.includes(code)) return 'Change what `field` names, and send it as a new request.';
  return 'There is nothing to send again: read how things stand now.';
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}

/** The hub has ended the request, as it ends a line. */
export function closedProblem(why: CloseName): Problem {
  if (why === 'tokenRevoked') return tokenInvalid();
  return new Problem({
    ...{ status: 503, code: 'hubClosed', retryAfterMs: 1_000 },
    title: 'The hub takes nothing just now.',
    detail: 'Whether it was done is not certain: send the same again, with the same idempotency key.',
  });
}

export function tokenInvalid(): Problem {
  return new Problem({
    ...{ status: 401, code: 'tokenInvalid', headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } },
    title: 'This token is not valid (any more).',
    detail: 'A supervisor makes a new one in Settings → API.',
  });
}
