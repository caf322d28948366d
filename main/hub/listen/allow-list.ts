import type { IncomingMessage } from 'node:http';
import { loopbackOnly, type OutsideAccess, type Sender, senderOf } from './proxy-view';

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

export type Verdict = ({ ok: true } & Sender) | { ok: false; status: number; message: string };

/**
 * Checks `Host` and `Origin` before anything else of a request: any web page in a browser can reach loopback, by its
 * own name (DNS rebinding) or from its own origin. Browsers always send `Origin` with an upgrade.
 */
export function checkRequest(request: IncomingMessage, port: number, access: OutsideAccess): Verdict {
  if ((request.headersDistinct.host?.length ?? 0) > 1 || (request.headersDistinct.origin?.length ?? 0) > 1)
    return { ok: false, status: 400, message: 'Host and Origin may be there once only.' };
  const hosts = [...loopbackNames, ...access.hosts].map((name) => `${name}:${port}`);
  const { publicUrl } = access;
  const sender = senderOf(request, access);
  // A page on the proxy's machine can send any header but `Host`, so a forwarded host never replaces `Host`.
  if (!sender.hosts.every((host) => hosts.includes(host) || publicUrl?.host === host))
    return { ok: false, status: 421, message: 'This hub does not answer to that name.' };
  const origin = request.headers.origin?.toLowerCase();
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`) && origin !== publicUrl?.origin)
    return { ok: false, status: 403, message: 'Pages from other origins may not talk to this hub.' };
  return { ok: true, ...sender };
}

/**
 * For the listener for other machines: apps pin its certificate, and may call it by any address. Browsers can't pin;
 * they are told by the `Origin` they always send.
 */
export function checkApp(request: IncomingMessage): Verdict {
  if (request.headers.origin === undefined) return { ok: true, ...senderOf(request, loopbackOnly) };
  return { ok: false, status: 403, message: 'Pages may not talk to this hub: join with the Foyer app.' };
}
