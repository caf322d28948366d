import type { Ack, Refused } from '../protocol/session';
import type { Clock } from './clock';
import type { CommandSender } from './command-sender';
import { createHeartbeat } from './heartbeat';
import type { HubTime } from './hub-time';
import type { Transport } from './transport';
import type { CommandBody, HelloBody, Wire } from './wire';

/** Up to where in the hub's events everything is held. */
export interface Cursor {
  epoch: number;
  seq: number;
}

export interface LineSessionOptions<W extends Wire> {
  transport: Transport;
  clock: Clock;
  url: string;
  deviceId: string;
  /** `protocolVersion` of shared/protocol/fields; handed in because that file needs zod. */
  proto: number;
  /** Asked for at every attempt, because a token may have arrived meanwhile. */
  hello(): HelloBody<W>;
}

export interface LineListener<W extends Wire> {
  /** With `mode: 'snapshot'` the events up to `caughtUp` describe everything, and what was held is void. */
  welcome(welcome: W['welcome']): void;
  event(event: W['event']): void;
  caughtUp(seq: number): void;
  /** What is true for a moment only. */
  signal?(signal: W['receivedSignal']): void;
  /** Why `hello` is turned down, told before the line is closed with a final code. */
  helloRefused?(refusal: Refused): void;
  /** The hub knows who this is, and a supervisor has to let them in. */
  joinWaiting?(): void;
}

export interface LineSessionPorts<W extends Wire> {
  options: LineSessionOptions<W>;
  /** The last `n` that was answered. */
  lastAnsweredN(): number;
  sender: CommandSender<CommandBody<W>>;
  hubTime: HubTime;
  /** What is held already, or null for everything. */
  cursor: Cursor | null;
  on: LineListener<W>;
  /** Before `on.caughtUp`. */
  up(): void;
  /** Called once, unless `stop` was; `upSince` is null for a line that never caught up. */
  ended(end: LineEnd): void;
}

export interface LineEnd {
  closeCode: number;
  cursor: Cursor | null;
  upSince: number | null;
}

export interface LineSession<W extends Wire> {
  /** Is the line still alive? */
  probe(): void;
  /** Without effect before the line has caught up. */
  signal(signal: W['signal']): void;
  stop(): void;
}

type Stage =
  /** The transport opens the line. */
  | { name: 'connecting'; cursor: Cursor | null }
  /** `hello` is said. */
  | { name: 'greeting'; cursor: Cursor | null }
  /** Half a catch-up is nothing to go on from: until it is complete the cursor stays where it was. */
  | { name: 'catchingUp'; cursor: Cursor | null; epoch: number; hubLastN: number }
  | { name: 'up'; cursor: Cursor; since: number }
  | { name: 'ended' };

const lostLink = 1006;
/** Stands for the `hello` itself in a refusal. */
const helloCid = 'hello';

/** One line, from its opening to its end (PROTOCOL.md). */
export function openLineSession<W extends Wire>(ports: LineSessionPorts<W>): LineSession<W> {
  const { sender, hubTime, on, options } = ports;
  const { clock } = options;
  let stage: Stage = { name: 'connecting', cursor: ports.cursor };
  const heartbeat = createHeartbeat(clock, { ping: () => write({ type: 'ping' }), dead: drop });
  const line = options.transport.open(options.url, { opened: greet, frame: receive, closed: end });

  function write(frame: object) {
    line.send(JSON.stringify(frame));
  }

  function greet() {
    if (stage.name !== 'connecting') return;
    const { cursor } = stage;
    stage = { name: 'greeting', cursor };
    const { proto, deviceId } = options;
    write({ type: 'hello', proto, deviceId, since: cursor, lastN: ports.lastAnsweredN(), ...options.hello() });
  }

  function receive(text: string) {
    const frame = parse(text);
    if (frame === null || stage.name === 'ended') return;
    heartbeat.received();
    switch (frame.type) {
      case 'joinWaiting':
        // However long that takes: only a line that dies is given up.
        heartbeat.start();
        return on.joinWaiting?.();
      case 'welcome':
        return welcomed(frame as unknown as W['welcome']);
      case 'event':
        return happened(frame as unknown as W['event']);
      case 'caughtUp':
        return caughtUp(Number(frame.seq));
      case 'refused':
        if (frame.cid === helloCid) return on.helloRefused?.(frame as unknown as Refused);
        return sender.answered(frame as unknown as Refused);
      case 'ack':
        return sender.answered(frame as unknown as Ack);
      case 'typing':
        return on.signal?.(frame as unknown as W['receivedSignal']);
      case 'pong':
        if (Number.isFinite(frame.serverTime)) hubTime.set(Number(frame.serverTime), heartbeat.pong());
    }
  }

  function welcomed(welcome: W['welcome']) {
    if (stage.name !== 'greeting') return;
    const { mode, epoch, lastN, serverTime } = welcome;
    hubTime.set(serverTime, 0);
    stage = { name: 'catchingUp', cursor: mode === 'snapshot' ? null : stage.cursor, epoch, hubLastN: lastN };
    heartbeat.start();
    on.welcome(welcome);
  }

  function happened(event: W['event']) {
    if (stage.name !== 'catchingUp' && stage.name !== 'up') return;
    hubTime.atLeast(event.at);
    if (stage.name === 'up') {
      const { cursor } = stage;
      // Something is missing; what is held is still good, so ask for the rest on a new line.
      if (event.prev > cursor.seq) return drop();
      if (event.seq < cursor.seq) return;
      stage = { ...stage, cursor: { ...cursor, seq: event.seq } };
    }
    on.event(event);
  }

  function caughtUp(seq: number) {
    if (stage.name !== 'catchingUp') return;
    const { epoch, hubLastN } = stage;
    // After the state, so that no answer overtakes what it refers to.
    sender.goOnline(write, hubLastN);
    stage = { name: 'up', cursor: { epoch, seq }, since: clock.now() };
    ports.up();
    on.caughtUp(seq);
  }

  /** Closes the line from this side and goes on as if it had been lost. */
  function drop() {
    end(lostLink);
    line.close();
  }

  function end(closeCode: number) {
    if (stage.name === 'ended') return;
    const { cursor } = stage;
    const upSince = stage.name === 'up' ? stage.since : null;
    stage = { name: 'ended' };
    heartbeat.stop();
    ports.ended({ closeCode, cursor, upSince });
  }

  return {
    probe() {
      if (stage.name === 'up') heartbeat.probe();
    },
    signal(signal) {
      if (stage.name === 'up') write(signal);
    },
    stop() {
      stage = { name: 'ended' };
      heartbeat.stop();
      line.close();
    },
  };
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
