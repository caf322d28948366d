import { networkInterfaces } from 'node:os';

/** Of this machine, as others on its networks know it; loopback when it is on none. */
export function ownAddresses(): string[] {
  const found = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const others = found.filter(
    ({ family, internal, address }) => family === 'IPv4' && !internal && !isLinkLocal(address),
  );
  return others.length > 0 ? others.map(({ address }) => address) : ['127.0.0.1'];
}

/** A network that never gave an address. */
function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.');
}
