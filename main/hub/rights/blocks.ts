import type { Block } from '../state/config';
import type { HubState } from '../state/hub-state';
import { never, type Timed } from '../state/timed';
import { addressKey } from '../system/addresses';

/** The block that keeps out this token or this address, or null. There are few blocks (`blocksMax`). */
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

/** Ends blocks when their time is over. */
export function endsOfBlocks(state: Pick<HubState, 'config'>): Timed {
  return {
    get nextAt() {
      let next = never;
      for (const { until } of state.config.blocks.values()) next = Math.min(next, until ?? never);
      return next;
    },
    begin(step) {
      for (const block of state.config.blocks.values())
        if (isOver(block, step.at)) step.add({ type: 'block.ended', blockId: block.blockId });
    },
  };
}

function isOver({ until }: Block, now: number): boolean {
  return until !== null && until <= now;
}
