import { app } from 'electron';
import type { Log } from '../hub/ports';

/** The hub is given this long to stop; what it acknowledged is on disk in any case. */
const finishTimeoutMs = 10_000;

export interface Quit {
  /** The app is quitting, so windows may really close. */
  isQuitting(): boolean;
}

/** Quitting in order: windows close, then `finish` runs to its end, then the process ends. */
export function quitInOrder(finish: () => Promise<void>, log: Log): Quit {
  let quitting = false;
  let stage: 'open' | 'finishing' | 'finished' = 'open';
  app.on('before-quit', () => {
    quitting = true;
  });
  app.on('will-quit', (event) => {
    if (stage === 'finished') return;
    event.preventDefault();
    if (stage === 'finishing') return;
    stage = 'finishing';
    const end = () => {
      stage = 'finished';
      // Not within the prevented event: Electron's event loop would hang.
      setImmediate(() => app.quit());
    };
    const timeout = new Promise<void>((resolve) => setTimeout(resolve, finishTimeoutMs));
    Promise.race([finish(), timeout]).then(end, (error: unknown) => {
      log.error('app.finishFailed', { name: error instanceof Error ? error.name : 'unknown' });
      end();
    });
  });
  return { isQuitting: () => quitting };
}
