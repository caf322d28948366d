import type { AgentCommand, AgentOp } from '../../../shared/protocol/agent-wire';
import type { Scope } from '../../../shared/protocol/api-tokens';
import type { AssistantCommand } from '../../../shared/protocol/assistant-wire';
import type { AuditEntry } from '../../../shared/protocol/audit';
import type { CustomerCommand, CustomerOp } from '../../../shared/protocol/customer-wire';
import { nextDeadline } from '../../../shared/routing/index';
import type { Whose } from '../admission/budget';
import type { Door } from '../admission/door';
import { type AuditSpec, audited, noteAsked, noteRefused } from '../audit/audit';
import { HubOver } from '../loop/guard';
import type { Loop } from '../loop/loop';
import type { PastCustomers } from '../retention/past-customers';
import { mayUse } from '../rights/rights';
import { type CommandRefusal, type Outcome, refused } from '../session/outcome';
import type {
  AgentSession,
  AssistantSession,
  CustomerSession,
  LocalSession,
  ProgramSession,
  Session,
} from '../session/session';
import type { Answer } from '../state/records';
import type { Relation } from '../state/relation';
import type { Step } from '../state/step';
import { never } from '../state/timed';
import { addressKey } from '../system/addresses';
import { kindOf } from '../system/error-kind';
import type { AgentCommandSpec, Allowed, Asked, CustomerCommandSpec } from './command';
import { stepOfAssistant } from './from-assistant';
import { commandsOfCustomers } from './from-customer';
import type { CommandServices } from './services';
import { commandsOfAgents } from './table';

/** Who may use commands of agents. */
type Person = AgentSession | LocalSession | ProgramSession;
type Command = AgentCommand | AssistantCommand | CustomerCommand;
type AgentSpec = AgentCommandSpec<AgentOp>;
type CountedSession = AssistantSession | CustomerSession;
type StepSpec = Extract<AgentSpec, { step: unknown }>;
type Action = AuditEntry['action'];
/** Null: its session has ended, and waits for no answer. */
type Begun = Outcome | Promise<Outcome | null>;

/**
 * The one place where commands are executed. What is the same for all of them is here: repeats, rights, refusals, the
 * audit log and answers. What each of them does is in the tables.
 */
export class Commands {
  /** What sessions sent while a customer of theirs is looked for. */
  private readonly afterRecall = new WeakMap<Session, AgentCommand[]>();

  constructor(
    private readonly loop: Loop,
    private readonly services: CommandServices,
    private readonly door: Door,
    private readonly past: Pick<PastCustomers, 'recall'>,
  ) {}

  /** A program's answer goes to its line, as everybody's does: once it is on disk. */
  agent(session: Person, command: AgentCommand): void {
    if (!this.loop.hears(session)) return;
    const waiting = this.afterRecall.get(session);
    if (waiting) waiting.push(command);
    else this.perform(session, command);
  }

  private perform(session: Person, command: AgentCommand, isRecalled = false) {
    const spec: AgentSpec = commandsOfAgents[command.op];
    const agentId = session.kind === 'agent' ? session.agentId : null;
    const asked = { state: this.loop.state, session, agentId, command };
    if (!('step' in spec)) {
      this.ask(session, command, () => this.begin(spec, asked), 'job' in spec ? spec.afterAck : undefined);
      return;
    }
    const customerId = isRecalled ? null : this.toRecall(spec, asked);
    if (customerId === null) this.execute(asked, spec.addsText, (step) => this.run(step, spec, asked));
    else this.recallFirst(session, command, customerId);
  }

  /** The past customer that a command is about, if its sender may send it. */
  private toRecall(spec: StepSpec, asked: Asked<AgentOp>): string | null {
    const { loop } = this;
    const { command } = asked;
    const customerId = spec.customer?.(command);
    if (customerId === undefined) return null;
    loop.underWay.add(command);
    try {
      const isPast = () => !loop.state.customers.has(customerId) && this.relationIfAllowed(spec, asked) !== null;
      return loop.whole(isPast) ? customerId : null;
    } catch {
      // This hub is over, and executes nothing.
      return null;
    } finally {
      loop.underWay.delete(command);
    }
  }

