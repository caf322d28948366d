import { blocksMax } from '../../../shared/protocol/limits';
import { type Facts, factsOf, noFacts } from '../audit/facts';
import { unknownCustomer } from '../retention/erasures';
import { isSupervisor } from '../rights/audience';
import { officeOnly, ownOrSupervisor, relationToConversation, relationToOffice } from '../rights/rights';
import { ack, done, type Outcome, refused } from '../session/outcome';
import type { AgentSession } from '../session/session';
import type { Block } from '../state/config';
import type { Relation } from '../state/relation';
import { routedConversation } from '../state/routing-view';
import type { Step } from '../state/step';
import type { AgentCommandOf, AgentCommandSpecs, Asked } from './command';
import type { CommandServices } from './services';

/** Blocking customers, by the token of their browser and by their address. */
export const blockCommands: AgentCommandSpecs<'customer.block' | 'customer.address' | 'block.lift'> = {
  'customer.block': {
    rights: ownOrSupervisor,
    relation: relationToCustomer,
    audit: {
      subject: ({ command }) => command.customerId,
      facts: ({ state, command }) =>
        blockFacts([...state.config.blocks.values()].find(({ customerId }) => customerId === command.customerId)),
    },
    customer: ({ customerId }) => customerId,
    step: blockCustomer,
  },
  'customer.address': {
    rights: ownOrSupervisor,
    relation: relationToCustomer,
    audit: 'none',
    question({ customerId }, _session, { whereabouts }) {
      const address = whereabouts.of(customerId);
      return ack({ address, others: whereabouts.othersAt(customerId, address) });
    },
  },
  'block.lift': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: {
      subject: ({ state, command }) => state.config.blocks.get(command.blockId)?.customerId ?? null,
      facts: ({ state, command }) => blockFacts(state.config.blocks.get(command.blockId)),
    },
    step(step, { blockId }) {
      if (!step.state.config.blocks.has(blockId)) {
        const message = 'there is no such block any more: it ran out, or a colleague has ended it';
        return refused({ code: 'unknownBlock', message, field: 'blockId' });
      }
      step.add({ type: 'block.ended', blockId });
      return done;
    },
  },
};

/** That of the open conversation with them. A customer without one is `other` to every agent. */
function relationToCustomer(asked: Asked<'customer.block' | 'customer.address'>): Relation {
  const { state, command } = asked;
  const { conversationId = '' } = state.threads.latestOf(command.customerId) ?? {};
  return state.routing.conversations.has(conversationId) ? relationToConversation(asked, conversationId) : 'other';
}

function blockFacts(block: Block | undefined): Facts {
  if (!block) return noFacts;
  return factsOf({ until: block.until ?? 'forGood', withAddress: block.address !== null });
}

/** What is open with them ends, and with every customer whom their address shuts out. */
function blockCustomer(
  step: Step,
  { customerId, forMs, address: withAddress, note }: AgentCommandOf<'customer.block'>,
  { agentId }: AgentSession,
  { loop, whereabouts }: CommandServices,
): Outcome<{ blockId: string }> {
  const { config, customers } = step.state;
  const customer = customers.get(customerId);
  if (!customer) return refused(unknownCustomer);
  const address = withAddress ? whereabouts.of(customerId) : null;
  if (withAddress && address === null) {
    const message =
      'they are not connected now, or from an address of the hub’s own or of a proxy: block them without it';
    return refused({ code: 'addressUnknown', message, field: 'address' });
  }
  if (!isSupervisor(step.state, agentId) && whereabouts.othersAt(customerId, address) > 0) {
    const message = 'other customers are connected from there: a supervisor may block it, or block them without it';
    return refused({ code: 'addressShared', message, field: 'address' });
  }
  const isBlocked = [...config.blocks.values()].some((each) => each.customerId === customerId);
  if (!isBlocked && config.blocks.size >= blocksMax) {
    const message = `${blocksMax} customers are blocked already; end one of those blocks first`;
    return refused({ code: 'tooManyBlocks', message });
  }
  const by = { agentId, name: config.accounts.get(agentId)?.name ?? '' };
  const shutOut = whereabouts.sessionsOf(customerId, address);
  for (const each of new Set([customerId, ...shutOut.map((session) => session.customerId)]))
    endWith(step, each, by.name);
  const { tokenHash, name: customerName } = customer;
  const until = forMs === null ? null : step.at + forMs;
  const blockId = loop.newId('block');
  const block = { blockId, customerId, customerName, address, note, by, at: step.at, until, tokenHash };
  step.add({ type: 'customer.blocked', block });
  step.afterwards(() => {
    for (const session of shutOut) loop.drop(session, 'blocked');
  });
  return ack({ blockId });
}

/** A line in the conversation says why, to the customer as to the agents. */
function endWith(step: Step, customerId: string, name: string): void {
  const conversationId = step.state.threads.latestOf(customerId)?.conversationId ?? '';
  if (!routedConversation(step.state.routing, conversationId)) return;
  const line = { code: 'blocked', params: { name, agentName: name } } as const;
  step.message({ conversationId, from: { kind: 'system' }, text: '', line });
  step.route({ type: 'conversation.close', conversationId, by: 'system' });
}
