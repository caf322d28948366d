import { BlockList, isIP } from 'node:net';

/**
 * Where no webhook goes: link-local addresses and those at which cloud machines hand out their own keys (metadata), this
 * and all machines. Private addresses are allowed: an office's own server. Also as an IPv6 address that stands for an
 * IPv4 one (mapped, NAT64, 6to4).
 */
const ranges: readonly [network: string, bits: number][] = [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  // Alibaba, Oracle, Azure.
  ['100.100.100.200', 32],
  ['192.0.0.192', 32],
  ['168.63.129.16', 32],
  ['224.0.0.0', 4],
  ['255.255.255.255', 32],
  ['::', 128],
  ['fe80::', 10],
  // Amazon, Google.
  ['fd00:ec2::254', 128],
  ['fd20:ce::254', 128],
  ['ff00::', 8],
];

const forbidden = listOf(ranges);

/** An IPv4 or IPv6 address, without brackets. */
export function isForbiddenAddress(address: string): boolean {
  // A scope (`%eth0`) is no part of what is compared.
  const plain = address.replace(/%.*$/, '');
  const family = isIP(plain);
  if (family === 0) return true;
  return forbidden.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

/** The host of a URL, if it is an address; null: it is a name. */
export function addressIn({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) === 0 ? null : bare;
}

function listOf(all: typeof ranges): BlockList {
  const list = new BlockList();
  for (const [network, bits] of all) {
    if (isIP(network) === 6) {
      list.addSubnet(network, bits, 'ipv6');
      continue;
    }
    list.addSubnet(network, bits, 'ipv4');
    const [a = 0, b = 0, c = 0, d = 0] = network.split('.').map(Number);
    const high = ((a << 8) | b).toString(16);
    const low = ((c << 8) | d).toString(16);
    list.addSubnet(`::ffff:${high}:${low}`, 96 + bits, 'ipv6');
    list.addSubnet(`64:ff9b::${high}:${low}`, 96 + bits, 'ipv6');
    list.addSubnet(`2002:${high}:${low}::`, 16 + bits, 'ipv6');
  }
  return list;
}
