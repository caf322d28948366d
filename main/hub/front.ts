import type { IncomingMessage } from 'node:http';

/** How customers reach their listener other than by loopback. */
export interface Front {
  /** The addresses of reverse proxies whose `X-Forwarded-…` are believed; nobody else's ever are. */
  trustedProxies: readonly string[];
  /** Where customers find it, through the proxy: the origin of its links, and a `Host` and `Origin` to let in. */
  publicUrl: URL | null;
  /** The machine's own names on the network, as `host` without the port, where it listens there itself. */
  hosts: readonly string[];
}

export const loopbackOnly: Front = { trustedProxies: [], publicUrl: null, hosts: [] };

/** A request as its sender made it, before a proxy passed it on. */
export interface Sender {
  address: string;
  host: string;
  scheme: 'http' | 'https';
}

export function senderOf(request: IncomingMessage, { trustedProxies, publicUrl }: Front): Sender {
  const address = plainAddress(request.socket.remoteAddress);
  const host = request.headers.host?.toLowerCase() ?? '';
  if (!trustedProxies.includes(address)) return { address, host, scheme: 'http' };
  const forwardedHost = last(request, 'x-forwarded-host')?.toLowerCase() ?? host;
  const known = publicUrl?.host === forwardedHost ? schemeOf(publicUrl.protocol) : 'http';
  return {
    address: clientBehind(request, trustedProxies) ?? address,
    host: forwardedHost,
    scheme: schemeOf(last(request, 'x-forwarded-proto')?.toLowerCase() ?? known),
  };
}

/** From the right, where each proxy writes whom it heard: the first that is no proxy of ours. */
function clientBehind(request: IncomingMessage, trustedProxies: readonly string[]): string | null {
  const hops = listed(request, 'x-forwarded-for').map(plainAddress);
  return hops.reverse().find((hop) => !trustedProxies.includes(hop)) ?? null;
}

function last(request: IncomingMessage, name: string): string | null {
  return listed(request, name).at(-1) ?? null;
}

function listed(request: IncomingMessage, name: string): string[] {
  const value = (request.headersDistinct[name] ?? []).join(',');
  return value
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function schemeOf(protocol: string): Sender['scheme'] {
  return protocol.replace(/:$/, '') === 'https' ? 'https' : 'http';
}

/** IPv4 as itself, also on a socket that takes both. */
export function plainAddress(address = '?'): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
