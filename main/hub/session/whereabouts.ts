import { addressKey, plainAddress } from '../system/addresses';
import { ownAddresses } from '../system/own-addresses';
import type { CustomerSession, Sessions } from './session';

/** The reverse proxies that customers come through. */
export interface ProxySetup {
  /** The only addresses whose `X-Forwarded-…` headers are trusted. */
  trustedProxies: readonly string[];
  /** Where customers reach their listener through the proxy: the origin of its links. */
  publicUrl: URL | null;
}

/** Where customers are connected from, for blocking an address. */
export class Whereabouts {
  /** Set when the hub listens. */
  proxies: ProxySetup = { trustedProxies: [], publicUrl: null };

  constructor(private readonly sessions: Sessions) {}

  /** Null: not connected, or from an address of the hub or its proxies: blocking that would keep everybody out. */
  of(customerId: string): string | null {
    // Behind a proxy that is not trusted all customers share its address.
    if (this.proxies.publicUrl && this.proxies.trustedProxies.length === 0) return null;
    const address = this.sessions.customer(customerId).at(-1)?.line.address;
    if (address === undefined || this.isOwn(plainAddress(address))) return null;
    return addressKey(address);
  }

  /** Sessions of this customer, and of every customer who is connected from this address. */
  sessionsOf(customerId: string, address: string | null): CustomerSession[] {
    if (address === null) return [...this.sessions.customer(customerId)];
    return [...this.sessions.allCustomers()].filter(
      (session) => session.customerId === customerId || addressKey(session.line.address) === address,
    );
  }

  /** How many other customers are connected from this address. */
  othersAt(customerId: string, address: string | null): number {
    const there = this.sessionsOf(customerId, address).map((session) => session.customerId);
    return new Set(there.filter((each) => each !== customerId)).size;
  }

  private isOwn(address: string): boolean {
    const own = ['::1', '?', ...this.proxies.trustedProxies, ...ownAddresses()];
    return address.startsWith('127.') || own.some((each) => addressKey(each) === addressKey(address));
  }
}
