import { onOthers } from '../audit/audit';
import { factsOf } from '../audit/facts';
import { ownOrSupervisor } from '../rights/rights';
import type { Relation } from '../state/relation';
import type { AgentCommandSpecs, Allowed, Asked } from './command';
import { routed } from './routed';

type StatusOp = 'status.set' | 'reception.set';

/** An agent's status and whether conversations reach them without an offer. */
export const statusCommands: AgentCommandSpecs<StatusOp> = {
  'status.set': {
    rights: ownOrSupervisor,
    relation: relationToAgent,
    audit: { when: onOthers, subject: nameOf, facts: (asked) => factsOf({ status: agentOf(asked)?.status ?? null }) },
    step(step, { agentId, status }, { agentId: self }) {
      const by = agentId === undefined || agentId === self ? {} : { by: self };
      return routed(step, { type: 'agent.status', agentId: agentId ?? self, status, ...by });
    },
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

function relationToAgent({ agentId, command }: Asked<StatusOp>): Relation {
  return command.agentId === undefined || command.agentId === agentId ? 'own' : 'other';
}

function nameOf({ state, command }: Allowed<StatusOp>): string | null {
  return state.config.accounts.get(command.agentId ?? '')?.name ?? null;
}

function agentOf({ state, command }: Allowed<StatusOp>) {
  return state.routing.agents.get(command.agentId ?? '');
}
