import { fromAgent } from '../../shared/protocol/agent-wire';
import { fromCustomer } from '../../shared/protocol/customer-wire';
import { protocolVersion } from '../../shared/protocol/fields';
import { type Decoded, decode } from './decode';
import type { Hub } from './hub';
import { CommandBudget, type ListenerRole } from './limits';
import type { AgentSession, CustomerSession, Line, LocalSession } from './session';

/** What a listener tells of one connection. */
export interface Receiver {
  frame(text: string): void;
  /** A ping or a pong of the WebSocket itself: it costs as much as a frame. */
  control(): void;
  closed(): void;
}

type Stage =
  | { stage: 'greeting'; cancelTimeout: () => void }
  | { stage: 'signingIn' }
  | { stage: 'agent'; session: AgentSession | LocalSession }
  | { stage: 'customer'; session: CustomerSession }
  | { stage: 'over' };

/** One connection from its first frame to its end. Whatever comes in, it answers or closes with a name; never throws. */
export function acceptConnection(hub: Hub, role: ListenerRole, line: Line): Receiver {
  if (hub.closedBecause) {
    line.close(hub.closedBecause);
    return { frame: () => undefined, control: () => undefined, closed: () => undefined };
  }
  return new Connection(hub, role, line);
}

class Connection implements Receiver {
  private stage: Stage;
  private readonly budget: CommandBudget;
  private paired = false;

  constructor(
    private readonly hub: Hub,
    private readonly role: ListenerRole,
    private readonly line: Line,
  ) {
    const now = hub.clock.now();
    this.budget = new CommandBudget(hub.limits.commands[role], now);
    const cancelTimeout = hub.clock.at(now + hub.limits.helloTimeoutMs, () => this.close('helloTimeout'));
    this.stage = { stage: 'greeting', cancelTimeout };
  }

  frame(text: string) {
    if (!this.spend()) return;
    if (this.role === 'agent') this.fromAgent(text);
    else this.fromCustomer(text);
  }

  control(): void {
    this.spend();
  }

  private spend(): boolean {
    if (this.stage.stage === 'over') return false;
    if (this.budget.take(this.hub.clock.now())) return true;
    this.close('tooManyFrames');
    return false;
  }

  closed(): void {
    const { stage } = this;
    this.end();
    if (stage.stage === 'signingIn') this.hub.entrance.left(this.line);
    if (stage.stage === 'agent' || stage.stage === 'customer') this.hub.lost(stage.session);
  }

  private fromAgent(text: string) {
    const frame = this.known(decode(text, fromAgent));
    if (frame === null) return;
    if (frame.type === 'ping') return this.pong();
    if (frame.type === 'command') {
      if (this.stage.stage === 'agent') return this.hub.agentCommand(this.stage.session, frame);
      return this.bad('command before hello was answered');
    }
    if (frame.type === 'typing' || frame.type === 'seen') {
      if (this.stage.stage !== 'agent') return this.bad(`${frame.type} before hello was answered`);
      return this.hub.agentSignal(this.stage.session, frame);
    }
    if (frame.type === 'pair') return this.pair(frame.codeId);
    if (!this.greeted(frame.proto)) return;
    this.stage = { stage: 'signingIn' };
    this.hub.entrance.agent(frame, this.line).then(
      (opened) => {
        if (opened.kind === 'refused') return this.turnAway(opened);
        if (this.stage.stage === 'signingIn') this.stage = { stage: 'agent', session: opened };
        // The line went while the passphrase was being checked.
        else this.hub.lost(opened);
      },
      (error: Error) => {
        this.hub.log.error('signIn.failed', { message: error.message });
        this.close('signInRefused');
      },
    );
  }

  /** Once, and `hello` still has to come in time. */
  private pair(codeId: string) {
    if (this.stage.stage !== 'greeting' || this.paired) return this.bad('pair after pair or hello');
    this.paired = true;
    void this.hub.entrance.pair(codeId, this.line).then((answer) => {
      if (this.stage.stage !== 'greeting') return;
      if ('proof' in answer) this.line.send(JSON.stringify({ type: 'paired', proof: answer.proof }));
      else this.turnAway(answer);
    });
  }

  private fromCustomer(text: string) {
    const frame = this.known(decode(text, fromCustomer));
    if (frame === null) return;
    if (frame.type === 'ping') return this.pong();
    if (frame.type === 'command') {
      if (this.stage.stage === 'customer') return this.hub.customerCommand(this.stage.session, frame);
      return this.bad('command before hello was answered');
    }
    if (frame.type === 'typing' || frame.type === 'seen') {
      if (this.stage.stage !== 'customer') return this.bad(`${frame.type} before hello was answered`);
      return this.hub.customerSignal(this.stage.session, frame);
    }
    if (!this.greeted(frame.proto)) return;
    const opened = this.hub.entrance.customer(frame, this.line);
    if (opened.kind === 'refused') this.turnAway(opened);
    else this.stage = { stage: 'customer', session: opened };
  }

  /** The first hello, and in a version this hub speaks. */
  private greeted(proto: number): boolean {
    if (this.stage.stage !== 'greeting') {
      this.bad('a second hello');
      return false;
    }
    this.stage.cancelTimeout();
    if (proto === protocolVersion) return true;
    const older = proto < protocolVersion ? 'this client' : 'the hub';
    this.turnAway({
      code: 'versionMismatch',
      message: `the hub speaks version ${protocolVersion}, this client ${proto}: update ${older}`,
    });
    return false;
  }

  private known<T>(decoded: Decoded<T>): T | null {
    if (decoded.kind === 'frame') return decoded.frame;
    if (decoded.kind === 'badFrame' || (this.stage.stage !== 'agent' && this.stage.stage !== 'customer')) {
      this.bad(decoded.kind === 'badFrame' ? decoded.message : 'a bad command before hello was answered');
      return null;
    }
    const { cid, code, message, field } = decoded;
    this.line.send(JSON.stringify({ type: 'refused', cid, code, message, field }));
    return null;
  }

  private turnAway(refusal: { code: string; message: string; retryAfterMs?: number }) {
    if (this.stage.stage === 'over') return;
    const { code, message, retryAfterMs } = refusal;
    const now = retryAfterMs === undefined ? {} : { now: { retryAfterMs } };
    this.line.send(JSON.stringify({ type: 'refused', cid: 'hello', code, message, ...now }));
    this.close(isClose(code) ? code : 'signInRefused');
  }

  private pong() {
    this.line.send(JSON.stringify({ type: 'pong', serverTime: this.hub.now() }));
  }

  private bad(message: string) {
    this.hub.log.warn('frame.bad', { role: this.role, address: this.line.address, message });
    this.close('badFrame');
  }

  private close(name: Parameters<Line['close']>[0]) {
    const { stage } = this;
    if (stage.stage === 'over') return;
    this.end();
    this.line.close(name);
    if (stage.stage === 'agent' || stage.stage === 'customer') this.hub.lost(stage.session);
  }

  private end() {
    if (this.stage.stage === 'greeting') this.stage.cancelTimeout();
    this.stage = { stage: 'over' };
  }
}

/** Refusals of a `hello` that have a close code of their own. */
const closes = ['versionMismatch', 'deviceInUse', 'hubStopping', 'hubReadOnly', 'blocked'] as const;

function isClose(code: string): code is (typeof closes)[number] {
  return (closes as readonly string[]).includes(code);
}
