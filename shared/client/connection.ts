import type { AgentCommand, AgentEvent, AgentHello, WelcomeAgent } from '../protocol/agent-wire';
import { type CloseName, closeCodes, closeName, finalCloseNames } from '../protocol/close-codes';
import type { CustomerCommand, CustomerEvent, CustomerHello, WelcomeCustomer } from '../protocol/customer-wire';
import { frameBytesMax } from '../protocol/frame-bytes';
import type { Ack, Refused } from '../protocol/session';
import type { AgentSignal, CustomerSignal, SignalToAgent, SignalToCustomer } from '../protocol/signals';
import { utf8Length } from '../utf8-length';
import type { Clock } from './clock';
import { type LinkState, reconnectDelayMs } from './link-state';
import { createOutbox, type OutboxEntry, type OutboxStorage, outboxEntriesMax } from './outbox';
import type { Transport, TransportLine } from './transport';

/** The frames of one role. zod is not imported here: the customer's page must stay small. */
export interface AgentWire {
  hello: AgentHello;
  command: AgentCommand;
  event: AgentEvent;
  welcome: WelcomeAgent;
  signal: AgentSignal;
  heard: SignalToAgent;
}
export interface CustomerWire {
  hello: CustomerHello;
  command: CustomerCommand;
  event: CustomerEvent;
  welcome: WelcomeCustomer;
  signal: CustomerSignal;
  heard: SignalToCustomer;
}
export type Wire = AgentWire | CustomerWire;

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** A command as a caller writes it: the connection adds `type`, `cid` and `n`. */
export type CommandBody<W extends Wire> = Without<W['command'], 'type' | 'cid' | 'n'>;
/** What the role adds to `hello`, asked for at every try, because a token may have arrived meanwhile. */
export type HelloBody<W extends Wire> = Without<W['hello'], 'type' | 'proto' | 'deviceId' | 'since' | 'lastN'>;

export type Answer =
  | { ok: true; seq: number; result: Record<string, unknown> }
  /** Refused by the hub, or here: `linkLost`, `outboxFull`, `stopped`, `frameTooLarge`, `badFrame`. */
  | { ok: false; code: string; message: string; field?: string; now?: unknown };

export interface ConnectionOptions<W extends Wire> {
  transport: Transport;
  clock: Clock;
  /** 0 ≤ x < 1. */
  random(): number;
  storage: OutboxStorage;
  url: string;
  deviceId: string;
  /** `protocolVersion` of shared/protocol/fields; handed in so that this file needs no zod. */
  proto: number;
  hello(): HelloBody<W>;
  on: ConnectionListener<W>;
}

export interface ConnectionListener<W extends Wire> {
  link(state: LinkState): void;
  /** With `mode: 'snapshot'` the events up to `caughtUp` describe everything, and what was held is void. */
  welcome(welcome: W['welcome']): void;
  event(event: W['event']): void;
  caughtUp(seq: number): void;
  /** What is true for a moment only. */
  heard?(signal: W['heard']): void;
  /** The unsent and unanswered commands have changed. */
  outbox?(entries: readonly OutboxEntry<CommandBody<W>>[]): void;
  /** Why `hello` is turned down, told before the line is closed with a final code. */
  helloRefused?(refusal: Refused): void;
  /** The hub knows who this is, and a supervisor has to let them in. */
  joinWaiting?(): void;
  /** Whether the hub has asked for a pause: what it did not take comes again by itself. */
  paused?(isPaused: boolean): void;
  /** Every answer, also to commands of before a reload. */
  answered?(entry: OutboxEntry<CommandBody<W>>, answer: Answer): void;
}

export interface Connection<W extends Wire> {
  readonly link: LinkState;
  readonly outbox: readonly OutboxEntry<CommandBody<W>>[];
  start(): void;
  /** Ends the line without coming back; the outbox stays. */
  stop(): void;
  /** Tries at once, also after a final refusal. */
  retryNow(): void;
  /** After sleep or when the network is back: is the line still alive? */
  probe(): void;
  send(body: CommandBody<W>, options?: { fleeting?: boolean }): { cid: string; answer: Promise<Answer> };
  /** Tells what is of use only now: without a link it is not told. */
  signal(signal: W['signal']): void;
  /** The hub's time now, epoch milliseconds, as far as it is known. */
  hubNow(): number;
}

export const pingEveryMs = 15_000;
export const deadAfterMs = 40_000;
const probeAnswerMs = 5_000;
const welcomeWithinMs = 15_000;
/** A line that lived this long was a good one: the next pause starts small again. */
const settledAfterMs = 10_000;

