import { isSupervisor } from '../rights/audience';
import { officeOrLocal, relationToOffice } from '../rights/rights';
import { done, refused } from '../session/outcome';
import type { AgentCommandSpecs } from './command';

export const passphraseCommands: AgentCommandSpecs<'passphrase.change'> = {
  /** Takes a while: both passphrases are stretched. */
  'passphrase.change': {
    rights: officeOrLocal,
    relation: relationToOffice,
    audit: 'itself',
    async job(command, session, { loop, passphrases }) {
      const refusal = await passphrases.change(session, command);
      // They may have lost the right meanwhile.
      if (session.kind === 'agent' && !isSupervisor(loop.state, session.agentId)) return 'notAllowed';
      return refusal ? refused(refusal) : done;
    },
  },
};
