import type { IncomingMessage, ServerResponse } from 'node:http';
import { openApiDocument } from '../../../shared/api/openapi';
import type { Input, OperationId } from '../../../shared/api/operations';
import type { ProgramSession } from '../session/session';
import type { Hub } from '../start-hub';
import { deviceKey } from '../state/answer-book';
import type { ApiToken } from '../state/config';
import { addressKey } from '../system/addresses';
import { sha256 } from '../system/sha256';
import { hashSecret } from '../system/tokens';
import { docsPage } from './docs-page';
import { type Call, perform } from './perform';
import { Problem, tokenInvalid } from './problem';
import { bodyOf, inputOf, type Matched, matched } from './request';
import { RequestLine } from './request-line';

interface Told {
  status: number;
  type: string;
  body: string;
  headers?: Record<string, string>;
}

/** The HTTP API for other programs of the office (docs/api.md), on the agents' listeners. */
export class Api {
  /** Made when somebody asks for it: a start has other things to do. */
  private papers: { document: Told; page: Told } | null = null;

  /** `hub`: the one that runs now. */
  constructor(private readonly hub: () => Hub) {}

  static isAt(path: string): boolean {
    return /^\/api(\/|$)/.test(path);
  }

  /** Answers any request below `/api` whose host the listener has checked. */
  async serve(path: string, address: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      tell(request, response, await this.answer(path, address, request));
    } catch (error) {
      // The sender is gone.
      if (request.destroyed && !request.complete) return void response.destroy();
      if (!(error instanceof Problem)) throw error;
      tellProblem(request, response, error);
    }
  }

  private async answer(path: string, address: string, request: IncomingMessage): Promise<Told> {
    if (request.headers.origin !== undefined) throw fromWebPage();
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead && path === '/api/v1/openapi.json') return this.papersMade().document;
    if (isRead && path === '/api/v1/docs') return this.papersMade().page;
    const hub = this.hub();
    if (hub.closedBecause) throw hubClosed();
    const token = this.tokenOf(hub, address, request);
    try {
      return await this.operate(hub, token, { path, address, request });
    } catch (error) {
      if (error instanceof Problem && !hub.closedBecause) hub.programUse.add(token, 'refused');
      throw error;
    }
  }

  private papersMade() {
    if (this.papers) return this.papers;
    const document = openApiDocument();
    this.papers = {
      document: { status: 200, type: json, body: JSON.stringify(document) },
      page: { status: 200, ...docsPage(document) },
    };
    return this.papers;
  }

  private async operate(hub: Hub, token: ApiToken, { path, address, request }: Asked): Promise<Told> {
    const found = matched(request.method ?? '', path);
    const { scope, body, status } = found.operation;
    if (scope !== null && !token.scopes.includes(scope)) throw scopeMissing(scope);
    const slot = hub.door.program(token.tokenId, body !== undefined);
    if ('retryAfterMs' in slot) throw tooMany(slot.retryAfterMs);
    try {
      const key = keyIn(request);
      const text = body ? await bodyOf(request, hub.limits.api, hub.clock) : '';
      const input = inputOf(found, queryOf(request), text);
      // The body took a while: the hub may have been replaced, and the token revoked, meanwhile.
      if (hub.closedBecause) throw hubClosed();
      const valid = hub.state.config.apiTokens.get(token.tokenId);
      if (!valid) throw tokenInvalid();
      hub.programUse.add(valid, body ? 'writes' : 'reads');
      const result = await this.perform(hub, valid, { found, input, key: body ? key : null, text, address });
      return { status, type: json, body: JSON.stringify(result) };
    } finally {
      slot.release();
    }
  }

  private async perform(hub: Hub, token: ApiToken, { found, input, key, text, address }: Performed): Promise<object> {
    const { id, operation } = found;
    const line = new RequestLine(address);
    const cid = sha256(JSON.stringify([id, found.params, text]));
    const session = sessionOf(token, key, line);
    hub.sessions.add(session);
    try {
      const call: Call = { hub, session, line, cid };
      const again = await this.again(call);
      if (again) return fieldsOf(operation.result.shape, again);
      return await run(id, call, input as Input<OperationId>);
    } finally {
      hub.sessions.remove(session);
    }
  }

  /** The answer that this idempotency key got before; null: it is new, and there is room for it. */
  private async again({ hub, session, line, cid }: Call): Promise<Record<string, unknown> | null> {
    if (!session.isKept) return null;
    const { answers } = hub.state;
    if (answers.lastN(session.device) > 0) return line.ask(() => void hub.commands.again(session, cid));
    const waitMs = answers.keyFreeAt(session.tokenId) - hub.now();
    if (waitMs > 0) throw tooManyKeys(waitMs);
    return null;
  }

  private tokenOf(hub: Hub, address: string, request: IncomingMessage): ApiToken {
    const given = /^Bearer +([\w-]{20,200})$/i.exec(request.headers.authorization ?? '')?.[1];
    const tokenHash = given === undefined ? null : hashSecret(given);
    for (const each of hub.state.config.apiTokens.values()) if (each.tokenHash === tokenHash) return each;
    const waitMs = hub.door.unknownProgram(addressKey(address));
    if (waitMs > 0) throw tooMany(waitMs);
    if (request.headers.authorization !== undefined) throw tokenInvalid();
    throw new Problem({
      ...{ status: 401, code: 'tokenMissing', headers: { 'WWW-Authenticate': 'Bearer' } },
      title: 'There is no token.',
      detail: 'Send `Authorization: Bearer` and a token, which a supervisor makes in Settings → API.',
    });
  }
}

