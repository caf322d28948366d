import { acceptConnection, type Receiver } from '../../../main/hub/listen/connection';
import { messagesOf } from '../../../main/hub/listen/messages-of';
import type { Line } from '../../../main/hub/session/session';
import type { Transport, TransportLine, TransportListener } from '../../../shared/client/transport';
import { type CloseName, closeCodes } from '../../../shared/protocol/close-codes';
import type { Random } from '../random';
import type { HubProcess } from './hub-process';
import type { SimTime } from './time';

/** How long a hub waits for a client that does not answer the close (`closeGraceMs` of the listener). */
const closeGraceMs = 5_000;
const lostLink = 1006;

export interface WireEnd {
  readonly name: string;
  readonly role: 'agent' | 'assistant' | 'customer';
  /** A frame has arrived at this client, which has processed neither it nor those that came in the same message. */
  heard(frame: string, line: WireLine): void;
}

export interface WireWatch {
  /** The hub hands a frame to a line; from here on its client may see it. */
  sent(frame: string, hub: HubProcess): void;
  said(end: WireEnd, frame: string): void;
  closed(end: WireEnd, why: CloseName): void;
  /** This client's line has broken without the world's doing. */
  broke(end: WireEnd, place: StreamPlace): void;
}

/** Per line, the chance that a frame of the catch-up is the last to arrive: so it breaks off early, late or never. */
const catchUpBreaks = [0, 0, 0, 0.02, 0.1, 0.4];
/** The same for frames after the catch-up, also in the middle of a step. */
const lateBreak = 0.001;

/** The position of a line's event stream, by what has reached the client. */
export interface StreamPlace {
  /** The cursor in `hello`; 0 for a snapshot. */
  since: number;
  /** The record up to which the catch-up goes, from `welcome`; null before it. */
  toldSeq: number | null;
  /** The expected `prev` of the next event. */
  lastSeq: number;
  catchingUp: boolean;
  /** By `cid`: how often it was sent without an answer. */
  unanswered: Map<string, number>;
}

/** The network between the clients and the hub, which may be down. */
export class Wire {
  hub: HubProcess | null = null;
  /** Lines may break between any two frames, not only when the world cuts one. */
  isFragile = false;
  /** Frames and closes in flight, except those that a slow client does not read. */
  inFlight = 0;

  constructor(
    readonly time: SimTime,
    readonly random: Random,
    /** A separate generator, so that breaks do not change the other random numbers. */
    readonly breaks: Random,
    readonly watch: WireWatch,
  ) {}

  transport(end: WireEnd, opened: (line: WireLine) => void): Transport {
    return {
      open: (_url, listener) => {
        const line = new WireLine(this, end, listener);
        opened(line);
        return line;
      },
    };
  }
}

/** One connection with both its ends. Frames arrive in order after a delay; when it is cut they are lost. */
export class WireLine implements TransportLine {
  readonly place: StreamPlace = { since: 0, toldSeq: null, lastSeq: 0, catchingUp: true, unanswered: new Map() };
  lastCommand: string | null = null;
  private receiver: Receiver | null = null;
  private hub: HubProcess | null = null;
  private isCut = false;
  private closing = false;
  private clientGone = false;
  private stalled = false;
  private readonly held: (() => void)[] = [];
  private heldBytes = 0;
  private toHubAt = 0;
  private toClientAt = 0;
  private readonly catchUpBreak: number;

  constructor(
    private readonly wire: Wire,
    private readonly end: WireEnd,
    private readonly listener: TransportListener,
  ) {
    this.catchUpBreak = wire.breaks.pick(catchUpBreaks);
    this.toHub(() => this.accept());
  }

  get isOpen(): boolean {
    return this.receiver !== null && !this.isCut && !this.closing && !this.clientGone;
  }

  get isStalled(): boolean {
    return this.stalled;
  }

  send(frame: string): void {
    if (this.clientGone) return;
    this.wire.watch.said(this.end, frame);
    if (frame.includes('"type":"command"')) {
      this.lastCommand = frame;
      const { cid } = JSON.parse(frame);
      this.place.unanswered.set(cid, (this.place.unanswered.get(cid) ?? 0) + 1);
    }
    if (frame.includes('"type":"hello"')) this.place.since = JSON.parse(frame).since?.seq ?? 0;
    this.toHub(() => {
      if (!this.closing) this.receiver?.frame(frame);
    });
  }

  /** The client closes the line. */
  close(): void {
    this.clientGone = true;
    this.toHub(() => this.hubEnd());
  }

