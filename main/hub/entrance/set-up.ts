import { passphraseLengthMin, passphraseProblem } from '../../../shared/passphrase';
import { plainLine } from '../../../shared/plain-line';
import { HubStartError } from '../hub-start-error';
import type { Loop } from '../loop/loop';
import { makeCodeFor } from './codes';
import { hashPassphrase } from './passphrase';

export const defaultCapacity = 5;
const firstGroupName = 'Reception';

export interface SetUpOptions {
  /** Needed when the data folder is new; ignored afterwards. */
  setup: { officeName: string; supervisorName: string; passphrase: string } | null;
  /** Labels the office as sample data. */
  sample: boolean;
}

type SetUpLoop = Pick<Loop, 'state' | 'limits' | 'step' | 'newId' | 'randomBytes'>;

/** The first run: office, supervisor with the passphrase, one group. One record, so that it is atomic. */
export async function setUpOffice(loop: SetUpLoop, { setup, sample }: SetUpOptions): Promise<void> {
  if (!setup) throw setupNeeded();
  const { passphrase } = setup;
  const [officeName, supervisorName] = [plainLine(setup.officeName), plainLine(setup.supervisorName)];
  refuseWeak(passphrase);
  const hashed = await hashPassphrase(passphrase, loop.randomBytes, loop.limits.scryptCost);
  const groupId = loop.newId('group');
  const agentId = loop.newId('agent');
  const groups = [{ groupId, priority: 1 }];
  loop.step((step) => {
    step.add({ type: 'office.changed', name: officeName, sample });
    step.route({ type: 'group.put', groupId, name: firstGroupName });
    step.route({ type: 'agent.put', agentId, name: supervisorName, capacity: defaultCapacity, groups });
    const account = { agentId, name: supervisorName, role: 'supervisor' as const, capacity: defaultCapacity, groups };
    step.add({ type: 'account.put', ...account });
    step.add({ type: 'passphrase.set', agentId, ...hashed, lengthMin: passphraseLengthMin });
  });
}

export function setupNeeded(): HubStartError {
  return new HubStartError('setupNeeded', 'This data folder is new: an office has to be set up first.');
}

export function refuseWeak(passphrase: string): void {
  const problem = passphraseProblem(passphrase);
  if (problem === 'passphraseTooShort')
    throw new HubStartError(problem, `A supervisor's passphrase needs at least ${passphraseLengthMin} characters.`);
  if (problem === 'passphraseCommon')
    throw new HubStartError(problem, 'This passphrase is one of the first to be guessed. Choose other words.');
}

/** A one-time code for the agent of this name, who is created in every group if missing. */
export function addAgent(loop: SetUpLoop, name: string): { agentId: string; code: string; expiresAt: number } {
  return loop.step((step) => {
    const { accounts, groups } = loop.state.config;
    const given = plainLine(name).trim();
    const wanted = given.toLowerCase();
    const note = (action: 'agent.put' | 'agent.code', subject: string) =>
      step.note({ by: { kind: 'local' }, action, subject, changes: [] });
    for (const account of accounts.values())
      if (account.name.toLowerCase() === wanted) {
        note('agent.code', account.name);
        return {
          agentId: account.agentId,
          ...makeCodeFor(step, account.agentId, loop.randomBytes, { isApproved: true }),
        };
      }
    const agentId = loop.newId('agent');
    const account = {
      agentId,
      name: given,
      capacity: defaultCapacity,
      groups: [...groups.keys()].map((groupId) => ({ groupId, priority: 1 })),
    };
    step.route({ type: 'agent.put', ...account });
    step.add({ type: 'account.put', ...account, role: 'agent' });
    note('agent.put', account.name);
    note('agent.code', account.name);
    return { agentId, ...makeCodeFor(step, agentId, loop.randomBytes, { isApproved: true }) };
  });
}

/** A one-time code for a further device of the first supervisor. */
export function supervisorCode(loop: SetUpLoop): string {
  for (const { agentId, name, role } of loop.state.config.accounts.values())
    if (role === 'supervisor')
      return loop.step((step) => {
        step.note({ by: { kind: 'local' }, action: 'agent.code', subject: name, changes: [] });
        return makeCodeFor(step, agentId, loop.randomBytes, { isApproved: true });
      }).code;
  throw new Error('there is no supervisor');
}
