import { type LookupAddress, lookup } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { WebhookProblem } from '../../../shared/protocol/webhooks';
import type { Clock } from '../ports';
import { addressIn, isForbiddenAddress } from './forbidden-addresses';

/** `status`: of the answer; null: there was none, and `problem` says why. */
export interface Posted {
  status: number | null;
  problem: WebhookProblem | null;
}

export interface Posting {
  /** Never rejects. */
  posted: Promise<Posted>;
  /** Ends it; nobody waits for it any more. */
  cancel(): void;
}

export type Post = (url: string, headers: Record<string, string>, body: string) => Posting;

/** From the first byte of the name's look-up to the last one of the answer. */
const answerWithinMs = 15_000;
/** An answer counts by its status: of the rest no more is read than lets the connection end in order. */
const answerBytesMax = 64 * 1024;

const forbiddenCode = 'EFORBIDDEN';

/** All addresses of a name. */
export type LookUp = (
  name: string,
  options: { all: true; family?: number | 'IPv4' | 'IPv6' | undefined },
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/** Posts over HTTP(S), once: no redirect is followed. */
export function postOver(clock: Clock, lookUp: LookUp = lookup): Post {
  const lookUpOf = fewAtOnce(lookUp);
  return (url, headers, body) => {
    let cancel: () => void = () => undefined;
    const posted = new Promise<Posted>((resolve) => {
      const to = new URL(url);
      const literal = addressIn(to);
      if (literal !== null && isForbiddenAddress(literal)) return resolve(without('addressForbidden'));
      let status: number | null = null;
      let isOver = false;
      const end = (problem: WebhookProblem | null) => {
        isOver = true;
        cancelTimer();
        request.destroy();
        resolve(status === null ? { status, problem } : { status, problem: null });
      };
      const cancelTimer = clock.at(clock.now() + answerWithinMs, () => end('timedOut'));
      const send = to.protocol === 'https:' ? requestHttps : requestHttp;
      const allowed = allowedOf(lookUpOf(() => isOver));
      const options = { method: 'POST', headers, agent: false, lookup: allowed } as const;
      const request = send(to, options, (answer) => {
        status = answer.statusCode ?? null;
        drain(answer, () => end('cut'));
      });
      request.on('error', (error) => end(problemOf(error)));
      request.end(body);
      cancel = () => end('cut');
    });
    return { posted, cancel: () => cancel() };
  };
}

function drain(answer: IncomingMessage, ended: () => void) {
  let bytes = 0;
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > answerBytesMax) ended();
  });
  answer.on('error', ended);
  answer.on('close', ended);
}

/**
 * The addresses that the connection is then made to, without those that are forbidden: a name that leads elsewhere the
 * second time it is asked (DNS rebinding) is never asked a second time.
 */
function allowedOf(lookUp: LookUp): LookupFunction {
  return (hostname, { family, all }, callback) => {
    lookUp(hostname, { family, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      const allowed = addresses.filter(({ address }) => !isForbiddenAddress(address));
      const [first] = allowed;
      if (!first) return callback(Object.assign(new Error('no allowed address'), { code: forbiddenCode }), '');
      if (all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

/**
 * So many look-ups at once: each holds one of libuv's four threads, which check passphrases and sign people in too, for
 * as long as a name server does not answer.
 */
const lookUpsMax = 2;

/** The others wait for their turn, unless nobody waits for them any more. */
function fewAtOnce(lookUp: LookUp): (isOver: () => boolean) => LookUp {
  const waiting: { isOver(): boolean; begin(): void }[] = [];
  let underWay = 0;
  const next = () => {
    let first = waiting.shift();
    while (first?.isOver()) first = waiting.shift();
    first?.begin();
  };
  return (isOver) => (name, options, callback) => {
    const begin = () => {
      underWay += 1;
      lookUp(name, options, (...found) => {
        underWay -= 1;
        next();
        callback(...found);
      });
    };
    if (underWay < lookUpsMax) begin();
    else waiting.push({ isOver, begin });
  };
}

function without(problem: WebhookProblem): Posted {
  return { status: null, problem };
}

function problemOf(error: Error): WebhookProblem {
  const code = 'code' in error ? String(error.code) : '';
  if (code === forbiddenCode) return 'addressForbidden';
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'nameUnknown';
  if (/CERT|SELF_SIGNED|UNABLE_TO_|^ERR_(?:TLS|SSL)|^EPROTO$/.test(code)) return 'certificate';
  if (code === 'ECONNRESET' || code === 'EPIPE' || code.startsWith('HPE_')) return 'cut';
  return 'unreachable';
}
