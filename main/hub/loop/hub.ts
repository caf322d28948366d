import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import type { AuditActor } from '../../../shared/protocol/audit';
import type { CloseName } from '../../../shared/protocol/close-codes';
import type { CustomerCommand } from '../../../shared/protocol/customer-wire';
import type { AgentSignal, CustomerSignal } from '../../../shared/protocol/signals';
import type { DiskSpace, HubFault } from '../../../shared/protocol/views';
import { nextDeadline } from '../../../shared/routing/index';
import { Door } from '../admission/door';
import { Refusals } from '../admission/refusals';
import { Backups } from '../commands/backups';
import { Commands } from '../commands/execute';
import type { CommandServices } from '../commands/services';
import { Entrance } from '../entrance/entrance';
import { FanOut } from '../fan-out/fan-out';
import { EarlierPages } from '../history/earlier-pages';
import { History } from '../history/history';
import { OpeningHours } from '../hours/opening-hours';
import type { HubLimits } from '../limits';
import type { Clock, HubPorts, Log } from '../ports';
import { Erasures } from '../retention/erasures';
import { Retention } from '../retention/retention';
import { endsOfBlocks } from '../rights/blocks';
import { Outbox } from '../session/outbox';
import { type AgentSession, type CustomerSession, type LocalSession, type Session, Sessions } from '../session/session';
import { Whereabouts } from '../session/whereabouts';
import { type HubState, noteRecord } from '../state/hub-state';
import type { HubRecord } from '../state/records';
import { digestOf } from '../state/saved-state';
import { Step } from '../state/step';
import { never, type Timed } from '../state/timed';
import type { Held, Store, StoreProblem } from '../store/store';
import { kindOf } from '../system/error-kind';
import { makeId } from '../system/tokens';
import { DeadlineTimer } from './deadline-timer';
import { encodeRecord } from './encode-record';
import { commandKey, type Failure } from './faults';
import { Guard, HubOver } from './guard';
import type { Loop } from './loop';

type Command = AgentCommand | CustomerCommand;

/**
 * The loop: one command at a time becomes one record, is applied in memory and appended; what it tells anybody leaves
 * when the record is on disk. Decides nothing about routing.
 *
 * A step happens as a whole, or this hub is over: what was half done in memory is thrown away with it, and another hub
 * starts from the disk. What only reads (a question, a first view) fails by itself.
 */
export class Hub implements Loop {
  readonly sessions = new Sessions();
  readonly outbox: Outbox;
  readonly fanOut: FanOut;
  readonly entrance: Entrance;
  readonly erasures: Erasures;
  readonly retention: Retention;
  readonly history: History;
  readonly whereabouts: Whereabouts;
  readonly door: Door;
  readonly earlierPages: EarlierPages;
  readonly clock: Clock;
  readonly log: Log;
  private readonly timed: readonly Timed[];
  private readonly deadline: DeadlineTimer;
  readonly commands: Commands;
  private readonly refusals: Refusals;
  private readonly tooSlow = new Set<Session>();
  readonly randomBytes: (size: number) => Uint8Array;
  private ended: CloseName | null = null;
  private spaceLevel: DiskSpace = 'plenty';
  private tellFailure: (failure: Failure) => void = () => undefined;
  /** Resolves when what this hub knows may be on no disk: another has to take its place. */
  readonly failure = new Promise<Failure>((resolve) => {
    this.tellFailure = resolve;
  });
  readonly guard = new Guard((error) => void this.fault(error));
  /** What somebody has asked for and is not done yet: when this hub meets an error, in the middle of one of these. */
  readonly underWay = new Set<Command>();
  private faults: { notSaved?: HubFault; restarted?: HubFault } = {};

