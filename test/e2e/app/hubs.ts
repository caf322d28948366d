import { join } from 'node:path';
import { forkHub } from '../../../main/desktop/fork-hub';
import type { HubChild } from '../../../main/desktop/hub-process';
import type { NappingClock } from '../../support/napping-clock';
import { clockMoved, type MoveClock } from './moving-clock';

interface Hub {
  child: HubChild;
  /** Waiting for a move to be done, in the order of the moves. */
  moving: (() => void)[];
}

/** Starts hubs' processes whose time is that of `clock`, as long as it is moved by `move`. */
export function hubsWithClock(clock: NappingClock) {
  const hubs = new Set<Hub>();
  return {
    forkHub(): HubChild {
      const child = forkHub(join(__dirname, '..', 'e2e-hub-process', 'hub-process.js'), [String(clock.now())]);
      const hub: Hub = { child, moving: [] };
      hubs.add(hub);
      child.onExit(() => {
        hubs.delete(hub);
        for (const done of hub.moving) done();
      });
      const onMessage: HubChild['onMessage'] = (listen) =>
        child.onMessage((message) => (message === clockMoved ? hub.moving.shift()?.() : listen(message)));
      return { ...child, onMessage };
    },
    async move(move: MoveClock['move'], byMs: number): Promise<void> {
      clock[move](byMs);
      const moved = ({ child, moving }: Hub) =>
        new Promise<void>((resolve) => {
          moving.push(resolve);
          child.post({ move, byMs } satisfies MoveClock);
        });
      await Promise.all([...hubs].map(moved));
    },
  };
}
