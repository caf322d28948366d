import type { Ack, Refused } from '../protocol/session';
import { utf8Length } from '../utf8-length';
import { type Answer, answerOf, type FrameFault, retryAfterMsOf } from './answer';
import type { Clock } from './clock';
import { type Outbox, type OutboxEntry, outboxEntriesMax } from './outbox';

/** Unanswered commands at a time, well below the 64 latest answers that the hub keeps per device for repeats. */
const unansweredMax = 32;

export interface CommandSender<Body> {
  send(body: Body, options: { fleeting: boolean }): { cid: string; answer: Promise<Answer> };
  answered(frame: Ack | Refused): void;
  /** The line has caught up: sends all waiting commands over it, in order. `hubLastN`: as in `welcome`. */
  goOnline(write: (frame: object) => void, hubLastN: number): void;
  /** The line has ended; `fault`: set if one of our frames caused it. */
  goOffline(fault: FrameFault | null): void;
  /** Stops waiting for answers; the outbox is kept. */
  stop(): void;
}

export interface CommandSenderOptions<Body> {
  clock: Clock;
  /** 0 ≤ x < 1. */
  random(): number;
  outbox: Outbox<Body>;
  /** The largest frame that the hub accepts, in bytes of UTF-8. */
  frameBytesMax(): number;
  /** The required fields of a command's result; null: it has no result. */
  resultFields(body: Body): readonly string[] | null;
  on: CommandListener<Body>;
  /** A new command was queued while offline. */
  queuedOffline(): void;
}

export interface CommandListener<Body> {
  /** The unsent and unanswered commands have changed. */
  outbox?(entries: readonly OutboxEntry<Body>[]): void;
  /** The hub has asked for a pause, or the pause is over; refused commands are resent automatically. */
  paused?(isPaused: boolean): void;
  /** Called for every answer, also to commands from before a reload. */
  answered?(entry: OutboxEntry<Body>, answer: Answer): void;
}

type Flow =
  | { state: 'offline' }
  | ({ state: 'sending' } & Online)
  /** At the hub's request. It would refuse every command, so none is sent, which also keeps their order. */
  | ({ state: 'paused'; cancelTimer(): void } & Online);

interface Online {
  write(frame: object): void;
  /** The `cid`s of commands sent over this line that have no answer yet. */
  unanswered: Set<string>;
}

/** Moves commands from the outbox to the hub, in order, and their answers back. */
export function createCommandSender<Body extends object>(options: CommandSenderOptions<Body>): CommandSender<Body> {
  const { clock, outbox, on } = options;
  const waiting = new Map<string, (answer: Answer) => void>();
  let flow: Flow = { state: 'offline' };
  /**
   * Send one command at a time until the outbox is empty: either they were sent too fast, or one of several frames made
   * the hub close the line, and sending them singly shows which one.
   */
  let singly = false;

  function enter(next: Flow) {
    const before = flow;
    flow = next;
    if (before.state === 'paused') before.cancelTimer();
    const isPaused = next.state === 'paused';
    if (isPaused !== (before.state === 'paused')) on.paused?.(isPaused);
  }

  function transmit() {
    for (const entry of outbox.entries) {
      if (flow.state !== 'sending' || flow.unanswered.size >= (singly ? 1 : unansweredMax)) return;
      if (flow.unanswered.has(entry.cid)) continue;
      flow.unanswered.add(entry.cid);
      flow.write(commandFrame(entry, entry.n ?? outbox.stamp(entry)));
    }
  }

  function pause(forMs: number) {
    singly = true;
    if (flow.state !== 'sending') return;
    const { write, unanswered } = flow;
    const cancelTimer = clock.at(clock.now() + forMs, () => {
      enter({ state: 'sending', write, unanswered });
      transmit();
    });
    enter({ state: 'paused', write, unanswered, cancelTimer });
  }

  function settle(entry: OutboxEntry<Body>, answer: Answer) {
    on.answered?.(entry, answer);
    on.outbox?.(outbox.entries);
    waiting.get(entry.cid)?.(answer);
    waiting.delete(entry.cid);
  }

  function giveUp(entry: OutboxEntry<Body>, code: FrameFault) {
    outbox.drop(entry.cid);
    settle(entry, refusal(code, 'The hub does not take a frame like this.'));
  }

  const isTooLarge = (entry: OutboxEntry<Body>) => largestFrameBytes(entry) > options.frameBytesMax();

  function refusalOf(entry: OutboxEntry<Body>): Answer | null {
    if (entry.fleeting && flow.state === 'offline') return refusal('linkLost', 'There is no link.');
    if (outbox.entries.length >= outboxEntriesMax) return refusal('outboxFull', 'Too much is waiting to be sent.');
    return isTooLarge(entry) ? refusal('frameTooLarge', 'This is more than the hub takes at once.') : null;
  }

  return {
    send(body, { fleeting }) {
      const cid = newCid(options.random);
      const entry: OutboxEntry<Body> = { cid, n: null, at: clock.now(), fleeting, body };
      const refused = refusalOf(entry);
      if (refused) return { cid, answer: Promise.resolve(refused) };
      const answer = new Promise<Answer>((resolve) => waiting.set(cid, resolve));
      outbox.add(entry);
      transmit();
      on.outbox?.(outbox.entries);
      if (flow.state === 'offline') options.queuedOffline();
      return { cid, answer };
    },
    answered(frame) {
      if (flow.state !== 'offline') flow.unanswered.delete(frame.cid);
      const pauseMs = frame.type === 'refused' && frame.code === 'rateLimited' ? retryAfterMsOf(frame) : 0;
      if (pauseMs > 0) return pause(pauseMs);
      const entry = outbox.take(frame.cid);
      if (!entry) return;
      settle(entry, answerOf(frame, options.resultFields(entry.body)));
      if (outbox.entries.length === 0) singly = false;
      else transmit();
    },
    goOnline(write, hubLastN) {
      // An outbox stored by an older version was not measured.
      for (const entry of outbox.entries) if (isTooLarge(entry)) giveUp(entry, 'frameTooLarge');
      outbox.renumber(hubLastN);
      enter({ state: 'sending', write, unanswered: new Set() });
      transmit();
    },
    goOffline(fault) {
      const unanswered = flow.state === 'offline' ? new Set<string>() : flow.unanswered;
      enter({ state: 'offline' });
      if (fault) {
        singly = unanswered.size > 1;
        const entry = outbox.entries.find(({ cid }) => unanswered.has(cid));
        if (entry && !singly) giveUp(entry, fault);
      }
      for (const entry of outbox.takeFleeting()) settle(entry, refusal('linkLost', 'The link was lost.'));
    },
    stop() {
      enter({ state: 'offline' });
      for (const resolve of waiting.values()) resolve(refusal('stopped', 'The session was ended.'));
      waiting.clear();
    },
  };
}

function refusal(code: string, message: string): Answer {
  return { ok: false, code, message };
}

function commandFrame<Body extends object>({ cid, body }: OutboxEntry<Body>, n: number) {
  return { type: 'command', cid, n, ...body };
}

/** The frame's size in bytes of UTF-8, with the longest possible number. */
function largestFrameBytes<Body extends object>(entry: OutboxEntry<Body>): number {
  return utf8Length(JSON.stringify(commandFrame(entry, Number.MAX_SAFE_INTEGER)));
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
