import { isIPv4, isIPv6 } from 'node:net';

/**
 * The key of a budget per address: IPv4 as it is, also where a dual-stack socket shows it as IPv6; for IPv6 the /64
 * that one household or server is given, so that its 2^64 addresses share one budget.
 */
export function addressKey(address: string): string {
  const plain = plainAddress(address);
  if (isIPv4(plain) || !isIPv6(plain)) return plain;
  const groups = groupsOf(plain);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** IPv4 as itself, also on a dual-stack socket; without the zone of a link-local address. */
export function plainAddress(address = '?'): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
}

/** The eight groups of a valid IPv6 address. */
function groupsOf(address: string): number[] {
  const [head = '', tail = ''] = address.split('::');
  const [before, after] = [numbersIn(head), numbersIn(tail)];
  const gap = address.includes('::') ? 8 - before.length - after.length : 0;
  return [...before, ...Array<number>(gap).fill(0), ...after];
}

function numbersIn(part: string): number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (!isIPv4(group)) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [(a << 8) | b, (c << 8) | d];
  });
}

/** Exact names only: never a name that DNS may resolve to another machine. */
export function isLoopback(host: string): boolean {
  return host === '127.0.0.1' || host === '::1' || host === 'localhost';
}
