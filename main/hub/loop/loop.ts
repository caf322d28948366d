import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import type { CloseName } from '../../../shared/protocol/close-codes';
import type { CustomerCommand } from '../../../shared/protocol/customer-wire';
import { nextDeadline } from '../../../shared/routing/index';
import { FanOut } from '../fan-out/fan-out';
import type { OpeningHours } from '../hours/opening-hours';
import type { HubLimits } from '../limits';
import type { Clock, HubPorts, Log } from '../ports';
import { Outbox } from '../session/outbox';
import { endSession, type Session, Sessions } from '../session/session';
import { type HubState, noteRecord } from '../state/hub-state';
import type { HubRecord, RecordedEvent } from '../state/records';
import { Step } from '../state/step';
import { never, type Timed } from '../state/timed';
import type { Store, StoreProblem } from '../store/store';
import { kindOf } from '../system/error-kind';
import { makeId, type RandomBytes } from '../system/tokens';
import { DeadlineTimer } from './deadline-timer';
import { encodeRecord } from './encode-record';
import { commandKey, type Failure } from './faults';
import { Guard, HubOver } from './guard';
import { Health } from './health';

type Command = AgentCommand | CustomerCommand;

/** What the loop calls of the services around it. */
export interface Attached {
  /** Work with deadlines, in the order in which each step begins with it. */
  timed: readonly Timed[];
  /** A step has been recorded and published. */
  recorded(events: readonly RecordedEvent[]): void;
  /** The hub accepts nothing more. */
  stopped(why: CloseName): void;
}

/**
 * The loop: each step becomes one record, is applied in memory and appended; frames to clients leave the outbox when
 * the record is on disk. It makes no routing decision and knows no service.
 *
 * A step is atomic, or this hub is over: its half-changed memory is discarded, and another hub starts from the disk. A
 * failure of what only reads (a question, a first view) does not end the hub.
 */
export class Loop {
  readonly sessions = new Sessions();
  readonly outbox: Outbox;
  readonly fanOut: FanOut;
  readonly health: Health;
  readonly clock: Clock;
  readonly log: Log;
  /** Where ids, tokens and codes come from. */
  readonly randomBytes: RandomBytes;
  readonly guard = new Guard((error) => void this.fault(error));
  /** Commands being executed: one of them may have caused an error that ends this hub. */
  readonly underWay = new Set<Command>();
  /** Resolves when memory may differ from the disk: another hub has to replace this one. */
  readonly failure: Promise<Failure>;
  private readonly deadline: DeadlineTimer;
  private attached: Attached = { timed: [], recorded: () => undefined, stopped: () => undefined };
  private ended: CloseName | null = null;
  private tellFailure: (failure: Failure) => void = () => undefined;

  constructor(
    readonly state: HubState,
    private readonly store: Pick<Store, 'append' | 'listen'>,
    ports: HubPorts,
    readonly limits: HubLimits,
    hours: Pick<OpeningHours, 'changesAt'>,
    /** By `commandKey`: commands during which an earlier hub of this process failed. */
    private readonly failedCommands: ReadonlySet<string>,
  ) {
    this.failure = new Promise((resolve) => {
      this.tellFailure = resolve;
    });
    this.clock = this.guard.clock(ports.clock);
    this.log = ports.log;
    this.randomBytes = (size) => ports.randomBytes(size);
    this.outbox = new Outbox(limits.bufferedBytesMax);
    this.fanOut = new FanOut(state, this.sessions, this.outbox, this.clock, hours, limits);
    this.health = new Health(this.fanOut, this.log, () => this.now());
    const tick = () => this.step((step) => void step.route({ type: 'tick' }));
    this.deadline = new DeadlineTimer(this.clock, () => this.nextDue(), tick);
    this.outbox.release(state.seq);
    this.listenToStore();
  }

  /** Called once, before the first step. */
  attach(attached: Attached): void {
    this.attached = attached;
  }

  /** Why nothing more is accepted, or null. */
  get closedBecause(): CloseName | null {
    return this.ended;
  }

  /** When true, no command that adds text is accepted. */
  get isDiskShort(): boolean {
    return this.health.isDiskShort;
  }

  /** Epoch milliseconds, never below the last recorded time (TM1). */
  now(): number {
    return Math.max(this.clock.now(), this.state.at);
  }

  newId(kind: string): string {
    return makeId(kind, this.randomBytes);
  }

  /** ST3: the first step after every start, before any session is opened. Does not handle deadlines that are due. */
  start(first: (step: Step) => void): void {
    this.whole(() => {
      const step = new Step(this.state, this.now());
      first(step);
      this.finish(step);
    });
  }

  /** One step: recorded and published at once; its frames wait for the disk. Throws `HubOver`. */
  step<T>(work: (step: Step) => T): T {
    return this.whole(() => {
      const step = this.begin();
      const result = work(step);
      this.finish(step);
      return result;
    });
  }

  /** Runs `work` as a whole; an error ends this hub. Throws `HubOver`. */
  whole<T>(work: () => T): T {
    if (this.ended) throw new HubOver();
    try {
      return work();
    } catch (error) {
      throw this.fault(error);
    }
  }

  /** TM1: a deadline that passed while the machine slept counts as no agent's miss. */
  slept(sleptMs: number): void {
    if (sleptMs > 0 && !this.ended) this.step((step) => this.afterSleep(step, sleptMs));
  }