  constructor(
    readonly state: HubState,
    private readonly store: Store,
    ports: HubPorts & { wallNow(): number },
    readonly limits: HubLimits,
    /** By `commandKey`: in the middle of these a hub before this one has met an error. */
    private readonly failedCommands: ReadonlySet<string> = new Set(),
  ) {
    this.clock = this.guard.clock(ports.clock);
    this.log = ports.log;
    this.randomBytes = (size) => ports.randomBytes(size);
    this.outbox = new Outbox(limits.bufferedBytesMax, (session) => this.tooSlow.add(session));
    const hours = new OpeningHours(state, this.clock, () => ports.wallNow());
    this.fanOut = new FanOut(state, this.sessions, this.outbox, this.clock, hours, limits);
    this.entrance = new Entrance(this, store, this.randomBytes);
    this.erasures = new Erasures(this, store);
    this.retention = new Retention(this, store);
    this.history = new History(this, store);
    this.whereabouts = new Whereabouts(this.sessions);
    this.refusals = new Refusals(
      {
        clock: this.clock,
        log: this.log,
        tell: (refusals) => this.fanOut.refusals(refusals),
        note: ({ what, address }) =>
          this.step((step) =>
            step.note({ by: strangerAt(address), action: 'stranger.refused', subject: what, changes: [] }),
          ),
      },
      limits.refusals,
    );
    this.door = new Door(limits, state, this.refusals, () => this.clock.now());
    this.earlierPages = new EarlierPages(this, store);
    this.commands = new Commands(this, this.services(), this.door);
    const tick = () => this.step((step) => void step.route({ type: 'tick' }));
    this.timed = [this.retention, hours, endsOfBlocks(state)];
    const next = () => Math.min(nextDeadline(state.routing) ?? never, ...this.timed.map(({ nextAt }) => nextAt));
    this.deadline = new DeadlineTimer(this.clock, next, tick);
    this.outbox.release(state.seq);
    store.listen({
      durable: (seq) => this.guard.run(() => this.durable(seq)),
      failed: (problem) => this.failed(problem),
      held: (held) => this.guard.run(() => this.held(held)),
      space: (level, freeBytes) => this.guard.run(() => this.space(level, freeBytes)),
      digest: () => this.guard.run(() => digestOf(state)) ?? '',
    });
  }

  /** Why nothing is accepted any more, or null. */
  get closedBecause(): CloseName | null {
    return this.ended;
  }

  get isDiskShort(): boolean {
    return this.spaceLevel === 'short';
  }

  /** TM1: never below what is recorded. */
  now(): number {
    return Math.max(this.clock.now(), this.state.at);
  }

  newId(kind: string): string {
    return makeId(kind, this.randomBytes);
  }

  /** ST3: after every start, before anybody is let in. */
  started(): void {
    this.whole(() => {
      const step = new Step(this.state, this.now());
      this.retention.begin(step);
      step.route({ type: 'hub.started' });
      this.finish(step);
    });
  }

  /** Hubs before this one have met so many errors lately, the last then. */
  restarted(count: number, at: number): void {
    this.faults.restarted = { kind: 'restarted', count, at };
    this.tellFaults();
  }

  /** TM1: what ran out while the machine slept is nobody's fault. */
  slept(sleptMs: number): void {
    if (sleptMs > 0 && !this.ended) this.step((step) => this.afterSleep(step, sleptMs));
  }

  /** A step of the hub's own. Done at once; what it tells waits for the disk. */
  step<T>(work: (step: Step) => T): T {
    return this.whole(() => {
      const step = this.begin();
      const result = work(step);
      this.finish(step);
      return result;
    });
  }

  agentSignal(session: AgentSession | LocalSession, signal: AgentSignal): void {
    if (session.kind === 'agent' && this.hears(session)) this.fanOut.signals.fromAgent(session, signal);
  }

  customerSignal(session: CustomerSession, signal: CustomerSignal): void {
    if (this.hears(session)) this.fanOut.signals.fromCustomer(session, signal);
  }

  /** Not any more from the record on that shuts them out, though the close waits for the disk. */
  hears(session: Session): boolean {
    return !this.ended && session.live && this.sessions.has(session);
  }

  /** The line is gone. */
  lost(session: Session): void {
    session.live = false;
    if (!this.sessions.remove(session) || this.ended) return;
    if (session.kind === 'agent')
      this.step((step) => void step.route({ type: 'agent.disconnect', agentId: session.agentId }));
    if (session.kind === 'customer') this.fanOut.conversations.cameOrWent(session.customerId);
  }

  /** Closes a session because its person has another one now: for the core nothing changes. */
  takeOver(older: Session): void {
    this.sessions.remove(older);
    this.outbox.close(this.state.seq, older, 'takenOver');
  }

  /** Closes every line; nothing is accepted afterwards. */
  stop(why: CloseName = 'hubStopping'): void {
    if (this.ended) return;
    this.ended = why;
    this.deadline.stop();
    this.refusals.stop();
    this.fanOut.stop();
    for (const session of [...this.sessions.all()]) this.outbox.close(this.state.seq, session, why);
    this.entrance.stop(why);
  }

