import type { AgentCommand } from '../../../shared/protocol/agent-wire';
import type { AuditActor } from '../../../shared/protocol/audit';
import type { CloseName } from '../../../shared/protocol/close-codes';
import type { CustomerCommand } from '../../../shared/protocol/customer-wire';
import type { AgentSignal, CustomerSignal } from '../../../shared/protocol/signals';
import type { DiskSpace, HubFault } from '../../../shared/protocol/views';
import { nextDeadline } from '../../../shared/routing/index';
import { Door } from '../admission/door';
import { Refusals } from '../admission/refusals';
import { actorOf, audited, noteRefused, readsOthers } from '../audit/audit';
import { auditPage } from '../audit/audit-page';
import { agentCommandStep } from '../commands/agent-commands';
import { Backups } from '../commands/backups';
import type { CommandContext } from '../commands/context';
import { customerCommandStep } from '../commands/customer-commands';
import { Erasures } from '../commands/erasures';
import { answerTo, isQuestion, type Question } from '../commands/questions';
import { Entrance } from '../entrance/entrance';
import { FanOut } from '../fan-out/fan-out';
import { EarlierPages } from '../history/earlier-pages';
import { type FindCommand, History, type ReadCommand, type ReopenCommand } from '../history/history';
import { OpeningHours } from '../hours/opening-hours';
import type { HubLimits } from '../limits';
import type { Clock, HubPorts, Log } from '../ports';
import { Retention } from '../retention/retention';
import { endsOfBlocks } from '../rights/blocks';
import { relationOf } from '../rights/relation';
import { mayUse } from '../rights/roles';
import { Outbox } from '../session/outbox';
import { ack, type CommandOutcome, notAllowed, refused } from '../session/outcome';
import {
  type AgentSession,
  type CustomerSession,
  type LocalSession,
  type PrincipalRole,
  type Session,
  Sessions,
} from '../session/session';
import { Whereabouts } from '../session/whereabouts';
import { deviceKey } from '../state/answer-book';
import { type HubState, noteRecord } from '../state/hub-state';
import type { Answer, HubRecord } from '../state/records';
import { digestOf } from '../state/saved-state';
import { Step } from '../state/step';
import { never, type Timed } from '../state/timed';
import { isDiskError } from '../store/disk';
import type { Held, Store, StoreProblem } from '../store/store';
import { addressKey } from '../system/addresses';
import { kindOf } from '../system/error-kind';
import { makeId } from '../system/tokens';
import { DeadlineTimer } from './deadline-timer';
import { encodeRecord } from './encode-record';
import { commandKey, type Failure } from './faults';
import { Guard, HubOver } from './guard';

type Command = AgentCommand | CustomerCommand;

/**
 * The loop: one command at a time becomes one record, is applied in memory and appended; what it tells anybody leaves
 * when the record is on disk. Decides nothing about routing.
 *
 * A step happens as a whole, or this hub is over: what was half done in memory is thrown away with it, and another hub
 * starts from the disk. What only reads (a question, a first view) fails by itself.
 */
export class Hub {
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
  private readonly backups: Backups;
  private readonly refusals: Refusals;
  private readonly tooSlow = new Set<Session>();
  private readonly randomBytes: (size: number) => Uint8Array;
  private ended: CloseName | null = null;
  private spaceLevel: DiskSpace = 'plenty';
  private tellFailure: (failure: Failure) => void = () => undefined;
  /** Resolves when what this hub knows may be on no disk: another has to take its place. */
  readonly failure = new Promise<Failure>((resolve) => {
    this.tellFailure = resolve;
  });
  readonly guard = new Guard((error) => void this.fault(error));
  /** What somebody has asked for and is not done yet: when this hub meets an error, in the middle of one of these. */
  private readonly underWay = new Set<Command>();
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
    this.backups = new Backups(store, ports.log);
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

