import type { PowerSaveBlocker } from 'electron';

/** The machine stays awake while the hub runs here: customers and colleagues rely on it. */
export function keepAwake(blocker: PowerSaveBlocker): (isRunning: boolean) => void {
  let id: number | null = null;
  return (isRunning) => {
    if (isRunning && id === null) id = blocker.start('prevent-app-suspension');
    if (!isRunning && id !== null) {
      blocker.stop(id);
      id = null;
    }
  };
}