  /** The session's next commands wait for this one. */
  private recallFirst(session: Person, command: AgentCommand, customerId: string) {
    const { afterRecall, loop } = this;
    const waiting: AgentCommand[] = [];
    afterRecall.set(session, waiting);
    const recalled = this.past
      .recall({ customerId })
      .catch((error) => loop.log.error('recall.failed', { ...kindOf(error) }))
      .then(() => {
        afterRecall.delete(session);
        if (loop.hears(session)) this.perform(session, command, true);
        for (const each of waiting) this.agent(session, each);
      });
    loop.guard.start(recalled);
  }

  /** A program's, for a customer whom the hub has looked up. Only what its scopes allow. */
  forCustomer(session: ProgramSession, customer: CustomerSession, command: CustomerCommand): void {
    const { loop, door } = this;
    if (!loop.hears(session)) return;
    const spec: CustomerCommandSpec<CustomerOp> = commandsOfCustomers[command.op];
    // Programs share an address with many customers.
    const whose = { person: customer.customerId, address: null };
    const tools = { newId: (kind: string) => loop.newId(kind), admission: door.admission(whose) };
    this.execute({ session, command }, 'step' in spec && spec.addsText, (step) => {
      if (!('step' in spec) || !allows(session, spec.scope)) return refused(notAllowed);
      const outcome = spec.step(step, command, customer, tools);
      const { customerId } = customer;
      return outcome.kind === 'refused' ? outcome : { ...outcome, result: { ...outcome.result, customerId } };
    });
  }

  /** Answers a program's request as it was answered before; false: it was not. */
  again(session: ProgramSession, cid: string): boolean {
    const { loop } = this;
    if (!session.isKept || !loop.hears(session) || loop.state.answers.lastN(session.device) === 0) return false;
    this.repeat(session, session.device, cid, 1);
    return true;
  }

  /** `bytes`: of its frame. */
  assistant(session: AssistantSession, command: AssistantCommand, bytes: number): void {
    if (!this.loop.hears(session)) return;
    const whose = { person: session.assistantId, address: addressKey(session.line.address) };
    if (this.isTooFast(session, command, command.n, whose, bytes)) return;
    const addsText = command.op === 'message.send';
    const answer = this.execute({ session, command }, addsText, (step) => stepOfAssistant(step, command, session));
    this.countRefusal(session, whose, answer);
  }

  /** `bytes`: of its frame. */
  customer(session: CustomerSession, command: CustomerCommand, bytes: number): void {
    const { loop, door, services } = this;
    if (!loop.hears(session)) return;
    const spec: CustomerCommandSpec<CustomerOp> = commandsOfCustomers[command.op];
    const whose = { person: session.customerId, address: addressKey(session.line.address) };
    if (this.isTooFast(session, command, 'step' in spec ? command.n : null, whose, bytes)) return;
    if ('question' in spec) {
      this.ask(session, command, () => spec.question(command, session, services));
      return;
    }
    const tools = { newId: (kind: string) => loop.newId(kind), admission: door.admission(whose) };
    const run = (step: Step) => spec.step(step, command, session, tools);
    this.countRefusal(session, whose, this.execute({ session, command }, spec.addsText, run));
  }

  /** Refuses what comes too fast. `n`: null where it is not looked at. */
  private isTooFast(session: CountedSession, { cid }: Command, n: number | null, whose: Whose, bytes: number): boolean {
    const { clock, limits, state } = this.loop;
    const { turnedAway } = session;
    const now = clock.now();
    const restMs = turnedAway.waitMs(n, now, limits.retryAfterMs.min);
    const refusal = this.door.command(session.kind, whose, bytes, restMs);
    if (!refusal) {
      turnedAway.taken(n);
      return false;
    }
    turnedAway.refused(n, now, refusal.now.retryAfterMs);
    this.answer(session, answerOf(cid, refused(refusal)), state.seq);
    return true;
  }

  private countRefusal(session: CountedSession, whose: Whose, answer: Answer | null) {
    if (answer?.kind === 'refused' && !this.door.commandRefused(session.kind, whose))
      this.loop.drop(session, 'tooManyFrames');
  }

