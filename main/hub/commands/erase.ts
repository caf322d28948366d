import { actorOf } from '../audit/audit';
import { officeOnly, relationToOffice } from '../rights/rights';
import type { AgentCommandSpecs } from './command';

export const eraseCommands: AgentCommandSpecs<'customer.erase'> = {
  /** Acknowledged when no file knows the customer any more. */
  'customer.erase': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: 'itself',
    job: ({ customerId }, session, { loop, erasures }) => erasures.erase(customerId, actorOf(loop.state, session)),
    // A new epoch: everybody reconnects and takes a snapshot, without what is erased.
    afterAck({ loop }) {
      for (const session of [...loop.sessions.all()]) loop.drop(session, 'newEpoch');
    },
  },
};