interface Asked {
  path: string;
  address: string;
  request: IncomingMessage;
}

interface Performed {
  found: Matched;
  input: ReturnType<typeof inputOf>;
  key: string | null;
  text: string;
  address: string;
}

const json = 'application/json';

/** The schemas have made the input; which operation's, the type can't say any more. */
function run(id: OperationId, call: Call, input: Input<OperationId>): Promise<object> | object {
  const operation = perform[id] as (call: Call, input: Input<OperationId>) => Promise<object> | object;
  return operation(call, input);
}

function sessionOf({ tokenId, name, scopes }: ApiToken, key: string | null, line: RequestLine): ProgramSession {
  const deviceId = key === null ? '' : sha256(key);
  return {
    kind: 'program',
    ...{ agentId: null, tokenId, name, scopes, isKept: key !== null, line, deviceId },
    device: deviceKey(tokenId, deviceId),
    ...{ lastSeq: 0, life: 'open', catchingUp: false, echoedCid: null, catchUpBytes: 0 },
  };
}

function queryOf({ url = '' }: IncomingMessage): URLSearchParams {
  return new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');
}

/** Of a recorded answer what the operation tells. */
function fieldsOf(shape: object, recorded: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(shape).map((name) => [name, recorded[name]]));
}

function keyIn({ headersDistinct }: IncomingMessage): string | null {
  const [key, ...more] = headersDistinct['idempotency-key'] ?? [];
  if (key === undefined) return null;
  if (more.length === 0 && /^[\x21-\x7e]{1,100}$/.test(key)) return key;
  throw new Problem({
    ...{ status: 400, code: 'keyInvalid', field: 'Idempotency-Key' },
    title: 'The idempotency key is not as it should be.',
    detail: 'Up to 100 visible ASCII characters, such as a UUID, once.',
  });
}

function tell({ method }: IncomingMessage, response: ServerResponse, { status, type, body, headers = {} }: Told): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': String(Buffer.byteLength(body)),
    ...safeHeaders,
    ...headers,
  });
  response.end(method === 'HEAD' ? undefined : body);
}

export function tellProblem(request: IncomingMessage, response: ServerResponse, problem: Problem): void {
  const { status, headers = {} } = problem.facts;
  const seconds = problem.retryAfterSeconds;
  const retry = seconds === null ? {} : { 'Retry-After': String(seconds) };
  // The rest of a refused body may still come: it is not read.
  const rest: Record<string, string> = request.complete ? {} : { Connection: 'close' };
  const body = JSON.stringify(problem.json);
  tell(request, response, {
    ...{ status, type: 'application/problem+json', body },
    headers: { ...headers, ...retry, ...rest },
  });
}

const safeHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

function fromWebPage(): Problem {
  return new Problem({
    ...{ status: 403, code: 'fromWebPage' },
    title: 'Web pages may not use the API.',
    detail: 'Call it from a server or a program of yours: a page would show its token to everybody.',
  });
}

function hubClosed(): Problem {
  return new Problem({
    ...{ status: 503, code: 'hubClosed', retryAfterMs: 1_000 },
    title: 'The hub takes nothing just now.',
    detail: 'Send the same again after a while.',
  });
}

function scopeMissing(scope: string): Problem {
  return new Problem({
    ...{ status: 403, code: 'scopeMissing' },
    title: `This token does not have the scope ${scope}.`,
    detail: 'A supervisor makes one that has it in Settings → API.',
  });
}

export function tooMany(retryAfterMs: number): Problem {
  return new Problem({
    ...{ status: 429, code: 'tooManyRequests', retryAfterMs },
    title: 'Too many requests at once.',
    detail: 'Wait as long as `Retry-After` says, then send the same again.',
  });
}

function tooManyKeys(retryAfterMs: number): Problem {
  return new Problem({
    ...{ status: 429, code: 'tooManyKeys', retryAfterMs },
    title: 'This token has used as many idempotency keys as are kept for a day.',
    detail: 'Wait as long as `Retry-After` says, or send it without a key.',
  });
}