  /** A repeat, by the device's `n`, gets its first answer again; everything else becomes one record with its answer. */
  private execute(
    { session, command }: { session: Session; command: Command },
    addsText: boolean | undefined,
    run: (step: Step) => Outcome,
  ): Answer | null {
    const { loop } = this;
    const { cid, n } = command;
    const { device } = session;
    session.echoedCid = null;
    loop.underWay.add(command);
    try {
      return loop.whole(() => {
        if (n <= loop.state.answers.lastN(device)) return this.repeat(session, device, cid, n);
        return loop.step((step) => {
          const refusal = loop.hasFailed(command) ? internal : addsText && loop.isDiskShort ? noRoom : null;
          const outcome = refusal ? refused(refusal) : run(step);
          const answer = answerOf(cid, session.kind === 'program' ? withMessageId(step, outcome) : outcome);
          if (this.leavesRecord(session, answer)) step.answered = { device, n, answer };
          step.tell(() => {
            if (session.echoedCid !== cid) this.answer(session, answer, loop.state.seq, { secret: secretOf(outcome) });
          });
          return answer;
        });
      });
    } catch {
      // This hub is over, and so is the line: the next hub refuses it.
      return null;
    } finally {
      loop.underWay.delete(command);
    }
  }

  private repeat(session: Session, device: string, cid: string, n: number): Answer {
    const { answers, seq } = this.loop.state;
    const given = answers.given(device, n);
    if (given && given.answer.cid === cid) {
      this.answer(session, given.answer, given.seq, { dup: true });
      return given.answer;
    }
    const message = `a later command of this device came before ${n}, whose answer is not known (any more); count on from welcome.lastN`;
    const answer = answerOf(cid, refused({ code: 'numberUsed', message }));
    this.answer(session, answer, seq);
    return answer;
  }

  /**
   * Only what is executed must never be executed twice. The refusal of a customer who is in no record yet is not kept:
   * what was due with it is recorded without it, and the same number may be refused again.
   */
  private leavesRecord(session: Session, { kind }: Answer): boolean {
    if (session.kind === 'program') return session.isKept && kind === 'ack';
    return session.kind !== 'customer' || kind === 'ack' || this.loop.state.customers.has(session.customerId);
  }

  private run(step: Step, spec: StepSpec, asked: Asked<AgentOp>): Outcome {
    const { session, command } = asked;
    // What is due ends before rights are looked at: an offer that has just run out is held by no agent.
    if ((nextDeadline(step.state.routing) ?? never) <= step.at) step.route({ type: 'tick' });
    const relation = this.relationIfAllowed(spec, asked);
    if (relation === null) {
      this.noteRefused(step, spec, asked);
      return refused(notAllowed);
    }
    const execute = () => spec.step(step, command, session, this.services);
    const audit = auditOf(spec, session);
    return audit ? audited(step, command.op as Action, audit, { ...asked, relation }, execute) : execute();
  }

  private begin(spec: Exclude<AgentSpec, StepSpec>, asked: Asked<AgentOp>): Begun {
    const { session, command } = asked;
    const relation = this.relationIfAllowed(spec, asked);
    if (relation === null) return this.turnAway(spec, asked);
    if ('job' in spec) return this.work(spec, { ...asked, relation });
    const audit = auditOf(spec, session);
    // Before anything of it is told: what waits for the disk then waits for this.
    if (audit?.when?.({ ...asked, relation })) this.noteAsked(audit, { ...asked, relation }, undefined);
    return spec.question(command, session, this.services);
  }

  private async work(spec: Extract<AgentSpec, { job: unknown }>, asked: Allowed<AgentOp>): Promise<Outcome | null> {
    const outcome = await spec.job(asked.command, asked.session, this.services);
    if (outcome === 'notAllowed') return this.turnAway(spec, asked);
    const audit = auditOf(spec, asked.session);
    if (audit && outcome?.kind === 'ack' && !this.loop.closedBecause) this.noteAsked(audit, asked, outcome.result);
    return outcome;
  }

  private noteAsked(audit: AnyAudit, asked: Allowed<AgentOp>, result: object | undefined) {
    this.loop.step((step) => noteAsked(step, asked.command.op as Action, audit, asked, result));
  }

  /** Nothing is recorded: an error costs one refusal, and the hub goes on. */
  private ask(session: Session, command: Command, begin: () => Begun, afterAck?: AfterAck): void {
    const { loop } = this;
    let begun: Begun;
    loop.underWay.add(command);
    try {
      begun = loop.hasFailed(command) ? refused(internal) : begin();
    } catch (error) {
      begun = this.notDone(command, error);
    } finally {
      loop.underWay.delete(command);
    }
    if (begun instanceof Promise) this.answerLater(session, command, begun, afterAck);
    else if (session.life === 'open') this.answer(session, answerOf(command.cid, begun), loop.state.seq);
  }

