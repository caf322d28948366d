import type { Office } from '../../e2e/office';
import type { Visitor } from '../visitor';
import { walkAgent } from './agent';
import { walkCards } from './cards';
import { walkCustomer } from './customer';
import { walkFirstRun } from './first-run';
import { walkSupervisor } from './supervisor';
import { walkTrouble } from './trouble';

/** Ways through an office that pass every screen and state. */
export const walks: Record<string, (office: Office, visitor: Visitor) => Promise<void>> = {
  'an agent’s morning': walkAgent,
  'what a supervisor sees and sets': walkSupervisor,
  'the cards of a hidden workstation': walkCards,
  'the first run': walkFirstRun,
  'the customer’s page': walkCustomer,
  'left messages and damaged data': walkTrouble,
};