  /** The network fails: each end notices separately, the hub by its heartbeat at the latest. */
  cut(clientLearnsMs: number, hubLearnsMs: number): void {
    this.isCut = true;
    this.wire.time.at(this.wire.time.now() + clientLearnsMs, () => this.clientEnd(lostLink));
    this.hub?.clock.after(hubLearnsMs, () => this.hubEnd());
  }

  /** The hub's process has died; its kernel resets the line. */
  reset(): void {
    if (this.isCut) return;
    this.isCut = true;
    const delayMs = this.wire.random.whole(0, 50);
    this.wire.time.at(this.wire.time.now() + delayMs, () => this.clientEnd(lostLink));
  }

  stall(): void {
    this.stalled = true;
  }

  resume(): void {
    this.stalled = false;
    this.heldBytes = 0;
    // A client that has ended its line reads nothing more from it.
    for (const deliver of this.held.splice(0)) if (!this.clientGone) deliver();
  }

  private accept(): void {
    const { hub } = this.wire;
    if (!hub || this.isCut) {
      this.clientEnd(lostLink);
      return;
    }
    this.hub = hub;
    hub.lines.add(this);
    this.receiver = acceptConnection(hub.hub, this.end.role === 'customer' ? 'customer' : 'agent', this.hubSide(hub));
    this.toClient(() => this.listener.opened());
  }

  private hubSide(hub: HubProcess): Line {
    const wireLine = this;
    let waiting: string[] = [];
    let isCorked = false;
    const line: Line = {
      address: this.end.name,
      proto: 1,
      get bufferedBytes() {
        return wireLine.heldBytes;
      },
      send: (frame) => {
        this.wire.watch.sent(frame, hub);
        waiting.push(frame);
        if (!isCorked) write();
      },
      cork: () => {
        isCorked = true;
      },
      uncork: () => {
        isCorked = false;
        write();
      },
      close: (name) => {
        write();
        this.closeByHub(name);
      },
    };
    const write = () => {
      for (const message of messagesOf(waiting, line.proto)) this.written(message);
      waiting = [];
    };
    return line;
  }

  private written(message: string): void {
    if (this.closing) return;
    if (this.stalled) this.heldBytes += message.length;
    this.toClient(() => {
      for (const frame of framesIn(message)) this.end.heard(frame, this);
      this.listener.frame(message);
      this.mayBreak();
    });
  }

  private mayBreak(): void {
    const { isFragile, breaks } = this.wire;
    if (!isFragile || !breaks.chance(this.place.catchingUp ? this.catchUpBreak : lateBreak)) return;
    this.wire.watch.broke(this.end, this.place);
    this.cut(breaks.whole(0, 1_500), breaks.pick([0, 50, 1_000, 15_000]));
  }

  private closeByHub(name: CloseName): void {
    if (this.closing) return;
    this.closing = true;
    this.wire.watch.closed(this.end, name);
    this.toClient(() => this.clientEnd(closeCodes[name]));
    this.hub?.clock.after(closeGraceMs, () => {
      this.clientEnd(lostLink);
      this.hubEnd();
    });
  }

  private toClient(deliver: () => void): void {
    const { time, random } = this.wire;
    this.toClientAt = Math.max(this.toClientAt, time.now() + random.whole(1, 40));
    this.wire.inFlight += 1;
    time.at(this.toClientAt, () => {
      this.wire.inFlight -= 1;
      if (this.isCut || this.clientGone) return;
      if (this.stalled) this.held.push(deliver);
      else deliver();
    });
  }

  /** While the hub's machine sleeps nothing reaches it; frames in flight wait in its network card. */
  private toHub(deliver: () => void): void {
    const { time, random, hub } = this.wire;
    const target = this.hub ?? hub;
    this.toHubAt = Math.max(this.toHubAt, time.now() + random.whole(1, 40));
    this.wire.inFlight += 1;
    time.at(this.toHubAt, () => {
      this.wire.inFlight -= 1;
      if (this.isCut) return;
      if (target && target === this.wire.hub) target.clock.after(0, deliver);
      else if (!this.hub) deliver();
    });
  }

  private clientEnd(code: number): void {
    if (this.clientGone) return;
    this.clientGone = true;
    this.listener.closed(code);
  }

  private hubEnd(): void {
    const { receiver } = this;
    this.receiver = null;
    this.closing = true;
    this.hub?.lines.delete(this);
    receiver?.closed();
  }
}

function framesIn(message: string): string[] {
  const value: unknown = JSON.parse(message);
  return Array.isArray(value) ? value.map((frame) => JSON.stringify(frame)) : [message];
}
