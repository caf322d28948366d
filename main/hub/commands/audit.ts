import { auditPage } from '../audit/audit-page';
import { officeOnly, relationToOffice } from '../rights/rights';
import { done } from '../session/outcome';
import type { AgentCommandSpecs } from './command';

/** Reading the audit log, and taking it along. */
export const auditCommands: AgentCommandSpecs<'audit.list' | 'audit.export'> = {
  'audit.list': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: 'none',
    job: (command, _session, { loop, store }) => auditPage(loop.state.audit, store, command, loop.log),
  },
  'audit.export': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: { subject: () => null },
    step: () => done,
  },
};
