import type { Clock } from '../../../shared/client/clock';

/** One timer for all running figures on screen; stopped while it has no subscriber. */
export interface Ticker {
  subscribe(listen: () => void): () => void;
  /** Changes once a second. */
  tick(): number;
}

export function createTicker(clock: Clock): Ticker {
  const listeners = new Set<() => void>();
  let tick = 0;
  let cancel = () => {};

  function arm() {
    cancel = clock.at((Math.floor(clock.now() / 1000) + 1) * 1000, () => {
      tick += 1;
      arm();
      for (const listen of [...listeners]) listen();
    });
  }

  return {
    subscribe(listen) {
      if (listeners.size === 0) arm();
      listeners.add(listen);
      return () => {
        listeners.delete(listen);
        if (listeners.size === 0) cancel();
      };
    },
    tick: () => tick,
  };
}