  agentCommand(session: AgentSession | LocalSession, command: AgentCommand) {
    if (isQuestion(command)) return this.question(session, command, () => this.answerTo(session, command));
    if (command.op === 'audit.list')
      return this.job(session, command, () => auditPage(this.state.audit, this.store, command, this.log));
    if (command.op === 'office.backup') return this.job(session, command, () => this.backup(session, command));
    if (command.op === 'customer.erase')
      return this.job(
        session,
        command,
        () => this.erase(session, command),
        ({ answer }) => {
          if (answer.kind === 'ack' && !this.ended) this.renew();
        },
      );
    if (command.op === 'hubKey.rotate') return this.job(session, command, () => this.rotateKey(session, command));
    if (command.op === 'passphrase.change')
      return this.job(session, command, () => this.changePassphrase(session, command));
    if (command.op === 'conversation.find' || command.op === 'conversation.read' || command.op === 'leftMessage.reopen')
      return this.job(session, command, () => this.lookUp(session, command));
    const agentId = session.kind === 'agent' ? session.agentId : null;
    this.command(session, agentId ?? 'local', command, (step) => {
      // What is due is ended before rights are looked at: an offer that has just run out is nobody's.
      if ((nextDeadline(this.state.routing) ?? never) <= step.at) step.route({ type: 'tick' });
      if (!this.allows(session, command)) {
        noteRefused(step, session, command);
        return notAllowed(command.cid);
      }
      return audited(step, session, command, () =>
        agentCommandStep(step, command, this.contextOf(agentId, this.roleOf(session) ?? 'agent')),
      );
    });
  }

  /** `bytes`: of its frame. */
  customerCommand(session: CustomerSession, command: CustomerCommand, bytes: number): void {
    if (!this.hears(session)) return;
    const whose = { person: session.customerId, address: addressKey(session.line.address) };
    const now = this.clock.now();
    const { turnedAway } = session;
    const n = command.op === 'conversation.earlier' ? null : command.n;
    const waitMs = turnedAway.waitMs(n, now, this.limits.retryAfterMs.min);
    const tooFast = this.door.command(whose, bytes, waitMs);
    if (tooFast) {
      turnedAway.refused(n, now, tooFast.now.retryAfterMs);
      this.answer(session, refused(command.cid, tooFast).answer, this.state.seq);
      return;
    }
    turnedAway.taken(n);
    if (command.op === 'conversation.earlier') {
      this.question(session, command, () => this.earlierPages.forCustomer(session, command));
      return;
    }
    const context = { newId: (kind: string) => this.newId(kind), admission: this.door.admission(whose) };
    const answer = this.command(session, session.customerId, command, (step) =>
      customerCommandStep(step, command, session, context),
    );
    if (answer?.kind === 'refused' && !this.door.commandRefused(whose)) this.drop(session, 'tooManyFrames');
  }

  agentSignal(session: AgentSession | LocalSession, signal: AgentSignal): void {
    if (session.kind === 'agent' && this.hears(session)) this.fanOut.signals.fromAgent(session, signal);
  }

  customerSignal(session: CustomerSession, signal: CustomerSignal): void {
    if (this.hears(session)) this.fanOut.signals.fromCustomer(session, signal);
  }