  private services(): CommandServices {
    const { fanOut, whereabouts, history, earlierPages, erasures, store, entrance } = this;
    const { invitations, passphrases } = entrance;
    const hubKey = {
      isUsed: () => entrance.lan !== null,
      rotate: (finish: boolean, by: AuditActor) => entrance.rotateKey(finish, by),
    };
    const backups = new Backups(this, store);
    const kept = { history, earlierPages, store, backups, erasures };
    return { loop: this, fanOut, whereabouts, invitations, passphrases, hubKey, ...kept };
  }

  private durable(seq: number) {
    this.outbox.release(seq);
    this.afterwards();
  }

  private failed(problem: StoreProblem) {
    this.log.error('store.failed', { ...problem });
    const isFault = problem.reason === 'fault';
    this.over(isFault ? 'hubFault' : 'hubReadOnly', { isFault, commands: [] });
  }

  whole<T>(work: () => T): T {
    if (this.ended) throw new HubOver();
    try {
      return work();
    } catch (error) {
      throw this.fault(error);
    }
  }

  /** Gives what its callers are to be told instead. */
  private fault(error: unknown): HubOver {
    if (error instanceof HubOver) return error;
    const commands = [...this.underWay];
    this.log.error('hub.fault', { ops: commands.map(({ op }) => op), ...kindOf(error) });
    this.over('hubFault', { isFault: true, commands: commands.map(commandKey) });
    return new HubOver();
  }

  hasFailed(command: Command): boolean {
    return this.failedCommands.size > 0 && this.failedCommands.has(commandKey(command));
  }

  /** What is not on disk was never said: nothing of it leaves, and nothing more is accepted by this hub. */
  private over(why: CloseName, failure: Failure) {
    this.tellFailure(failure);
    this.stop(why);
    this.outbox.discard(why);
    for (const session of this.sessions.all()) {
      if (!session.live) continue;
      session.live = false;
      session.line.close(why);
    }
  }

  /** The store tries again by itself, and the journal has it all: only supervisors are told. */
  private held(held: readonly Held[]) {
    if (held.length > 0) this.faults.notSaved ??= { kind: 'notSaved', at: this.now() };
    else delete this.faults.notSaved;
    this.tellFaults();
  }

  private tellFaults() {
    this.fanOut.faults(Object.values(this.faults));
  }

  private space(level: DiskSpace, freeBytes: number) {
    this.spaceLevel = level;
    this.fanOut.diskSpace(level);
    if (level !== 'plenty') this.log.warn('store.space', { level, freeBytes });
  }

  /** A step begins with what time has brought since the last one. */
  private begin(): Step {
    const step = new Step(this.state, this.now());
    const sleptMs = this.deadline.takeSleptMs();
    if (sleptMs > 0) this.afterSleep(step, sleptMs);
    for (const each of this.timed) each.begin(step);
    return step;
  }

  private afterSleep(step: Step, sleptMs: number) {
    this.log.info('hub.slept', { sleptMs });
    step.route({ type: 'tick', sleptMs });
  }

  /** Told, recorded, and answered. */
  private finish(step: Step) {
    for (const each of this.timed) each.end?.(step);
    const { record } = step;
    if (record) this.record(record, step);
    else step.runTells();
    step.runAfterwards();
    this.afterwards();
  }

  /** Appended last: what can't be told is not recorded either, or everybody who comes back would meet it again. */
  private record(record: HubRecord, step: Step) {
    noteRecord(this.state, record);
    const { json, said } = encodeRecord(record);
    this.fanOut.publish(record, said);
    step.runTells();
    this.store.append(record.seq, json);
    this.noteUnheard(step);
    for (const { of, event } of step.events)
      if (of === 'routing' && event.type === 'conversation.closed') this.door.conversationClosed(event.conversationId);
  }

  /** AR2: a workstation that did not acknowledge counts as gone; without its line it notices, and comes back. */
  private noteUnheard({ events }: Step) {
    for (const { of, event } of events) {
      if (of !== 'routing' || event.type !== 'agent.disconnected' || event.cause !== 'notAcknowledged') continue;
      const session = this.sessions.agent(event.agentId);
      if (session) this.tooSlow.add(session);
    }
  }

  private afterwards() {
    if (this.ended) return;
    for (const session of this.tooSlow) {
      this.tooSlow.delete(session);
      this.drop(session, 'tooSlow');
    }
    this.deadline.arm();
  }

  drop(session: Session, why: CloseName): void {
    this.outbox.close(this.state.seq, session, why);
    // The close may still wait for the disk; for everybody else the person has gone.
    const { live } = session;
    this.lost(session);
    session.live = live;
  }
}

/** Null: no single one. */
function strangerAt(address: string | null): AuditActor {
  return address === null ? { kind: 'hub' } : { kind: 'unknown', address };
}
