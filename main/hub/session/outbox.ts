import type { CloseName } from '../../../shared/protocol/close-codes';
import { endSession, type Session } from './session';

type Waiting =
  | { seq: number; session: Session; frame: string }
  | { seq: number; session: Session; close: CloseName }
  | { seq: number; run: () => void; lost: (error: Error) => void };

/**
 * Holds everything that leaves the hub until the record it tells of is durable, and releases it in the order in which
 * it was made.
 */
export class Outbox {
  private waiting: Waiting[] = [];
  private durableSeq = 0;
  private gathering = false;

  /** Sessions with more unsent bytes than `bufferedBytesMax`: the loop closes them. */
  readonly tooSlow = new Set<Session>();

  constructor(private readonly bufferedBytesMax: number) {}

  send(seq: number, session: Session, frame: string): void {
    if (session.catchingUp) session.catchUpBytes += Buffer.byteLength(frame);
    this.push({ seq, session, frame });
  }

  /** Ends the session once everything it was sent before has left. */
  close(seq: number, session: Session, close: CloseName): void {
    if (session.life === 'open') session.life = 'closing';
    this.push({ seq, session, close });
  }

  /** Resolves when everything up to `seq` is durable; rejects when it never will be. */
  durable(seq: number): Promise<void> {
    return new Promise((resolve, reject) => this.push({ seq, run: resolve, lost: reject }));
  }

  /** What is sent meanwhile leaves in one write for each session. */
  together(send: () => void): void {
    this.gathering = true;
    try {
      send();
    } finally {
      this.gathering = false;
    }
    this.release(this.durableSeq);
  }

  /** Sends what waited for records up to `seq`, which are durable now. */
  release(seq: number): void {
    this.durableSeq = Math.max(this.durableSeq, seq);
    let count = 0;
    const corked = new Set<Session>();
    for (const entry of this.waiting) {
      if (entry.seq > this.durableSeq) break;
      count += 1;
      if ('session' in entry && !corked.has(entry.session)) {
        corked.add(entry.session);
        entry.session.line.cork();
      }
      deliver(entry);
    }
    if (count > 0) this.waiting = this.waiting.slice(count);
    for (const session of corked) {
      session.line.uncork();
      this.checkPace(session);
    }
  }

  /** Nothing more becomes durable, so frames that wait are never sent; lines about to be closed are closed. */
  discard(why: CloseName): void {
    const lost = this.waiting;
    this.waiting = [];
    for (const entry of lost) {
      if ('close' in entry) endSession(entry.session, why);
      else if ('lost' in entry) entry.lost(new Error('the hub has ended before it was on disk'));
    }
  }

  private push(entry: Waiting): void {
    if (this.gathering || this.waiting.length > 0 || entry.seq > this.durableSeq) {
      this.waiting.push(entry);
      return;
    }
    deliver(entry);
    if ('session' in entry) this.checkPace(entry.session);
  }

  private checkPace(session: Session): void {
    const { bufferedBytes } = session.line;
    if (bufferedBytes <= this.bufferedBytesMax) {
      if (!session.catchingUp) session.catchUpBytes = 0;
    } else if (session.life === 'open' && bufferedBytes > this.bufferedBytesMax + session.catchUpBytes)
      this.tooSlow.add(session);
  }
}

function deliver(entry: Waiting) {
  if ('run' in entry) return entry.run();
  const { session } = entry;
  if (session.life === 'over') return;
  if ('frame' in entry) session.line.send(entry.frame);
  else endSession(session, entry.close);
}
