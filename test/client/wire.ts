import type { Clock } from '../../shared/client/clock';
import type { OutboxStorage } from '../../shared/client/outbox';
import type { Transport, TransportListener } from '../../shared/client/transport';

/** A clock moved by hand; timers run in order of their time. */
export class HandClock implements Clock {
  private time = 1_000_000;
  private timers: { atMs: number; run: () => void }[] = [];

  now() {
    return this.time;
  }

  at(atMs: number, run: () => void) {
    const timer = { atMs, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((each) => each !== timer);
    };
  }

  move(ms: number) {
    const end = this.time + ms;
    for (;;) {
      const due = this.timers.filter((timer) => timer.atMs <= end).sort((a, b) => a.atMs - b.atMs)[0];
      if (!due) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.time = Math.max(this.time, due.atMs);
      due.run();
    }
    this.time = end;
  }

  /** The machine slept: time has passed and no timer ran. */
  sleep(ms: number) {
    this.time += ms;
  }
}

export interface SentFrame {
  type: string;
  cid?: string;
  n?: number;
  [field: string]: unknown;
}

/** The hub's end of one line, driven by the test. */
export class FakeLine {
  readonly sent: SentFrame[] = [];
  closedByClient = false;

  constructor(
    readonly url: string,
    private readonly listener: TransportListener,
  ) {}

  opened() {
    this.listener.opened();
  }

  receive(frame: object) {
    this.listener.frame(JSON.stringify(frame));
  }

  receiveText(text: string) {
    this.listener.frame(text);
  }

  lose(code = 1006) {
    this.listener.closed(code);
  }

  /** Opens, and answers hello with a welcome and, unless told otherwise, a finished catch-up. */
  welcome(fields: Record<string, unknown> = {}, caughtUp = true) {
    this.opened();
    const seq = (fields.seq as number) ?? 10;
    this.receive({ type: 'welcome', hubId: 'h', epoch: 1, seq, mode: 'snapshot', lastN: 0, serverTime: 0, ...fields });
    if (caughtUp) this.receive({ type: 'caughtUp', seq });
  }

  commands() {
    return this.sent.filter((frame) => frame.type === 'command');
  }
}

export class FakeTransport implements Transport {
  readonly lines: FakeLine[] = [];

  open(url: string, listener: TransportListener) {
    const line = new FakeLine(url, listener);
    this.lines.push(line);
    return {
      send: (frame: string) => void line.sent.push(JSON.parse(frame)),
      close: () => {
        line.closedByClient = true;
      },
    };
  }

  get line() {
    return this.lines[this.lines.length - 1]!;
  }
}

export function memoryStorage(text: string | null = null): OutboxStorage & { text: string | null } {
  return {
    text,
    read() {
      return this.text;
    },
    write(next) {
      this.text = next;
    },
  };
}

/** Evenly spread and repeatable; good enough to make ids differ. */
export function countingRandom() {
  let i = 0;
  return () => {
    i += 1;
    return (i * 0.6180339887) % 1;
  };
}
