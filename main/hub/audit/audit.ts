import type { AuditActor, AuditEntry } from '../../../shared/protocol/audit';
import type { Outcome } from '../session/outcome';
import type { AgentSession, LocalSession, ProgramSession } from '../session/session';
import type { HubState } from '../state/hub-state';
import type { Relation } from '../state/relation';
import type { Step } from '../state/step';
import { changesBetween, type Facts, noFacts } from './facts';

/** What the audit log tells of a command that was executed. */
export interface AuditSpec<Asked, Result> {
  /** Absent: always. */
  when?(asked: Asked): boolean;
  /**
   * Whom or what it is done to, as the log names it; null: the office, or not known (yet). Asked before the command, with no
   * result, and when that is null once more after it.
   */
  subject(asked: Asked, result: Result | undefined): string | null;
  /** What it may change. Absent: nothing that the log tells. */
  facts?(asked: Asked, result: Result | undefined): Facts;
}

type Person = AgentSession | LocalSession | ProgramSession;

interface Asked {
  state: HubState;
  session: Person;
}

type Action = AuditEntry['action'];

export function actorOf({ config }: HubState, session: Person): AuditActor {
  if (session.kind === 'program') return { kind: 'program', tokenId: session.tokenId, name: session.name };
  if (session.kind === 'local') return { kind: 'local' };
  const { agentId, deviceId } = session;
  const name = config.accounts.get(agentId)?.name ?? '';
  return { kind: 'agent', agentId, name, device: config.devices.get(deviceId)?.label ?? '' };
}

/** What is done to the office or to others is audited, but not the daily work on one's own. */
export function onOthers({ relation }: { relation: Relation }): boolean {
  return relation !== 'own';
}

/** Executes a command and notes it in the same record as what it did: neither is ever recorded without the other. */
export function audited<A extends Asked, Result>(
  step: Step,
  action: Action,
  spec: AuditSpec<A, Result>,
  asked: A,
  execute: () => Outcome<Result>,
): Outcome<Result> {
  const { state, session } = asked;
  if (spec.when && !spec.when(asked)) return execute();
  const by = actorOf(state, session);
  const before = spec.facts?.(asked, undefined) ?? noFacts;
  const subjectBefore = spec.subject(asked, undefined);
  const outcome = execute();
  if (outcome.kind === 'refused') return outcome;
  const after = spec.facts?.(asked, outcome.result) ?? noFacts;
  const subject = subjectBefore ?? spec.subject(asked, outcome.result);
  step.note({ by, action, subject, changes: changesBetween(before, after) });
  return outcome;
}

/** Notes a command that changes nothing that the log tells. */
export function noteAsked<A extends Asked, Result>(
  step: Step,
  action: Action,
  spec: AuditSpec<A, Result>,
  asked: A,
  result: Result | undefined,
): void {
  step.note({ by: actorOf(asked.state, asked.session), action, subject: spec.subject(asked, result), changes: [] });
}

/** What somebody has tried without the right to. */
export function noteRefused(step: Step, session: Person, op: string): void {
  step.note({ by: actorOf(step.state, session), action: 'right.refused', subject: op, changes: [] });
}
