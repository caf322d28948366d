import { fromAgentsPort, fromAssistant } from '../../../shared/protocol/assistant-wire';
import type { CloseName } from '../../../shared/protocol/close-codes';
import { fromCustomer } from '../../../shared/protocol/customer-wire';
import { isSpoken, protocolVersion } from '../../../shared/protocol/fields';
import type { Whose } from '../admission/budget';
import type { Slot } from '../admission/door';
import type { SignInRefused } from '../entrance/entrance';
import type { ListenerRole } from '../limits';
import type { AgentSession, AssistantSession, CustomerSession, Line, LocalSession, Session } from '../session/session';
import type { Hub } from '../start-hub';
import { addressKey } from '../system/addresses';
import { kindOf } from '../system/error-kind';
import { type Decoded, decode } from './decode';
import { agentMessage, customerMessage } from './decode-message';

/** Receives what a listener gets on one connection. */
export interface Receiver {
  frame(text: string): void;
  /** A WebSocket ping or pong. */
  control(): void;
  closed(): void;
}

type Stage =
  | { stage: 'greeting'; cancelTimeout: () => void }
  | { stage: 'signingIn' }
  | { stage: 'agent'; session: AgentSession | LocalSession }
  | { stage: 'assistant'; session: AssistantSession }
  | { stage: 'customer'; session: CustomerSession }
  | { stage: 'over' };

/** Serves a connection until its end. Any input is answered or closes it with a named reason; never throws. */
export function acceptConnection(hub: Hub, role: ListenerRole, line: Line): Receiver {
  const ended = { frame: () => undefined, control: () => undefined, closed: () => undefined };
  if (hub.closedBecause) {
    line.close(hub.closedBecause);
    return ended;
  }
  const entered = hub.door.enter(role, line.address);
  if (!('release' in entered)) {
    line.send(refusedHello(entered.code, entered.message, entered.now.retryAfterMs));
    line.close(closeAfter(entered));
    return ended;
  }
  const connection = new Connection(hub, role, line, entered);
  return {
    frame: (text) => connection.attempt(() => connection.frame(text)),
    control: () => connection.attempt(() => connection.control()),
    closed: () => void hub.guard.run(() => connection.closed()),
  };
}

function refusedHello(code: string, message: string, retryAfterMs?: number): string {
  const now = retryAfterMs === undefined ? {} : { now: { retryAfterMs } };
  return JSON.stringify({ type: 'refused', cid: 'hello', code, message, ...now });
}

class Connection implements Receiver {
  private stage: Stage;
  /** The person and address that this line's frames are counted against. */
  private whose: Whose;
  private paired = false;

  constructor(
    private readonly hub: Hub,
    private readonly role: ListenerRole,
    private readonly line: Line,
    private readonly slot: Slot,
  ) {
    const now = hub.clock.now();
    this.whose = { person: null, address: addressKey(line.address) };
    const cancelTimeout = hub.clock.at(now + hub.limits.helloTimeoutMs, () => this.close('helloTimeout'));
    this.stage = { stage: 'greeting', cancelTimeout };
    hub.entrance.newcomers.set(line, this);
  }

