import type { IncomingMessage } from 'node:http';
import type { ProxySetup } from '../session/whereabouts';
import { plainAddress } from '../system/addresses';

/** How a listener is reached from other machines. */
export interface OutsideAccess extends ProxySetup {
  /** The machine's own names on the network, without the port, where it listens there itself. */
  hosts: readonly string[];
}

export const loopbackOnly: OutsideAccess = { trustedProxies: [], publicUrl: null, hosts: [] };

/** A request's sender as it was before any proxy forwarded the request. */
export interface Sender {
  address: string;
  /** Every host that the request was sent to: `Host` and, behind a trusted proxy, the forwarded ones. */
  hosts: readonly string[];
  host: string;
  scheme: 'http' | 'https';
}

export function senderOf(request: IncomingMessage, { trustedProxies, publicUrl }: OutsideAccess): Sender {
  const address = plainAddress(request.socket.remoteAddress);
  const own = request.headers.host?.toLowerCase() ?? '';
  if (!trustedProxies.includes(address)) return { address, hosts: [own], host: own, scheme: 'http' };
  const hosts = [own, ...listed(request, 'x-forwarded-host').map((each) => each.toLowerCase())];
  const host = hosts.at(-1) ?? own;
  const known = publicUrl?.host === host ? schemeOf(publicUrl.protocol) : 'http';
  return {
    address: clientBehind(request, trustedProxies) ?? address,
    hosts,
    host,
    scheme: schemeOf(last(request, 'x-forwarded-proto')?.toLowerCase() ?? known),
  };
}

/** Each proxy appends its peer on the right, so the client is the rightmost that is not a trusted proxy. */
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
