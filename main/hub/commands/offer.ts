import { ownOnly } from '../rights/rights';
import type { Relation } from '../state/relation';
import { offeredTo } from '../state/routing-view';
import type { AgentCommandSpecs, Asked } from './command';
import { routed } from './routed';

type OfferOp = 'offer.accept' | 'offer.decline';

export const offerCommands: AgentCommandSpecs<OfferOp> = {
  'offer.accept': {
    rights: ownOnly,
    relation: relationToOffer,
    audit: 'none',
    step: (step, { offerId }, { agentId }) => routed(step, { type: 'offer.accept', agentId, offerId }),
  },
  'offer.decline': {
    rights: ownOnly,
    relation: relationToOffer,
    audit: 'none',
    step(step, { offerId, reason }, { agentId }) {
      const why = reason === undefined ? {} : { reason };
      return routed(step, { type: 'offer.decline', agentId, offerId, ...why });
    },
  },
};

/** One that is over counts as the sender's own: the core then says how it ended. */
function relationToOffer({ state, agentId, command }: Asked<OfferOp>): Relation {
  const ringsAt = offeredTo(state.routing, command.offerId);
  return ringsAt === null || ringsAt === agentId ? 'own' : 'other';
}
