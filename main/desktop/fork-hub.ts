import { utilityProcess } from 'electron';
import type { HubChild } from './hub-process';

const pollMs = 10;
/** A process that is closed off from its app ends; after so long it is killed. */
const endMaxMs = 3_000;

/** Starts the hub's process; `path` is its built entry (`main/hub-process.ts`). Only once Electron is ready. */
export function forkHub(path: string, args: string[] = []): HubChild {
  const child = utilityProcess.fork(path, args, { serviceName: 'Foyer hub' });
  let pid: number | undefined;
  let isGone = false;
  child.once('spawn', () => {
    pid = child.pid;
  });
  child.once('exit', () => {
    isGone = true;
  });
  return {
    post(message) {
      if (!isGone) child.postMessage(message);
    },
    onMessage: (listen) => void child.on('message', listen),
    // Electron tells the end of a process that is still ending, and still has its folder's lock.
    onExit: (listen) => void child.once('exit', (code) => void ended(pid).then(() => listen(code))),
    // Not `child.kill()`, whose signal the hub's process ignores.
    kill: () => void (pid !== undefined && !isGone && signal(pid, 'SIGKILL')),
  };
}

/** Never within the event itself: Electron crashes when a process is spoken to there. */
async function ended(pid: number | undefined): Promise<void> {
  let waitedMs = 0;
  do {
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    waitedMs += pollMs;
  } while (pid !== undefined && signal(pid, waitedMs < endMaxMs ? 0 : 'SIGKILL'));
}

/** False: there is no such process. */
function signal(pid: number, name: 0 | 'SIGKILL'): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
