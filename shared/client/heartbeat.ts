import type { Clock } from './clock';

export const pingEveryMs = 15_000;
/** A line silent for this long is dead (PROTOCOL.md, "Staying in touch"). */
export const deadAfterMs = 40_000;
const probeAnswerMs = 5_000;
const welcomeWithinMs = 15_000;

export interface Heartbeat {
  /** A frame has arrived. */
  received(): void;
  /** Starts the pings, after the welcome; before that the hub has 15 s to send it. */
  start(): void;
  /** Pings at once; without an answer within 5 s the line is dead. */
  probe(): void;
  /** A pong has arrived; returns half of the round trip in milliseconds, 0 if no ping was sent. */
  pong(): number;
  stop(): void;
}

/** Watches one line from its opening on, with one timer: the next ping or the line's death, whichever comes first. */
export function createHeartbeat(clock: Clock, { ping, dead }: { ping(): void; dead(): void }): Heartbeat {
  let receivedAt = clock.now();
  let pingSentAt: number | null = null;
  /** When the running probe ends; null: none runs. */
  let probeEndsAt: number | null = null;
  let stopped = false;
  let cancelTimer = clock.at(receivedAt + welcomeWithinMs, dead);

  const deadAt = () => Math.min(receivedAt + deadAfterMs, probeEndsAt ?? Number.POSITIVE_INFINITY);

  function sendPing() {
    pingSentAt = clock.now();
    ping();
  }

  function watch() {
    cancelTimer();
    if (stopped) return;
    const now = clock.now();
    // The machine may have slept past the deadline, without timers.
    if (now >= deadAt()) return dead();
    cancelTimer = clock.at(Math.min(now + pingEveryMs, deadAt()), () => {
      if (clock.now() < deadAt()) sendPing();
      watch();
    });
  }

  return {
    received() {
      receivedAt = clock.now();
      probeEndsAt = null;
    },
    start: watch,
    probe() {
      if (stopped || probeEndsAt !== null) return;
      probeEndsAt = clock.now() + probeAnswerMs;
      sendPing();
      watch();
    },
    pong() {
      const halfTripMs = pingSentAt === null ? 0 : (clock.now() - pingSentAt) / 2;
      pingSentAt = null;
      return halfTripMs;
    },
    stop() {
      stopped = true;
      cancelTimer();
    },
  };
}
