import type { Ack, Refused } from '../protocol/session';
import type { Clock } from './clock';
import type { CommandSender } from './command-sender';
import { createHeartbeat } from './heartbeat';
import type { HubTime } from './hub-time';
import type { Transport } from './transport';
import type { CommandBody, HelloBody, Wire } from './wire';

/** The position in the hub's events up to which the client has everything. */
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
  /** Called at every attempt, because a token may have arrived meanwhile. */
  hello(): HelloBody<W>;
}

export interface LineListener<W extends Wire> {
  /** With `mode: 'snapshot'` the events up to `caughtUp` describe everything; discard the previous state. */
  welcome(welcome: W['welcome']): void;
  event(event: W['event']): void;
  caughtUp(seq: number): void;
  /** Ephemeral: typing, read receipts. */
  signal?(signal: W['receivedSignal']): void;
  /** `hello` was refused; called before the line is closed with a final code. */
  helloRefused?(refusal: Refused): void;
  /** The code is valid, and a supervisor has to approve the device. */
  joinWaiting?(): void;
}

export interface LineSessionPorts<W extends Wire> {
  options: LineSessionOptions<W>;
  /** The highest `n` that was answered. */
  lastAnsweredN(): number;
  sender: CommandSender<CommandBody<W>>;
  hubTime: HubTime;
  /** Where to resume from, or null for a snapshot. */
  cursor: Cursor | null;
  on: LineListener<W>;
  /** Called before `on.caughtUp`. */
  up(): void;
  /** Called once, unless `stop` was called first; `upSince` is null for a line that never caught up. */
  ended(end: LineEnd): void;
}

export interface LineEnd {
  closeCode: number;
  cursor: Cursor | null;
  upSince: number | null;
}

export interface LineSession<W extends Wire> {
  /** Checks whether the line is still alive. */
  probe(): void;
  /** Dropped unless the line has caught up. */
  signal(signal: W['signal']): void;
  stop(): void;
}

type Stage =
  /** The transport is opening the line. */
  | { name: 'connecting'; cursor: Cursor | null }
  /** `hello` has been sent. */
  | { name: 'greeting'; cursor: Cursor | null }
  /** A partial catch-up cannot be resumed, so the cursor does not move until it is complete. */
  | { name: 'catchingUp'; cursor: Cursor | null; epoch: number; hubLastN: number }
  | { name: 'up'; cursor: Cursor; since: number }
  | { name: 'ended' };

const lostLink = 1006;
/** The `cid` in a refusal of `hello` itself. */
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
    for (const frame of framesIn(text)) {
      // An earlier one may have ended the line.
      if (stage.name === 'ended') return;
      heartbeat.received();
      take(frame);
    }
  }

  function take(frame: Record<string, unknown>) {
    switch (frame.type) {
      case 'joinWaiting':
        // Approval may take any time, so from now on the heartbeat alone decides about the line.
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
      // An event is missing; the state up to the cursor is good, so resume from there on a new line.
      if (event.prev > cursor.seq) return drop();
      if (event.seq < cursor.seq) return;
      stage = { ...stage, cursor: { ...cursor, seq: event.seq } };
    }
    on.event(event);
    if ('cid' in event && event.cid !== undefined) sender.answered({ type: 'ack', cid: event.cid, seq: event.seq });
  }

  function caughtUp(seq: number) {
    if (stage.name !== 'catchingUp') return;
    const { epoch, hubLastN } = stage;
    // Only after the state has arrived, so that no answer precedes what it refers to.
    sender.goOnline(write, hubLastN);
    stage = { name: 'up', cursor: { epoch, seq }, since: clock.now() };
    ports.up();
    on.caughtUp(seq);
  }

  /** Closes the line and reports it as lost. */
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

/** One frame, or several in an array. */
function framesIn(text: string): Record<string, unknown>[] {
  try {
    const value: unknown = JSON.parse(text);
    return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'object' && each !== null);
  } catch {
    return [];
  }
}
