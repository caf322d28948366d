import { closeName, finalCloseNames } from '../protocol/close-codes';
import { frameBytesMax } from '../protocol/frame-bytes';
import { resultFields } from '../protocol/result-fields';
import { type Answer, frameFaultOf, retryAfterMsOf } from './answer';
import { createBackoff } from './backoff';
import { type CommandListener, createCommandSender } from './command-sender';
import { createHubTime } from './hub-time';
import {
  type Cursor,
  type LineEnd,
  type LineListener,
  type LineSession,
  type LineSessionOptions,
  openLineSession,
} from './line-session';
import type { LinkState } from './link-state';
import { createOutbox, type OutboxEntry, type OutboxStorage } from './outbox';
import type { CommandBody, ResultOf, Wire } from './wire';

export interface ConnectionOptions<W extends Wire> extends LineSessionOptions<W> {
  /** 0 ≤ x < 1. */
  random(): number;
  storage: OutboxStorage;
  on: ConnectionListener<W>;
}

export interface ConnectionListener<W extends Wire> extends LineListener<W>, CommandListener<CommandBody<W>> {
  link(state: LinkState): void;
}

export interface Connection<W extends Wire> {
  readonly link: LinkState;
  readonly outbox: readonly OutboxEntry<CommandBody<W>>[];
  start(): void;
  /** Ends the line without reconnecting; the outbox is kept. */
  stop(): void;
  /** Reconnects immediately, even after a final close code. */
  retryNow(): void;
  /** Checks the line after sleep or when the network is back; reconnects if it is down. */
  probe(): void;
  /** `fleeting`: only of use on the present line, so neither queued while offline nor resent. */
  send<Op extends W['command']['op']>(
    body: CommandBody<W> & { op: Op },
    options?: { fleeting?: boolean },
  ): { cid: string; answer: Promise<Answer<ResultOf<W, Op>>> };
  /** Sends a signal; dropped while offline. */
  signal(signal: W['signal']): void;
  /** The estimated present time of the hub, epoch milliseconds. */
  hubNow(): number;
}

type Link<Name extends LinkState['state']> = Extract<LinkState, { state: Name }>;
type DownLink = Link<'down'>;

/** `link` is the state as reported to the listener. */
type Stage<W extends Wire> =
  | { name: 'idle'; link: Link<'idle'> }
  | { name: 'onLine'; link: Link<'connecting' | 'up'> | (DownLink & { retryAt: null }); session: LineSession<W> }
  | { name: 'waiting'; link: DownLink & { retryAt: number }; cursor: Cursor | null; cancelRetry(): void }
  | { name: 'refused'; link: Link<'refused'>; cursor: Cursor | null };

/** After this time the hub accepts a full burst again (PROTOCOL.md, "Limits"). */
const afterTooManyFramesMs = 5_000;

/** Keeps a line to the hub open: reconnects with backoff when it is lost. */
export function createConnection<W extends Wire>(options: ConnectionOptions<W>): Connection<W> {
  const { clock, on } = options;
  const outbox = createOutbox<CommandBody<W>>(options.storage);
  const hubTime = createHubTime(clock);
  const backoff = createBackoff(clock, options.random);
  const sender = createCommandSender<CommandBody<W>>({
    clock,
    random: options.random,
    outbox,
    frameBytesMax: () => frameBytesMax[options.hello().role],
    resultFields: ({ op }) => fieldsOf(options.hello().role, op),
    on,
    queuedOffline: hurry,
  });
  let stage: Stage<W> = { name: 'idle', link: { state: 'idle' } };

  function enter(next: Stage<W>) {
    stage = next;
    on.link(next.link);
  }

  function connect(link: Link<'connecting'> | (DownLink & { retryAt: null }), cursor: Cursor | null) {
    const session = openLineSession<W>({
      options,
      lastAnsweredN: () => outbox.lastAnsweredN,
      sender,
      hubTime,
      cursor,
      on: {
        ...on,
        helloRefused(refusal) {
          backoff.holdOff(retryAfterMsOf(refusal));
          on.helloRefused?.(refusal);
        },
      },
      up: () => enter({ name: 'onLine', link: { state: 'up', since: clock.now() }, session }),
      ended: (end) => lineEnded(link.since, end),
    });
    enter({ name: 'onLine', link, session });
  }

  function lineEnded(tryingSince: number, { closeCode, cursor, upSince }: LineEnd) {
    const { stage: before } = { stage };
    sender.goOffline(frameFaultOf(closeCode));
    // A listener that was told of a failed command may have called `stop`.
    if (stage !== before) return;
    const now = clock.now();
    const name = closeName(closeCode);
    if (name !== null && finalCloseNames.includes(name))
      return enter({ name: 'refused', link: { state: 'refused', since: now, reason: name }, cursor });
    if (name === 'tooManyFrames') backoff.holdOff(afterTooManyFramesMs);
    if (upSince !== null) backoff.wasUpFor(now - upSince);
    const retryAt = backoff.nextAttemptAt();
    const link = {
      state: 'down',
      since: upSince === null ? tryingSince : now,
      reason: name ?? 'lost',
      retryAt,
    } as const;
    enter({ name: 'waiting', link, cursor, cancelRetry: clock.at(retryAt, retry) });
  }

  function retry() {
    if (stage.name !== 'waiting') return;
    stage.cancelRetry();
    connect({ ...stage.link, retryAt: null }, stage.cursor);
  }

  /** Reconnects immediately when the user is active, as the next attempt may be half a minute away. */
  function hurry() {
    if (backoff.mayTryNow()) retry();
  }

  return {
    get link() {
      return stage.link;
    },
    get outbox() {
      return outbox.entries;
    },
    start() {
      if (stage.name !== 'idle') return;
      connect({ state: 'connecting', since: clock.now() }, null);
      on.outbox?.(outbox.entries);
    },
    stop() {
      const before = stage;
      enter({ name: 'idle', link: { state: 'idle' } });
      if (before.name === 'onLine') before.session.stop();
      if (before.name === 'waiting') before.cancelRetry();
      sender.stop();
    },
    retryNow() {
      if (stage.name === 'waiting') retry();
      if (stage.name === 'refused') connect({ state: 'connecting', since: clock.now() }, stage.cursor);
    },
    probe() {
      if (stage.name === 'waiting') hurry();
      if (stage.name === 'onLine') stage.session.probe();
    },
    send<Op extends W['command']['op']>(body: CommandBody<W> & { op: Op }, { fleeting = false } = {}) {
      const { cid, answer } = sender.send(body, { fleeting });
      // `answerOf` has checked that the result has the command's fields.
      return { cid, answer: answer as Promise<Answer<ResultOf<W, Op>>> };
    },
    signal(signal) {
      if (stage.name === 'onLine') stage.session.signal(signal);
    },
    hubNow: hubTime.now,
  };
}

function fieldsOf(role: keyof typeof resultFields, op: string): readonly string[] | null {
  const ofRole: Readonly<Record<string, readonly string[]>> = resultFields[role];
  return ofRole[op] ?? null;
}
