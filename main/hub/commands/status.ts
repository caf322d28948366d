import { onOthers } from '../audit/audit';
import { factsOf } from '../audit/facts';
import { ownOnly, ownOrSupervisor } from '../rights/rights';
import { type Outcome, refused } from '../session/outcome';
import { officeOf } from '../state/config';
import type { Relation } from '../state/relation';
import type { Step } from '../state/step';
import type { AgentCommandSpecs, Allowed, Asked } from './command';
import { routed } from './routed';

type StatusOp = 'status.set' | 'status.idle' | 'status.afterThis' | 'reception.set';

/** An agent's status and whether conversations reach them without an offer. */
export const statusCommands: AgentCommandSpecs<StatusOp> = {
  'status.set': {
    rights: ownOrSupervisor,
    relation: relationToAgent,
    audit: { when: onOthers, subject: nameOf, facts: (asked) => factsOf({ status: agentOf(asked)?.status ?? null }) },
    step(step, { agentId, status, reason }, { agentId: self }) {
      const by = agentId === undefined || agentId === self ? {} : { by: self };
      return withReason(step, reason, { type: 'agent.status', agentId: agentId ?? self, status, ...by });
    },
  },
  'status.idle': {
    rights: ownOnly,
    relation: () => 'own',
    audit: 'none',
    isAutomatic: true,
    step: (step, _, { agentId }) => routed(step, { type: 'agent.idle', agentId }),
  },
  'status.afterThis': {
    rights: ownOnly,
    relation: () => 'own',
    audit: 'none',
    step: (step, { status, reason }, { agentId }) =>
      withReason(step, reason, { type: 'agent.afterThis', agentId, status }),
  },
  'reception.set': {
    rights: ownOrSupervisor,
    relation: relationToAgent,
    audit: {
      when: onOthers,
      subject: nameOf,
      facts: (asked) => factsOf({ automatic: agentOf(asked)?.automatic ?? null }),
    },
    step: (step, { agentId, automatic }, session) =>
      routed(step, { type: 'agent.reception', agentId: agentId ?? session.agentId, automatic }),
  },
};

/** ID3: with one of the office's reasons, or none. */
function withReason(step: Step, reason: string | undefined, command: Parameters<Step['route']>[0]): Outcome<undefined> {
  if (reason === undefined) return routed(step, command);
  if (officeOf(step.state.config).breakReasons.includes(reason))
    return routed(step, { ...command, reason } as typeof command);
  const message = 'the office has no such reason any more; choose another one';
  return refused({ code: 'unknownBreakReason', message, field: 'reason' });
}

function relationToAgent({ agentId, command }: Asked<'status.set' | 'reception.set'>): Relation {
  return command.agentId === undefined || command.agentId === agentId ? 'own' : 'other';
}

function nameOf({ state, command }: Allowed<'status.set' | 'reception.set'>): string | null {
  return state.config.accounts.get(command.agentId ?? '')?.name ?? null;
}

function agentOf({ state, command }: Allowed<'status.set' | 'reception.set'>) {
  return state.routing.agents.get(command.agentId ?? '');
}
