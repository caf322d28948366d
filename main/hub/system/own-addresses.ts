import { networkInterfaces } from 'node:os';

/** This machine's addresses on its networks; loopback when it is on none. */
export function ownAddresses(): string[] {
  const found = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const others = found.filter(
    ({ family, internal, address }) => family === 'IPv4' && !internal && !isLinkLocal(address),
  );
  return others.length > 0 ? others.map(({ address }) => address) : ['127.0.0.1'];
}

/** Self-assigned, on a network that gave the machine no address. */
function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.');
}
