import { isIPv6 } from 'node:net';
import { isLoopback } from './allow-list';

/** This machine's own address, whichever way it is written. */
export const ownMachine = 'own';

/**
 * What one household or machine has of addresses, and so what is counted: of IPv6 the first 64 bits, as anybody has the
 * rest to choose from. This machine itself is one for all its addresses.
 */
export function addressKey(address: string): string {
  if (isLoopback(address)) return ownMachine;
  return isIPv6(address) ? `${network(address)}::/64` : address;
}

function network(address: string): string {
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const parts = (text: string | undefined) => (text ? text.split(':') : []);
  const before = parts(head);
  const after = parts(tail);
  // An IPv4 address at its end takes the place of two.
  const length = before.length + after.length + (address.includes('.') ? 1 : 0);
  const all = tail === undefined ? before : [...before, ...Array(Math.max(0, 8 - length)).fill('0'), ...after];
  return all
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':');
}