  private answerLater(session: Session, command: Command, begun: Promise<Outcome | null>, afterAck?: AfterAck) {
    const { loop } = this;
    loop.underWay.add(command);
    const answered = begun
      .catch((error) => this.notDone(command, error))
      .then((outcome) => {
        loop.underWay.delete(command);
        if (!outcome) return;
        if (session.life === 'open') this.answer(session, answerOf(command.cid, outcome), loop.state.seq);
        if (outcome.kind === 'ack' && !loop.closedBecause) afterAck?.(this.services);
      });
    loop.guard.start(answered);
  }

  private notDone({ op }: Command, error: unknown): Outcome {
    if (!(error instanceof HubOver)) this.loop.log.error('command.fault', { op, ...kindOf(error) });
    return refused(internal);
  }

  private relationIfAllowed(spec: AgentSpec, asked: Asked<AgentOp>): Relation | null {
    const { session } = asked;
    if (session.kind === 'program') return allows(session, spec.scope) ? spec.relation(asked) : null;
    const role = session.kind === 'local' ? 'local' : this.loop.state.config.accounts.get(session.agentId)?.role;
    if (role === undefined) return null;
    const relation = spec.relation(asked);
    return mayUse(spec.rights, role, relation) ? relation : null;
  }

  private turnAway(spec: AgentSpec, asked: Asked<AgentOp>): Outcome {
    this.loop.step((step) => this.noteRefused(step, spec, asked));
    return refused(notAllowed);
  }

  private noteRefused(step: Step, { isAutomatic }: AgentSpec, { session, command }: Asked<AgentOp>) {
    if (!isAutomatic && session.kind !== 'program') noteRefused(step, session, command.op);
  }

  private answer(
    session: Session,
    answer: Answer,
    seq: number,
    { dup, secret }: { dup?: boolean; secret?: object | undefined } = {},
  ) {
    const again = dup ? { dup } : {};
    if (answer.kind === 'refused') {
      const { kind: type, ...refusal } = answer;
      return this.send(session, { type, ...refusal, ...again });
    }
    const result = secret ?? answer.result;
    this.send(session, { type: 'ack', cid: answer.cid, seq, ...(result ? { result } : {}), ...again });
  }

  private send(session: Session, frame: object) {
    const { outbox, state } = this.loop;
    outbox.send(state.seq, session, JSON.stringify(frame));
  }
}

type AfterAck = (services: CommandServices) => void;
type AnyAudit = AuditSpec<Allowed<AgentOp>, object | undefined>;

/** Of what this class notes; null: nothing, or the command does so itself. Of programs the log tells in sums. */
function auditOf({ audit }: AgentSpec, { kind }: Person): AnyAudit | null {
  return typeof audit === 'string' || kind === 'program' ? null : audit;
}

function allows({ scopes }: ProgramSession, scope: Scope | undefined): boolean {
  return scope !== undefined && scopes.includes(scope);
}

/** A program is told the id of what it has said. */
function withMessageId(step: Step, outcome: Outcome): Outcome {
  if (outcome.kind === 'refused') return outcome;
  for (const { event } of [...step.events].reverse())
    if (event.type === 'message.added' && event.message.from.kind !== 'system')
      return { ...outcome, result: { ...outcome.result, messageId: event.message.messageId } };
  return outcome;
}

/** As it is recorded: without what is secret. */
function answerOf(cid: string, outcome: Outcome): Answer {
  if (outcome.kind === 'ack') {
    const { result, isSecret } = outcome;
    return { kind: 'ack', cid, ...(result === undefined || isSecret ? {} : { result: { ...result } }) };
  }
  const { code, message, field, now } = outcome;
  const detail = { ...(field === undefined ? {} : { field }), ...(now === undefined ? {} : { now }) };
  return { kind: 'refused', cid, code, message, ...detail };
}

function secretOf(outcome: Outcome): object | undefined {
  return outcome.kind === 'ack' && outcome.isSecret ? outcome.result : undefined;
}

const notAllowed: CommandRefusal = { code: 'notAllowed', message: 'your role does not allow this' };
const noRoom: CommandRefusal = { code: 'hubReadOnly', message: 'there is no room left on the disk of the hub' };
const internal: CommandRefusal = {
  code: 'internal',
  message: 'the hub met an error with this and has not done it; it is in the log of the hub',
};
