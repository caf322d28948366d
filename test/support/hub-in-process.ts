import type { HubChild } from '../../main/desktop/hub-process';
import { type ParentPort, type ServicePorts, serveHub } from '../../main/desktop/hub-service';

/** The hub's process as a double: it runs in the test's own, and messages are cloned as between two. */
export interface HubInProcess extends HubChild {
  /** What the app has posted. */
  readonly posted: unknown[];
  /** Says something to the app, as the process would. */
  say(message: unknown): void;
  /** From now on nothing is answered. */
  hang(): void;
  /** The process ends by itself: nothing is answered any more. */
  die(code: number): void;
  readonly isKilled: boolean;
}

export function hubInProcess(ports: ServicePorts): HubInProcess {
  const toApp: ((message: unknown) => void)[] = [];
  const toHub: ((event: { data: unknown }) => void)[] = [];
  const onExit: ((code: number) => void)[] = [];
  const posted: unknown[] = [];
  let isGone = false;
  let isKilled = false;
  const deliver = (message: unknown, to: ((message: unknown) => void)[]) => {
    const clone = structuredClone(message);
    setImmediate(() => !isGone && to.forEach((listen) => void listen(clone)));
  };
  const end = (code: number) => {
    if (isGone) return;
    isGone = true;
    setImmediate(() => onExit.forEach((listen) => void listen(code)));
  };
  const app: ParentPort = {
    postMessage: (message) => !isGone && deliver(message, toApp),
    on: (_event, listener) => toHub.push(listener),
  };
  serveHub(app, ports);
  return {
    posted,
    post(message) {
      posted.push(message);
      deliver(message, [(data) => toHub.forEach((listen) => void listen({ data }))]);
    },
    onMessage: (listen) => void toApp.push(listen),
    onExit: (listen) => void onExit.push(listen),
    kill() {
      isKilled = true;
      end(0);
    },
    hang: () => void toHub.splice(0),
    say: (message) => deliver(message, toApp),
    die: end,
    get isKilled() {
      return isKilled;
    },
  };
}
