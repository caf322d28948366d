import type { AgentResult } from '../../../shared/protocol/agent-results';
import type { AgentCommand, AgentOp } from '../../../shared/protocol/agent-wire';
import type { Scope } from '../../../shared/protocol/api-tokens';
import type { AuditEntry } from '../../../shared/protocol/audit';
import type { CustomerResult } from '../../../shared/protocol/customer-results';
import type { CustomerCommand, CustomerOp } from '../../../shared/protocol/customer-wire';
import type { Admission } from '../admission/door';
import type { AuditSpec } from '../audit/audit';
import type { AgentRights, Rights } from '../rights/rights';
import type { Outcome } from '../session/outcome';
import type { AgentSession, CustomerSession, LocalSession, ProgramSession } from '../session/session';
import type { HubState } from '../state/hub-state';
import type { Relation } from '../state/relation';
import type { Step } from '../state/step';
import type { CommandServices } from './services';

export type AgentCommandOf<Op extends AgentOp> = Extract<AgentCommand, { op: Op }>;
export type CustomerCommandOf<Op extends CustomerOp> = Extract<CustomerCommand, { op: Op }>;

/** What the hub's own command line may use, too. */
type LocalOp = 'agent.put' | 'agent.code' | 'office.backup' | 'passphrase.change' | 'hubKey.rotate';
/** What programs may use, too, by the API. */
type ProgramOp =
  | 'message.send'
  | 'note.add'
  | 'conversation.tag'
  | 'conversation.close'
  | 'conversation.find'
  | 'conversation.read';
type SenderOf<Op> = Op extends LocalOp
  ? AgentSession | LocalSession
  : Op extends ProgramOp
    ? AgentSession | ProgramSession
    : AgentSession;

interface Request<Command, From> {
  state: HubState;
  session: From;
  /** Null: the hub's own command line, or a program. */
  agentId: string | null;
  command: Command;
}

/** A command and who sends it, before it is executed. */
export type Asked<Op extends AgentOp> = Request<AgentCommandOf<Op>, SenderOf<Op>>;

/** One whose sender has the right to it. */
export type Allowed<Op extends AgentOp> = Asked<Op> & { relation: Relation };

type AuditedOp = AgentOp & AuditEntry['action'];

/** `none`: the audit log never tells of it. `itself`: it notes what it does in its own steps. */
type Audit<Op> = 'none' | 'itself' | (Op extends AuditedOp ? AuditSpec<Allowed<Op>, AgentResult<Op>> : never);

interface CommandRules<Op extends AgentOp> {
  rights: Op extends LocalOp ? Rights : AgentRights;
  /** What a program's token has to allow; absent: no program may use it. A token is for the whole office. */
  scope?: Op extends ProgramOp ? Scope : never;
  /** How what it is about stands to its sender. */
  relation(asked: Asked<Op>): Relation;
  audit: Audit<Op>;
  /** Clients send it by themselves: a refusal says nothing of what a person tried, and is not audited. */
  isAutomatic?: true;
}

/** Executed at once, as one record with its answer. */
interface StepCommand<Op extends AgentOp> {
  step(
    step: Step,
    command: AgentCommandOf<Op>,
    session: SenderOf<Op>,
    services: CommandServices,
  ): Outcome<AgentResult<Op>>;
  /** The journal grows with every one of it: refused while the disk is short of room. */
  addsText?: true;
  /** The customer it is about, who comes back into the state for it. */
  customer?(command: AgentCommandOf<Op>): string;
}

/** Changes only what its own session is told. Not recorded: a repeat is answered anew. Null: the session has ended. */
interface QuestionCommand<Op extends AgentOp> {
  question(
    command: AgentCommandOf<Op>,
    session: SenderOf<Op>,
    services: CommandServices,
  ): Outcome<AgentResult<Op>> | Promise<Outcome<AgentResult<Op>> | null>;
}

/**
 * Takes a while, and may make steps of its own meanwhile. Its answer is not recorded. Null: the session has ended.
 * `notAllowed`: only now it is known what it is about, and its sender has no right to that.
 */
interface JobCommand<Op extends AgentOp> {
  job(
    command: AgentCommandOf<Op>,
    session: SenderOf<Op>,
    services: CommandServices,
  ): Promise<Outcome<AgentResult<Op>> | 'notAllowed' | null>;
  /** Once it is done and its `ack` has been sent. */
  afterAck?(services: CommandServices): void;
}

/** Everything there is to know about a command of agents, beside its schema. */
export type AgentCommandSpec<Op extends AgentOp> = CommandRules<Op> &
  (StepCommand<Op> | QuestionCommand<Op> | JobCommand<Op>);
export type AgentCommandSpecs<Op extends AgentOp> = { readonly [Each in Op]: AgentCommandSpec<Each> };

/** What a customer's command may use beside its step. */
export interface CustomerTools {
  newId(kind: string): string;
  /** What this customer and their address may still begin. */
  admission: Admission;
}

/** A customer speaks only ever of their own conversation: there are no rights to look at, and nothing to audit. */
export type CustomerCommandSpec<Op extends CustomerOp> = {
  /** What a program's token has to allow, to do it for a customer; absent: no program may. */
  scope?: Scope;
} & (
  | {
      step(
        step: Step,
        command: CustomerCommandOf<Op>,
        session: CustomerSession,
        tools: CustomerTools,
      ): Outcome<CustomerResult<Op>>;
      addsText?: true;
    }
  | {
      question(
        command: CustomerCommandOf<Op>,
        session: CustomerSession,
        services: CommandServices,
      ): Outcome<CustomerResult<Op>> | Promise<Outcome<CustomerResult<Op>> | null>;
    }
);
export type CustomerCommandSpecs = { readonly [Op in CustomerOp]: CustomerCommandSpec<Op> };