  /**
   * An error in a step has ended the hub, and this line with it. Any other error has changed nothing recorded, and
   * closes this line only, or one stranger's frame could stop the hub for everybody.
   */
  attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.broke(error);
    }
  }

  private broke(error: unknown): void {
    const { hub } = this;
    if (!hub.closedBecause) hub.log.error('line.fault', { role: this.role, ...kindOf(error) });
    hub.guard.run(() => this.close(hub.closedBecause ?? 'hubFault'));
  }

  frame(text: string) {
    if (!this.spend(1 + Math.floor(text.length / this.hub.limits.frameCost.characters))) return;
    if (this.stage.stage === 'assistant') this.fromAssistant(text, this.stage.session);
    else if (this.role === 'agent') this.fromAgent(text);
    else this.fromCustomer(text);
  }

  control(): void {
    this.spend(this.hub.limits.frameCost.control);
  }

  private spend(cost: number): boolean {
    // A hub that has ended accepts no frames, but its lines stay open until what waits for them is durable.
    if (this.stage.stage === 'over' || this.hub.closedBecause) return false;
    if (this.hub.door.frame(this.role, this.whose, cost)) return true;
    this.close('tooManyFrames');
    return false;
  }

  closed(): void {
    const { stage } = this;
    this.end();
    if ('session' in stage) this.hub.lost(stage.session);
  }

  private fromAgent(text: string) {
    const frame = agentMessage(text) ?? this.known(decode(text, fromAgentsPort));
    if (frame === null) return;
    if (frame.type === 'ping') return this.pong();
    if (frame.type === 'command') {
      if (this.stage.stage === 'agent') return this.hub.commands.agent(this.stage.session, frame);
      return this.bad('command before hello was answered');
    }
    if (frame.type === 'typing' || frame.type === 'seen') {
      if (this.stage.stage !== 'agent') return this.bad(`${frame.type} before hello was answered`);
      const { session } = this.stage;
      if (session.kind === 'agent' && this.hub.hears(session)) this.hub.fanOut.signals.fromAgent(session, frame);
      return;
    }
    if (frame.type === 'pair') return this.pair(frame.codeId);
    if (!this.greeted(frame.proto)) return;
    this.stage = { stage: 'signingIn' };
    if (frame.role === 'assistant') {
      const opened = this.hub.entrance.assistant(frame, this.line);
      if (opened.kind === 'refused') this.turnAway(opened);
      else this.signedIn({ stage: 'assistant', session: opened });
      return;
    }
    this.later(this.hub.entrance.agent(frame, this.line), (opened) => {
      if (opened.kind === 'refused') return this.turnAway(opened);
      if (this.stage.stage === 'signingIn') this.signedIn({ stage: 'agent', session: opened });
      // The line closed during the sign-in (a passphrase check takes a while).
      else this.hub.lost(opened);
    });
  }

  private fromAssistant(text: string, session: AssistantSession) {
    const frame = this.known(decode(text, fromAssistant));
    if (frame === null) return;
    if (frame.type === 'ping') return this.pong();
    if (frame.type === 'command') return this.hub.commands.assistant(session, frame, Buffer.byteLength(text));
    if (frame.type === 'hello') return this.bad('a second hello');
    if (this.hub.hears(session)) this.hub.fanOut.signals.fromAssistant(session, frame);
  }

  /** Allowed once; does not extend the time for `hello`. */
  private pair(codeId: string) {
    if (this.stage.stage !== 'greeting' || this.paired) return this.bad('pair after pair or hello');
    this.paired = true;
    this.later(this.hub.entrance.pair(codeId, this.line), (answer) => {
      if (this.stage.stage !== 'greeting') return;
      if ('proof' in answer) this.line.send(JSON.stringify({ type: 'paired', proof: answer.proof }));
      else this.turnAway(answer);
    });
  }

  private later<T>(work: Promise<T>, then: (result: T) => void): void {
    void work.then(then).catch((error) => this.broke(error));
  }

  private fromCustomer(text: string) {
    const frame = customerMessage(text) ?? this.known(decode(text, fromCustomer));
    if (frame === null) return;
    if (frame.type === 'ping') return this.pong();
    if (frame.type === 'command') {
      if (this.stage.stage === 'customer')
        return this.hub.commands.customer(this.stage.session, frame, Buffer.byteLength(text));
      return this.bad('command before hello was answered');
    }
    if (frame.type === 'typing' || frame.type === 'seen' || frame.type === 'page') {
      if (this.stage.stage !== 'customer') return this.bad(`${frame.type} before hello was answered`);
      const { session } = this.stage;
      if (!this.hub.hears(session)) return;
      if (frame.type === 'page') return this.hub.entrance.moved(session, frame.page);
      return this.hub.fanOut.signals.fromCustomer(session, frame);
    }
    if (!this.greeted(frame.proto)) return;
    this.stage = { stage: 'signingIn' };
    const signIn = (opened: CustomerSession | SignInRefused) => {
      if (opened.kind === 'refused') this.turnAway(opened);
      else this.signedIn({ stage: 'customer', session: opened });
    };
    const opened = this.hub.entrance.customer(frame, this.line);
    if (opened instanceof Promise) this.later(opened, signIn);
    else signIn(opened);
  }

  private signedIn(stage: Extract<Stage, { session: object }>) {
    this.hub.entrance.newcomers.delete(this.line);
    this.stage = stage;
    this.whose = { ...this.whose, person: personOf(stage.session) };
  }

  /** Accepts the first hello only, in a version that this hub speaks. */
  private greeted(proto: number): boolean {
    if (this.stage.stage !== 'greeting') {
      this.bad('a second hello');
      return false;
    }
    this.stage.cancelTimeout();
    if (isSpoken(proto)) {
      this.line.proto = proto;
      return true;
    }
    const older = proto < protocolVersion ? 'this client' : 'the hub';
    this.turnAway({
      code: 'versionMismatch',
      message: `the hub speaks versions up to ${protocolVersion}, this client ${proto}: update ${older}`,
    });
    return false;
  }

  private known<T>(decoded: Decoded<T>): T | null {
    if (decoded.kind === 'frame') return decoded.frame;
    if (decoded.kind === 'badHello') {
      if (this.greeted(decoded.proto ?? protocolVersion)) this.turnAway({ code: 'invalid', message: decoded.message });
      return null;
    }
    if (decoded.kind === 'badFrame' || !('session' in this.stage)) {
      this.bad(decoded.kind === 'badFrame' ? decoded.message : 'a bad command before hello was answered');
      return null;
    }
    const { cid, code, message, field } = decoded;
    this.line.send(JSON.stringify({ type: 'refused', cid, code, message, field }));
    const { kind } = this.stage.session;
    if ((kind === 'assistant' || kind === 'customer') && !this.hub.door.commandRefused(kind, this.whose))
      this.close('tooManyFrames');
    return null;
  }

  private turnAway(refusal: { code: string; message: string; retryAfterMs?: number }) {
    if (this.stage.stage === 'over') return;
    const { code, message, retryAfterMs } = refusal;
    this.line.send(refusedHello(code, message, retryAfterMs));
    this.close(closeAfter(refusal));
  }

  private pong() {
    this.line.send(JSON.stringify({ type: 'pong', serverTime: this.hub.now() }));
  }

  private bad(message: string) {
    this.hub.log.warn('frame.bad', { role: this.role, address: this.line.address, message });
    this.close('badFrame');
  }

  close(name: CloseName): void {
    const { stage } = this;
    if (stage.stage === 'over') return;
    this.end();
    this.line.close(name);
    if ('session' in stage) this.hub.lost(stage.session);
  }

  private end() {
    const { stage } = this;
    if (stage.stage === 'over') return;
    this.stage = { stage: 'over' };
    this.slot.release();
    if (stage.stage === 'greeting') stage.cancelTimeout();
    this.hub.entrance.newcomers.delete(this.line);
    this.hub.entrance.left(this.line);
  }
}

function personOf(session: Session): string {
  if (session.kind === 'assistant') return session.assistantId;
  if (session.kind === 'customer') return session.customerId;
  return session.kind === 'agent' ? session.agentId : 'local';
}

const namedCloses: readonly string[] = [
  'versionMismatch',
  'deviceInUse',
  'hubStopping',
  'hubReadOnly',
  'hubFault',
  'blocked',
  'hubFull',
  'tooManyLines',
] satisfies CloseName[];

/** The close name after a refused hello. */
function closeAfter({ code }: { code: string }): CloseName {
  return namedCloses.includes(code) ? (code as CloseName) : 'signInRefused';
}