  /** Whether an earlier hub failed during this command. */
  hasFailed(command: Command): boolean {
    return this.failedCommands.size > 0 && this.failedCommands.has(commandKey(command));
  }

  /** Whether frames of this session are still accepted. */
  hears(session: Session): boolean {
    return !this.ended && session.life === 'open';
  }

  /** Closes a session once frames sent before have left; to everybody else its person is gone at once. */
  drop(session: Session, why: CloseName): void {
    this.outbox.close(this.state.seq, session, why);
    this.leave(session);
  }

  /** Closes a session because its person has another one now; for the core nothing changes. */
  takeOver(older: Session): void {
    this.sessions.remove(older);
    this.outbox.close(this.state.seq, older, 'takenOver');
  }

  /** The session's line has closed. */
  lost(session: Session): void {
    session.life = 'over';
    this.leave(session);
  }

  /** Closes every line; nothing is accepted afterwards. */
  stop(why: CloseName = 'hubStopping'): void {
    if (this.ended) return;
    this.ended = why;
    this.deadline.stop();
    this.fanOut.stop();
    for (const session of [...this.sessions.all()]) this.outbox.close(this.state.seq, session, why);
    this.attached.stopped(why);
  }

  private leave(session: Session) {
    if (!this.sessions.remove(session) || this.ended) return;
    if (session.kind === 'agent')
      this.step((step) => void step.route({ type: 'agent.disconnect', agentId: session.agentId }));
    if (session.kind === 'assistant') this.step((step) => assistantLeft(step, session.assistantId));
    if (session.kind === 'customer') this.fanOut.cameOrWent(session.customerId);
  }

  private nextDue(): number {
    const { timed } = this.attached;
    return Math.min(nextDeadline(this.state.routing) ?? never, ...timed.map(({ nextAt }) => nextAt));
  }

  /** A step begins with the deadlines that are due. */
  private begin(): Step {
    const step = new Step(this.state, this.now());
    const sleptMs = this.deadline.takeSleptMs();
    if (sleptMs > 0) this.afterSleep(step, sleptMs);
    for (const each of this.attached.timed) each.begin(step);
    return step;
  }

  private afterSleep(step: Step, sleptMs: number) {
    this.log.info('hub.slept', { sleptMs });
    step.route({ type: 'tick', sleptMs });
  }

  private finish(step: Step) {
    for (const each of this.attached.timed) each.end?.(step);
    const { record } = step;
    if (record) this.record(record, step);
    else step.runTells();
    step.runAfterwards();
    this.settle();
  }

  /** Appended last: if publishing throws, the record must not be stored, or every reconnect would throw again. */
  private record(record: HubRecord, step: Step) {
    noteRecord(this.state, record);
    const { json, only } = encodeRecord(record);
    this.fanOut.publish(record, only);
    step.runTells();
    this.store.append(record.seq, json);
    this.noteUnheard(record.events);
    this.attached.recorded(record.events);
  }

  /** AR2: a workstation that did not acknowledge counts as gone; closing its line makes it notice, and reconnect. */
  private noteUnheard(events: readonly RecordedEvent[]) {
    for (const { of, event } of events) {
      if (of !== 'routing' || event.type !== 'agent.disconnected' || event.cause !== 'notAcknowledged') continue;
      const session = this.sessions.agent(event.agentId);
      if (session) this.outbox.tooSlow.add(session);
    }
  }

  /** Called after each step, and after the outbox was released. */
  private settle() {
    if (this.ended) return;
    const { tooSlow } = this.outbox;
    for (const session of tooSlow) {
      tooSlow.delete(session);
      this.drop(session, 'tooSlow');
    }
    this.deadline.arm();
  }

  private listenToStore() {
    const { guard, health, outbox, state } = this;
    this.store.listen({
      durable: (seq) =>
        guard.run(() => {
          outbox.release(seq);
          this.settle();
        }),
      failed: (problem) => this.storeFailed(problem),
      held: (held) => guard.run(() => health.held(held)),
      space: (level, freeBytes) => guard.run(() => health.diskSpace(level, freeBytes)),
      digest: () => guard.run(() => state.digest.of(state)) ?? '',
    });
  }

  private storeFailed(problem: StoreProblem) {
    this.log.error('store.failed', { ...problem });
    const isFault = problem.reason === 'fault';
    this.over(isFault ? 'hubFault' : 'hubReadOnly', { isFault, commands: [] });
  }

  /** Ends this hub; returns the error to throw instead. */
  private fault(error: unknown): HubOver {
    if (error instanceof HubOver) return error;
    const commands = [...this.underWay];
    this.log.error('hub.fault', { ops: commands.map(({ op }) => op), ...kindOf(error) });
    this.over('hubFault', { isFault: true, commands: commands.map(commandKey) });
    return new HubOver();
  }

  /** Frames whose records are not on disk are discarded, and this hub accepts nothing more. */
  private over(why: CloseName, failure: Failure) {
    this.tellFailure(failure);
    this.stop(why);
    this.outbox.discard(why);
    for (const session of this.sessions.all()) endSession(session, why);
  }
}

/** BO3. It may have been removed in the step that ended its line. */
function assistantLeft(step: Step, assistantId: string): void {
  if (!step.state.config.assistants.has(assistantId)) return;
  step.add({ type: 'assistant.seen', assistantId, at: step.at });
  step.route({ type: 'assistant.disconnect', assistantId });
}
