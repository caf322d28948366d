import { type Front, loopbackOnly } from '../listen/proxy-view';
import { never } from '../loop/deadline-timer';
import type { Step } from '../loop/step';
import type { CustomerSession, Sessions } from '../session/session';
import type { Block } from '../state/config';
import type { HubState } from '../state/hub-state';
import { addressKey, plainAddress } from '../system/address-key';
import { ownAddresses } from '../system/own-addresses';

/** Why nothing is taken from whoever shows this token from this address, or null. There are few blocks (`blocksMax`). */
export function blockOf(
  { config }: Pick<HubState, 'config'>,
  { tokenHash, address }: { tokenHash: string | null; address: string },
  now: number,
): Block | null {
  if (config.blocks.size === 0) return null;
  const from = addressKey(address);
  for (const block of config.blocks.values())
    if ((block.tokenHash === tokenHash || block.address === from) && !isOver(block, now)) return block;
  return null;
}

/** Before anything else of a step: what has run out is over, and recorded as such. */
export function endBlocks(step: Step): void {
  for (const block of step.state.config.blocks.values())
    if (isOver(block, step.at)) step.add({ type: 'block.ended', blockId: block.blockId });
}

export function nextBlockEnd({ config }: Pick<HubState, 'config'>): number {
  let next = never;
  for (const { until } of config.blocks.values()) next = Math.min(next, until ?? never);
  return next;
}

function isOver({ until }: Block, now: number): boolean {
  return until !== null && until <= now;
}

/** Where customers are connected from, for whoever is about to block one. */
export class Whereabouts {
  /** How customers come here; set when the hub listens. */
  front: Pick<Front, 'trustedProxies' | 'publicUrl'> = loopbackOnly;

  constructor(private readonly sessions: Sessions) {}

  /** Null: not connected now, or from where the hub itself and its proxies are, which would keep everybody out. */
  of(customerId: string): string | null {
    // Behind a proxy that is not told of, all have its address.
    if (this.front.publicUrl && this.front.trustedProxies.length === 0) return null;
    const address = this.sessions.customer(customerId).at(-1)?.line.address;
    if (address === undefined || this.isOwn(plainAddress(address))) return null;
    return addressKey(address);
  }

  /** Of this customer, and of everybody who is connected from there. */
  sessionsOf(customerId: string, address: string | null): CustomerSession[] {
    if (address === null) return [...this.sessions.customer(customerId)];
    return [...this.sessions.allCustomers()].filter(
      (session) => session.customerId === customerId || addressKey(session.line.address) === address,
    );
  }

  /** How many other customers are connected from there. */
  othersAt(customerId: string, address: string | null): number {
    const there = this.sessionsOf(customerId, address).map((session) => session.customerId);
    return new Set(there.filter((each) => each !== customerId)).size;
  }

  private isOwn(address: string): boolean {
    const own = ['::1', '?', ...this.front.trustedProxies, ...ownAddresses()];
    return address.startsWith('127.') || own.some((each) => addressKey(each) === addressKey(address));
  }
}
