/** An end of a conversation. */
interface Side {
  close(): void;
}

/** All messages of one side of one conversation, in order. */
interface Lane {
  index: number;
  from: Side;
  to: Side;
  send: (mark: number) => void;
  sent: number;
  acknowledged: number;
  delivered: number;
  /** Messages echoed to their sender, if the server does that. */
  echoed: number;
  sentAtMs: number[];
}

export interface TrafficKind {
  /** The server acknowledges each message to its sender. */
  acknowledges: boolean;
  echoes: boolean;
}

/** A message's mark combines its lane and its number there in one number. */
const numbersPerLane = 1_000_000;
const stuckAfterMs = 15_000;

/** Sends messages between two sides and checks that each arrives once and in order. */
export class Traffic {
  private readonly lanes: Lane[] = [];
  private completed: (lane: Lane) => void = () => undefined;
  private arrivals = 0;
  private latenciesMs: number[] = [];

  constructor(private readonly kind: TrafficKind) {}

  lane(from: Side, to: Side, send: (mark: number) => void): void {
    const counts = { sent: 0, acknowledged: 0, delivered: 0, echoed: 0 };
    this.lanes.push({ index: this.lanes.length, from, to, send, ...counts, sentAtMs: [] });
  }

  /** Keeps one message of every lane in flight. Resolves with the seconds it took. */
  async saturate(messages: number): Promise<number> {
    const startedAtMs = performance.now();
    let left = messages;
    let underWay = 0;
    await this.run((done) => {
      const next = (lane: Lane) => {
        if (left === 0) return;
        left -= 1;
        underWay += 1;
        this.send(lane);
      };
      this.completed = (lane) => {
        underWay -= 1;
        next(lane);
        if (underWay === 0) done();
      };
      for (const lane of this.lanes) next(lane);
    });
    return (performance.now() - startedAtMs) / 1_000;
  }

  /** Sends at a steady pace, whatever comes back. Resolves with each message's latency, in milliseconds. */
  async pace(perSecond: number, messages: number): Promise<number[]> {
    const startedAtMs = performance.now();
    let sent = 0;
    let through = 0;
    await this.run((done) => {
      this.completed = () => {
        through += 1;
        if (through === messages) done();
      };
      const beat = () => {
        const due = Math.min(messages, ((performance.now() - startedAtMs) / 1_000) * perSecond);
        for (; sent < due; sent += 1) this.send(this.lanes[sent % this.lanes.length]!);
        if (sent < messages) setTimeout(beat, 1);
      };
      beat();
    });
    return this.latenciesMs;
  }

  acknowledged(mark: number): void {
    const lane = this.laneOf(mark);
    lane.acknowledged = this.next(mark, lane.acknowledged, 'acknowledgement');
    this.complete(lane, lane.acknowledged);
  }

  arrived(mark: number, at: Side): void {
    const lane = this.laneOf(mark);
    if (at === lane.from) {
      lane.echoed = this.next(mark, lane.echoed, 'echo');
      this.complete(lane, lane.echoed);
      return;
    }
    if (at !== lane.to) throw new Error(`message ${mark} reached somebody else`);
    lane.delivered = this.next(mark, lane.delivered, 'message');
    this.latenciesMs.push(performance.now() - lane.sentAtMs.shift()!);
    this.complete(lane, lane.delivered);
  }

  /** Stops the load before the server, whose stop would otherwise count as a lost connection. */
  end(): void {
    for (const { from } of this.lanes) from.close();
  }

  private send(lane: Lane) {
    lane.sent += 1;
    lane.sentAtMs.push(performance.now());
    lane.send(lane.index * numbersPerLane + lane.sent);
  }

  private laneOf(mark: number): Lane {
    const lane = this.lanes[Math.floor(mark / numbersPerLane)];
    if (!lane) throw new Error(`nobody sent ${mark}`);
    return lane;
  }

  private next(mark: number, last: number, what: string): number {
    this.arrivals += 1;
    if (mark % numbersPerLane !== last + 1) throw new Error(`${what} ${mark} came after number ${last}`);
    return last + 1;
  }

  /** One of `number`'s arrivals (acknowledged, delivered, echoed); complete once all expected ones are in. */
  private complete(lane: Lane, number: number) {
    const { acknowledges, echoes } = this.kind;
    if (lane.delivered < number) return;
    if (acknowledges && lane.acknowledged < number) return;
    if (echoes && lane.echoed < number) return;
    this.completed(lane);
  }

  private run(work: (done: () => void) => void): Promise<void> {
    this.latenciesMs = [];
    return new Promise((resolve, reject) => {
      let before = -1;
      const watch = setInterval(() => {
        const behind = this.lanes.find((lane) => lane.delivered < lane.sent || lane.acknowledged < lane.sent);
        if (this.arrivals === before) reject(new Error(`messages were lost: ${JSON.stringify(figuresOf(behind))}`));
        before = this.arrivals;
      }, stuckAfterMs);
      work(() => {
        clearInterval(watch);
        resolve();
      });
    });
  }
}

function figuresOf(lane: Lane | undefined) {
  return lane && { sent: lane.sent, acknowledged: lane.acknowledged, delivered: lane.delivered, echoed: lane.echoed };
}
