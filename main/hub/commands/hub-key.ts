import { actorOf } from '../audit/audit';
import { officeOrLocal, relationToOffice } from '../rights/rights';
import { done, refused } from '../session/outcome';
import { isDiskError } from '../store/disk';
import { kindOf } from '../system/error-kind';
import type { AgentCommandSpecs } from './command';

export const hubKeyCommands: AgentCommandSpecs<'hubKey.rotate'> = {
  'hubKey.rotate': {
    rights: officeOrLocal,
    relation: relationToOffice,
    audit: 'itself',
    async job({ finish }, session, { loop, hubKey }) {
      try {
        const isDone = await hubKey.rotate(finish, actorOf(loop.state, session));
        return isDone ? done : refused(hubKey.isUsed() ? noNextKey : notReached);
      } catch (error) {
        if (!isDiskError(error)) throw error;
        loop.log.error('hubKey.failed', { ...kindOf(error) });
        return refused(keyNotWritten);
      }
    },
  },
};

const notReached = {
  code: 'noHubKey',
  message: 'other machines do not reach this hub, so it uses no key; start it with --lan first',
} as const;

const noNextKey = { code: 'noHubKey', message: 'there is no next key yet; make one first, with rotate-key' } as const;

const keyNotWritten = { code: 'hubReadOnly', message: 'the key could not be written; see the log of the hub' } as const;
