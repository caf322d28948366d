import { officeOrLocal, relationToOffice } from '../rights/rights';
import type { AgentCommandSpecs } from './command';

export const backupCommands: AgentCommandSpecs<'office.backup'> = {
  /** Acknowledged when the file has been read back. */
  'office.backup': {
    rights: officeOrLocal,
    relation: relationToOffice,
    audit: { subject: (_asked, result) => result?.fileName ?? null },
    job: ({ passphrase }, _session, { backups }) => backups.make(passphrase),
  },
};