const lostLink = 1006;
/** Commands without an answer at once: the hub keeps the last 64 answers of a device for whoever asks again. */
const unansweredMax = 32;
/** By then the hub takes as much at once as ever (PROTOCOL.md, "Limits"). */
const afterTooManyFramesMs = 5_000;
/** Why a frame is not sent again: however often, it would be turned away. */
export type FrameFault = 'badFrame' | 'frameTooLarge';
/** Closes that one frame brings about by itself; 1009 is a proxy's, in front of the hub. */
const frameFaults: Readonly<Record<number, FrameFault>> = {
  [closeCodes.badFrame]: 'badFrame',
  [closeCodes.frameTooLarge]: 'frameTooLarge',
  1009: 'frameTooLarge',
};
/** Stands for the `hello` itself in a refusal. */
const helloCid = 'hello';

interface Frame {
  type?: unknown;
  [field: string]: unknown;
}

export function createConnection<W extends Wire>(options: ConnectionOptions<W>): Connection<W> {
  const { clock, on } = options;
  const outbox = createOutbox<CommandBody<W>>(options.storage);
  const waiting = new Map<string, (answer: Answer) => void>();

  let link: LinkState = { state: 'idle' };
  let line: TransportLine | null = null;
  /** Tells a line's late callbacks from those of the present one. */
  let lineNumber = 0;
  let cancelTimer = () => {};
  let attempt = 0;
  let heardAt = 0;
  let pingSentAt: number | null = null;
  let probeUntil: number | null = null;
  let offsetMs = 0;
  let epoch = 0;
  /** Up to where everything is held: what `caughtUp` told, and the events after it. Null when nothing usable is. */
  let cursor: number | null = null;
  let catchingUp = true;
  let hubLastN = 0;
  /** What went over the present line and has no answer yet. */
  const unanswered = new Set<string>();
  /**
   * Until all are answered they go out one at a time: one of several frames closed the last line, which shows the one; or
   * they came too fast.
   */
  let singly = false;
  /** Ends the pause that the hub asked for; null: there is none. */
  let cancelPause: (() => void) | null = null;
  /** The hub takes no hello of ours before. */
  let welcomeAt = 0;

  function setLink(next: LinkState) {
    link = next;
    on.link(next);
  }

  function open() {
    cancelTimer();
    lineNumber += 1;
    const own = lineNumber;
    const isCurrent = () => own === lineNumber;
    heardAt = clock.now();
    catchingUp = true;
    probeUntil = null;
    pingSentAt = null;
    cancelTimer = clock.at(heardAt + welcomeWithinMs, () => drop(lostLink));
    line = options.transport.open(options.url, {
      opened: () => isCurrent() && sayHello(),
      frame: (text) => isCurrent() && receive(text),
      closed: (code) => isCurrent() && ended(code),
    });
  }

  function sayHello() {
    write({
      type: 'hello',
      proto: options.proto,
      deviceId: options.deviceId,
      since: cursor === null ? null : { epoch, seq: cursor },
      lastN: outbox.lastAnsweredN,
      ...options.hello(),
    });
  }

  function write(frame: object) {
    line?.send(JSON.stringify(frame));
  }

  /** Closes the line from this side and goes on as if it had been lost. */
  function drop(code: number) {
    const old = line;
    ended(code);
    old?.close();
  }

  function ended(code: number) {
    cancelTimer();
    lineNumber += 1;
    line = null;
    const fault = frameFaults[code];
    if (fault) blame(fault);
    unanswered.clear();
    endPause();
    for (const entry of outbox.takeFleeting())
      settle(entry, { ok: false, code: 'linkLost', message: 'The link was lost.' });
    const now = clock.now();
    const name = closeName(code);
    if (name === 'tooManyFrames') welcomeAt = now + afterTooManyFramesMs;
    if (name !== null && finalCloseNames.includes(name)) {
      setLink({ state: 'refused', since: now, reason: name });
      return;
    }
    if (link.state === 'up' && now - link.since >= settledAfterMs) attempt = 0;
    const retryAt = Math.max(now + reconnectDelayMs(attempt, options.random()), welcomeAt);
    attempt += 1;
    setLink({ state: 'down', since: downSince(now), reason: name ?? 'lost', retryAt });
    cancelTimer = clock.at(retryAt, retry);
  }

  /** The same frame again would only close the next line, too. */
  function blame(fault: FrameFault) {
    singly = unanswered.size > 1;
    const entry = outbox.entries.find(({ cid }) => unanswered.has(cid));
    if (entry && !singly) giveUp(entry, fault);
  }

  function giveUp(entry: OutboxEntry<CommandBody<W>>, code: FrameFault) {
    outbox.drop(entry.cid);
    settle(entry, { ok: false, code, message: 'The hub does not take a frame like this.' });
  }

  function downSince(now: number): number {
    return link.state === 'down' || link.state === 'connecting' ? link.since : now;
  }

  function retry() {
    if (link.state === 'down') setLink({ ...link, retryAt: null });
    open();
  }

  function receive(text: string) {
    const frame = parse(text);
    if (frame === null) return;
    heardAt = clock.now();
    probeUntil = null;
    switch (frame.type) {
      case 'welcome':
        return welcomed(frame as unknown as W['welcome']);
      case 'event':
        return happened(frame as unknown as W['event']);
      case 'caughtUp':
        return caughtUp(Number(frame.seq));
      case 'ack':
      case 'refused':
        return answered(frame as unknown as Ack | Refused);
      case 'typing':
        return on.heard?.(frame as unknown as W['heard']);
      case 'joinWaiting':
        // However long that takes: only a line that dies is given up.
        watch();
        return on.joinWaiting?.();
      case 'pong':
        return timed(Number(frame.serverTime));
    }
  }

  function welcomed(welcome: W['welcome']) {
    offsetMs = welcome.serverTime - clock.now();
    if (welcome.mode === 'snapshot') cursor = null;
    epoch = welcome.epoch;
    hubLastN = welcome.lastN;
    on.welcome(welcome);
    watch();
  }

  function happened(event: W['event']) {
    // A replayed event tells an older time, so it may only move the hub's clock forward.
    if (event.at > hubNow()) offsetMs = event.at - clock.now();
    // Half a catch-up is nothing to go on from: the next line has to begin where this one did.
    if (catchingUp) return on.event(event);
    // A hole in the stream: what is held is still good, so ask for the rest on a new line.
    if (cursor !== null && event.prev > cursor) return drop(lostLink);
    if (cursor !== null && event.seq < cursor) return;
    cursor = event.seq;
    on.event(event);
  }

  function caughtUp(seq: number) {
    catchingUp = false;
    cursor = seq;
    // After the state, so that no answer overtakes what it was given on; before anything new, so that order is kept.
    for (const entry of outbox.entries) if (isTooLarge(entry)) giveUp(entry, 'frameTooLarge');
    outbox.renumber(hubLastN);
    transmitWaiting();
    setLink({ state: 'up', since: clock.now() });
    on.caughtUp(seq);
  }

  /** In order. */
  function transmitWaiting() {
    for (const entry of outbox.entries) {
      if (cancelPause || unanswered.size >= (singly ? 1 : unansweredMax)) return;
      if (unanswered.has(entry.cid)) continue;
      unanswered.add(entry.cid);
      write(commandFrame({ ...entry, n: entry.n ?? outbox.stamp(entry) }));
    }
  }

  function commandFrame({ cid, n, body }: OutboxEntry<CommandBody<W>>) {
    return { type: 'command', cid, n, ...body };
  }

  /** Even with the longest number there is. */
  function isTooLarge(entry: OutboxEntry<CommandBody<W>>): boolean {
    const frame = JSON.stringify(commandFrame({ ...entry, n: Number.MAX_SAFE_INTEGER }));
    return utf8Length(frame) > frameBytesMax[options.hello().role];
  }

  function answered(frame: Ack | Refused) {
    if (frame.type === 'refused' && frame.cid === helloCid) {
      welcomeAt = clock.now() + retryAfterMsOf(frame);
      return on.helloRefused?.(frame);
    }
    if (frame.type === 'refused' && frame.code === 'rateLimited' && retryAfterMsOf(frame) > 0) {
      unanswered.delete(frame.cid);
      return pause(retryAfterMsOf(frame));
    }
    const entry = outbox.take(frame.cid);
    unanswered.delete(frame.cid);
    if (!entry) return;
    settle(
      entry,
      frame.type === 'ack'
        ? { ok: true, seq: frame.seq, result: frame.result ?? {} }
        : { ok: false, code: frame.code, message: frame.message, field: frame.field, now: frame.now },
    );
    if (outbox.entries.length === 0) singly = false;
    else if (link.state === 'up') transmitWaiting();
  }

  /** The hub refuses all that follows, too, until it is over: so everything comes again in its order. */
  function pause(forMs: number) {
    singly = true;
    if (cancelPause) return;
    cancelPause = clock.at(clock.now() + forMs, () => {
      endPause();
      transmitWaiting();
    });
    on.paused?.(true);
  }

  function endPause() {
    if (!cancelPause) return;
    cancelPause();
    cancelPause = null;
    on.paused?.(false);
  }

  /** Somebody is there now: the next try may be half a minute away. */
  function hasten() {
    if (clock.now() >= welcomeAt) retry();
  }

  function settle(entry: OutboxEntry<CommandBody<W>>, answer: Answer) {
    on.answered?.(entry, answer);
    on.outbox?.(outbox.entries);
    waiting.get(entry.cid)?.(answer);
    waiting.delete(entry.cid);
  }

  function timed(serverTime: number) {
    if (!Number.isFinite(serverTime)) return;
    const now = clock.now();
    // Half the way there and back; the rest of the error does not matter for a countdown in seconds.
    const underwayMs = pingSentAt === null ? 0 : (now - pingSentAt) / 2;
    pingSentAt = null;
    offsetMs = Math.round(serverTime + underwayMs - now);
  }

  /** One timer for a living line: the next ping, the probe's end or its death, whichever comes first. */
  function watch() {
    cancelTimer();
    // Stopped by whoever was told of what came.
    if (line === null) return;
    const now = clock.now();
    const deadAt = Math.min(heardAt + deadAfterMs, probeUntil ?? Number.POSITIVE_INFINITY);
    if (now >= deadAt) return drop(lostLink);
    cancelTimer = clock.at(Math.min(now + pingEveryMs, deadAt), () => {
      if (clock.now() < Math.min(heardAt + deadAfterMs, probeUntil ?? Number.POSITIVE_INFINITY)) ping();
      watch();
    });
  }

  function ping() {
    pingSentAt = clock.now();
    write({ type: 'ping' });
  }

  function hubNow() {
    return clock.now() + offsetMs;
  }

  return {
    get link() {
      return link;
    },
    get outbox() {
      return outbox.entries;
    },
    start() {
      if (link.state !== 'idle') return;
      setLink({ state: 'connecting', since: clock.now() });
      on.outbox?.(outbox.entries);
      open();
    },
    stop() {
      cancelTimer();
      lineNumber += 1;
      line?.close();
      line = null;
      cursor = null;
      unanswered.clear();
      endPause();
      setLink({ state: 'idle' });
      for (const resolve of waiting.values())
        resolve({ ok: false, code: 'stopped', message: 'The session was ended.' });
      waiting.clear();
    },
    retryNow() {
      if (link.state === 'idle' || line !== null) return;
      if (link.state === 'refused') setLink({ state: 'connecting', since: clock.now() });
      retry();
    },
    probe() {
      if (link.state === 'down' && line === null) return hasten();
      if (link.state !== 'up' || probeUntil !== null) return;
      probeUntil = clock.now() + probeAnswerMs;
      ping();
      watch();
    },
    send(body, { fleeting = false } = {}) {
      const cid = newCid(options.random);
      const entry: OutboxEntry<CommandBody<W>> = { cid, n: null, at: clock.now(), fleeting, body };
      const refuse = (code: string, message: string) => ({
        cid,
        answer: Promise.resolve<Answer>({ ok: false, code, message }),
      });
      if (fleeting && link.state !== 'up') return refuse('linkLost', 'There is no link.');
      if (outbox.entries.length >= outboxEntriesMax) return refuse('outboxFull', 'Too much is waiting to be sent.');
      if (isTooLarge(entry)) return refuse('frameTooLarge', 'This is more than the hub takes at once.');
      const answer = new Promise<Answer>((resolve) => waiting.set(cid, resolve));
      outbox.add(entry);
      if (link.state === 'up') transmitWaiting();
      on.outbox?.(outbox.entries);
      if (link.state === 'down' && line === null) hasten();
      return { cid, answer };
    },
    signal(signal) {
      if (link.state === 'up') write(signal);
    },
    hubNow,
  };
}

function retryAfterMsOf({ now }: Refused): number {
  const { retryAfterMs } = (now ?? {}) as { retryAfterMs?: unknown };
  return typeof retryAfterMs === 'number' && retryAfterMs > 0 ? retryAfterMs : 0;
}

function parse(text: string): Frame | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Frame) : null;
  } catch {
    return null;
  }
}

/** 80 bits, without `crypto`: a page on plain HTTP has no `randomUUID`, and a cid is an id, not a secret. */
function newCid(random: () => number): string {
  let cid = '';
  for (let i = 0; i < 4; i += 1)
    cid += Math.floor(random() * 2 ** 20)
      .toString(36)
      .padStart(4, '0');
  return cid;
}

/** Whether what failed so has to be changed before it can be sent. */
export function isFrameFault(code: string | null): code is FrameFault {
  return code === 'badFrame' || code === 'frameTooLarge';
}

/** The close name in a refused link, or null: what to tell the person. */
export function refusedReason(link: LinkState): CloseName | null {
  return link.state === 'refused' ? link.reason : null;
}