  /** Not any more from the record on that shuts them out, though the close waits for the disk. */
  private hears(session: Session): boolean {
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

  private contextOf(agentId: string | null, role: PrincipalRole): CommandContext {
    const { whereabouts, randomBytes } = this;
    const { invitations } = this.entrance;
    return { agentId, role, newId: (kind) => this.newId(kind), randomBytes, invitations, whereabouts };
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

  private whole<T>(work: () => T): T {
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

  private hasFailed(command: Command): boolean {
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

  /** Dedupe by the device's `n` (STORAGE.md, "Sessions" 1), then one record with the answer. */
  private command(
    session: Session,
    personId: string,
    command: Command,
    work: (step: Step) => CommandOutcome,
  ): Answer | null {
    const { cid, n, op } = command;
    if (!this.hears(session)) return null;
    session.device ??= deviceKey(personId, session.deviceId);
    const { device } = session;
    this.underWay.add(command);
    try {
      return this.whole(() => {
        if (n <= this.state.answers.lastN(device)) return this.repeat(session, device, cid, n);
        return this.step((step) => {
          const isFull = this.spaceLevel === 'short' && addsText(op);
          const outcome = this.hasFailed(command) ? internal(cid) : isFull ? noRoom(cid) : work(step);
          const { answer } = outcome;
          if (this.leavesRecord(session, answer)) step.answered = { device, n, answer };
          step.tell(() => this.answer(session, answer, this.state.seq, { secret: outcome.secret }));
          step.afterwards(() => this.shutOut(outcome));
          return answer;
        });
      });
    } catch {
      // Over, as is this line: the next hub refuses it.
      return null;
    } finally {
      this.underWay.delete(command);
    }
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

  /**
   * Only what is executed must never be executed twice: a stranger's refusal leaves nothing that outlives their line. What
   * was due with it is recorded without it, and the same number may be refused anew.
   */
  private leavesRecord(session: Session, answer: Answer): boolean {
    return session.kind !== 'customer' || answer.kind === 'ack' || this.state.desk.customers.has(session.customerId);
  }

  private shutOut({ shutOut = [], signOut }: CommandOutcome) {
    for (const each of shutOut) this.drop(each, 'blocked');
    if (!signOut) return;
    const { agentId, deviceId } = signOut;
    const signedOut = this.sessions.agent(agentId);
    if (signedOut && (deviceId ?? signedOut.deviceId) === signedOut.deviceId) this.drop(signedOut, 'tokenRevoked');
  }

  private repeat(session: Session, device: string, cid: string, n: number): Answer {
    const given = this.state.answers.given(device, n);
    if (given && given.answer.cid === cid) {
      this.answer(session, given.answer, given.seq, { dup: true });
      return given.answer;
    }
    const message = `a later command of this device came before ${n}, whose answer is not known (any more); count on from welcome.lastN`;
    const { answer } = refused(cid, { code: 'numberUsed', message });
    this.answer(session, answer, this.state.seq);
    return answer;
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

  private answer(
    session: Session,
    answer: Answer,
    seq: number,
    { dup, secret }: { dup?: boolean; secret?: Record<string, unknown> | undefined } = {},
  ) {
    const again = dup ? { dup } : {};
    if (answer.kind === 'refused') {
      const { kind: type, ...rest } = answer;
      return this.send(session, { type, ...rest, ...again });
    }
    const result = answer.result || secret ? { result: { ...answer.result, ...secret } } : {};
    this.send(session, { type: 'ack', cid: answer.cid, seq, ...result, ...again });
  }

  private send(session: Session, frame: object) {
    this.outbox.send(this.state.seq, session, JSON.stringify(frame));
  }

  private roleOf(session: AgentSession | LocalSession) {
    return session.kind === 'local' ? 'local' : this.state.config.accounts.get(session.agentId)?.role;
  }

  private allows(session: AgentSession | LocalSession, command: AgentCommand): boolean {
    const role = this.roleOf(session);
    const agentId = session.kind === 'agent' ? session.agentId : null;
    return role !== undefined && mayUse(role, command.op, relationOf(this.state, agentId, command));
  }

  /** Nothing is recorded: what is thrown is this line's refusal, and nobody else hears of it. Null: no answer yet. */
  private question(
    session: Session,
    command: Command,
    outcomeOf: () => CommandOutcome | Promise<CommandOutcome | null> | null,
  ) {
    if (!this.hears(session)) return;
    let outcome: ReturnType<typeof outcomeOf>;
    this.underWay.add(command);
    try {
      outcome = this.hasFailed(command) ? internal(command.cid) : outcomeOf();
    } catch (error) {
      outcome = this.notDone(command, error);
    } finally {
      this.underWay.delete(command);
    }
    if (outcome instanceof Promise) return this.later(session, command, outcome);
    if (outcome && session.live) this.answer(session, outcome.answer, this.state.seq);
  }

  /** What takes a while, and may write its own steps meanwhile. Null: nobody waits for an answer. */
  private job(
    session: AgentSession | LocalSession,
    command: AgentCommand,
    work: () => Promise<CommandOutcome | null>,
    after: (outcome: CommandOutcome) => void = () => undefined,
  ) {
    if (!this.hears(session)) return;
    let mayStart = false;
    this.question(session, command, () => {
      mayStart = this.allows(session, command);
      return mayStart ? null : this.turnAway(session, command);
    });
    if (mayStart) this.later(session, command, (async () => work())(), after);
  }

  private later(
    session: Session,
    command: Command,
    work: Promise<CommandOutcome | null>,
    after: (outcome: CommandOutcome) => void = () => undefined,
  ) {
    this.underWay.add(command);
    const done = work.catch((error) => this.notDone(command, error));
    const answered = done.then((outcome) => {
      this.underWay.delete(command);
      if (!outcome) return;
      if (session.live) this.answer(session, outcome.answer, this.state.seq);
      after(outcome);
    });
    this.guard.start(answered);
  }

  private notDone({ cid, op }: Command, error: unknown): CommandOutcome {
    if (!(error instanceof HubOver)) this.log.error('command.fault', { op, ...kindOf(error) });
    return internal(cid);
  }

  private answerTo(session: AgentSession | LocalSession, question: Question) {
    if (session.kind !== 'agent' || !this.allows(session, question)) return this.turnAway(session, question);
    this.noteReading(session, question);
    return answerTo(question, session, this);
  }

  private turnAway(session: AgentSession | LocalSession, command: AgentCommand): CommandOutcome {
    this.step((step) => noteRefused(step, session, command));
    return notAllowed(command.cid);
  }

  /** Before anything of it is told: what waits for the disk then waits for this. */
  private noteReading(session: AgentSession, question: Question) {
    if (question.op !== 'conversation.watch' || question.conversationId === null) return;
    const { op: action, conversationId: subject } = question;
    if (subject === session.watched || !readsOthers(this.state, session.agentId, subject)) return;
    this.step((step) => step.note({ by: actorOf(this.state, session), action, subject, changes: [] }));
  }

  /** Given up when the line goes. */
  private async lookUp(session: AgentSession | LocalSession, command: FindCommand | ReadCommand | ReopenCommand) {
    const { history } = this;
    if (session.kind !== 'agent') return notAllowed(command.cid);
    if (command.op === 'conversation.find') return history.find(session, command);
    return command.op === 'conversation.read' ? history.read(session, command) : history.reopen(session, command);
  }

  /** A key is made. */
  private async rotateKey(
    session: AgentSession | LocalSession,
    { cid, finish }: Extract<AgentCommand, { op: 'hubKey.rotate' }>,
  ) {
    try {
      const done = await this.entrance.rotateKey(finish, actorOf(this.state, session));
      return done ? ack(cid) : refused(cid, this.entrance.lan ? noNextKey : notReached);
    } catch (error) {
      if (!isDiskError(error)) throw error;
      this.log.error('hubKey.failed', { ...kindOf(error) });
      return refused(cid, keyNotWritten);
    }
  }

  /** Both passphrases are stretched. */
  private async changePassphrase(
    session: AgentSession | LocalSession,
    command: Extract<AgentCommand, { op: 'passphrase.change' }>,
  ) {
    const { cid } = command;
    const refusal = await this.entrance.passphrases.change(session, command);
    // They may have lost the right meanwhile.
    if (!this.allows(session, command)) return this.turnAway(session, command);
    return refusal ? refused(cid, refusal) : ack(cid);
  }

  /** Answered when the file has been read back. */
  private async backup(session: AgentSession | LocalSession, command: Extract<AgentCommand, { op: 'office.backup' }>) {
    const outcome = await this.backups.make(command.cid, command.passphrase, this.now());
    const { answer } = outcome;
    if (answer.kind === 'ack' && !this.ended) {
      const subject = String(answer.result?.fileName ?? '');
      this.step((step) =>
        step.note({ by: actorOf(this.state, session), action: 'office.backup', subject, changes: [] }),
      );
    }
    return outcome;
  }

  /** Answered when no file knows the customer any more. */
  private async erase(session: AgentSession | LocalSession, command: Extract<AgentCommand, { op: 'customer.erase' }>) {
    return this.erasures.erase(command.cid, command.customerId, actorOf(this.state, session));
  }

  /** A new epoch: everybody comes back and takes a snapshot, without what is erased. */
  private renew() {
    for (const session of [...this.sessions.all()]) this.drop(session, 'newEpoch');
  }
}

const notReached = {
  code: 'noHubKey',
  message: 'other machines do not reach this hub, so it uses no key; start it with --lan first',
} as const;
const noNextKey = { code: 'noHubKey', message: 'there is no next key yet; make one first, with rotate-key' } as const;

const keyNotWritten = { code: 'hubReadOnly', message: 'the key could not be written; see the log of the hub' } as const;

function internal(cid: string): CommandOutcome {
  const message = 'the hub met an error with this and has not done it; it is in the log of the hub';
  return refused(cid, { code: 'internal', message });
}

/** The commands that make the journal grow; ending and handing over still work on the last bytes. */
function addsText(op: string): boolean {
  return op === 'message.send' || op === 'note.add' || op === 'message.leave' || op === 'conversation.open';
}

/** Null: no single one. */
function strangerAt(address: string | null): AuditActor {
  return address === null ? { kind: 'hub' } : { kind: 'unknown', address };
}

function noRoom(cid: string): CommandOutcome {
  return refused(cid, { code: 'hubReadOnly', message: 'there is no room left on the disk of the hub' });
}
