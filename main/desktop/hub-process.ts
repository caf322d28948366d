import type { HubStartError } from '../hub/hub-start-error';
import type { HubPorts, Log } from '../hub/ports';
import type { Others } from '../hub/session/session';
import {
  errorOf,
  type FromHub,
  fromHub,
  type HostedHubOptions,
  type HubAnswer,
  type HubCalls,
  type HubPlace,
  type HubReset,
  hubAnswers,
  startErrorOf,
  type ToHub,
} from './hub-calls';

/** A question before quitting must not wait for a hub that hangs. */
const answerMaxMs = 1_000;

/** A started process; messages are structured clones. */
export interface HubChild {
  /** Does nothing once the process has ended. */
  post(message: unknown): void;
  onMessage(listen: (message: unknown) => void): void;
  onExit(listen: (code: number) => void): void;
  kill(): void;
}

/** The hub's process ended although nobody had asked it to. */
export class HubProcessGone extends Error {
  constructor(readonly code: number) {
    super(`The process of the hub has ended (code ${code}).`);
    this.name = 'HubProcessGone';
  }
}

interface Waiting {
  name: keyof HubCalls;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** A process for a hub, as the app sees it. */
export class HubProcess {
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;
  private gone: HubProcessGone | null = null;
  private tellEnd: (why: HubProcessGone | HubStartError) => void = () => undefined;
  /** Why the process or its hub has ended by itself: a `HubProcessGone`, or a `HubStartError` of damaged data. */
  readonly ended = new Promise<HubProcessGone | HubStartError>((resolve) => {
    this.tellEnd = resolve;
  });

  constructor(
    private readonly child: HubChild,
    private readonly log: Log,
  ) {
    child.onMessage((message) => this.heard(message));
    child.onExit((code) => this.exited(code));
  }

  /** Rejects with what the hub's process has said, or a `HubProcessGone`. */
  call<K extends keyof HubCalls>(name: K, ...args: Parameters<HubCalls[K]>): Promise<HubAnswer<K>> {
    if (this.gone) return Promise.reject(this.gone);
    this.asked += 1;
    const number = this.asked;
    this.child.post({ number, name, args } satisfies ToHub);
    return new Promise((resolve, reject) =>
      this.waiting.set(number, { name, resolve: (answer) => resolve(answer as HubAnswer<K>), reject }),
    );
  }

  /** Ends the process at once, and waits for that. */
  async end(): Promise<void> {
    if (this.gone) return;
    const gone = new Promise<void>((resolve) => this.child.onExit(() => resolve()));
    this.child.kill();
    await gone;
  }

  private heard(message: unknown): void {
    const heard = fromHub.safeParse(message).data;
    if (!heard) this.log.error('hub.messageRefused');
    else if ('log' in heard) this.log[heard.log](heard.event, heard.detail);
    else if ('ended' in heard) this.tellEnd(startErrorOf(heard.ended));
    else this.answered(heard);
  }

  private answered(heard: Extract<FromHub, { number: number }>): void {
    const waiting = this.waiting.get(heard.number);
    this.waiting.delete(heard.number);
    if (!waiting) this.log.error('hub.messageRefused');
    else if ('failure' in heard) waiting.reject(errorOf(heard.failure));
    else {
      const answer = hubAnswers[waiting.name].safeParse(heard.answer);
      if (answer.success) waiting.resolve(answer.data);
      else waiting.reject(new Error(`${waiting.name} was not answered as expected`));
    }
  }

  private exited(code: number): void {
    const gone = new HubProcessGone(code);
    this.gone = gone;
    for (const { reject } of this.waiting.values()) reject(gone);
    this.waiting.clear();
    this.tellEnd(gone);
  }
}

/** A hub that runs in a process of its own. */
export interface RemoteHub extends HubPlace {
  /** How many are connected from elsewhere; none when the process does not answer at once. */
  others(): Promise<Others>;
  supervisorCode(): Promise<string>;
  resetPassphrase(passphrase: string, name: string | null): Promise<HubReset>;
  /** The machine slept for so long and is awake again. */
  slept(sleptMs: number): void;
  /** Why the hub has closed by itself: its process has ended, or its data is damaged. */
  readonly ended: Promise<HubProcessGone | HubStartError>;
  /** Closes the hub in order, then ends its process. Never rejects. */
  stop(): Promise<void>;
}

/** Opens a hub in a started process. Rejects with a `HubStartError` or a `HubProcessGone`. */
export async function openRemoteHub(
  process: HubProcess,
  options: HostedHubOptions,
  { clock, log }: Pick<HubPorts, 'clock' | 'log'>,
): Promise<RemoteHub> {
  const place = await process.call('hub.open', options).catch(async (error) => {
    await process.end();
    throw error;
  });
  const unanswered = (call: string) => (error: Error) => log.error('hub.unanswered', { call, message: error.message });
  return {
    ...place,
    others() {
      const nobody = { colleagues: 0, customers: 0 };
      return new Promise((resolve) => {
        const forget = clock.at(clock.now() + answerMaxMs, () => resolve(nobody));
        process
          .call('hub.others')
          .then(resolve, () => resolve(nobody))
          .finally(forget);
      });
    },
    supervisorCode: () => process.call('hub.supervisorCode'),
    resetPassphrase: (passphrase, name) => process.call('hub.resetPassphrase', passphrase, name),
    slept: (sleptMs) => void process.call('hub.slept', sleptMs).catch(unanswered('slept')),
    ended: process.ended,
    async stop() {
      await process.call('hub.stop').catch(unanswered('stop'));
      await process.end();
    },
  };
}

/** Has work done in a process in which no hub is opened, and ends it. */
export async function inHubProcess<T>(process: HubProcess, work: (process: HubProcess) => Promise<T>): Promise<T> {
  try {
    return await work(process);
  } finally {
    await process.end();
  }
}
