import { passphraseLengthMin, passphraseProblem } from '../../../shared/passphrase';
import type { AuditActor } from '../../../shared/protocol/audit';
import type { RefusedCode } from '../../../shared/protocol/refused-codes';
import { actorOf } from '../audit/audit';
import type { Loop } from '../loop/loop';
import type { AgentSession, LocalSession } from '../session/session';
import type { Account, Config } from '../state/config';
import { type Guesses, guess } from './guess';
import { hashPassphrase } from './passphrase';

export interface PassphraseRefusal {
  code: RefusedCode;
  message: string;
  now?: { retryAfterMs: number };
}

interface Change {
  old?: string | undefined;
  new: string;
  /** The supervisor's name: needed on the hub's own machine where there are several. */
  name?: string | undefined;
}

/** Each supervisor's own passphrase: changed by them, or reset by the hub's OS user. */
export class Passphrases {
  constructor(
    private readonly loop: Pick<Loop, 'state' | 'limits' | 'log' | 'step' | 'randomBytes' | 'closedBecause'>,
    private readonly guesses: Guesses,
  ) {}

  /** Null when changed. The hub's own command line need not know the old one. */
  async change(session: AgentSession | LocalSession, change: Change): Promise<PassphraseRefusal | null> {
    if (session.kind === 'local') return this.reset(change.new, change.name);
    const problem = problemOf(change.new);
    if (problem) return problem;
    const { agentId, line } = session;
    const own = this.loop.state.config.passphrases.get(agentId);
    if (own) {
      const who = { key: `agent:${agentId}`, address: line.address };
      const guessed = await guess(this.guesses, change.old ?? '', [own], who);
      if (!('fits' in guessed)) {
        const { code, message, retryAfterMs } = guessed;
        return { code, message, ...(retryAfterMs === undefined ? {} : { now: { retryAfterMs } }) };
      }
    }
    return this.set(agentId, change.new, actorOf(this.loop.state, session));
  }

  /** SECURITY-MODEL.md, "Roles": a lost passphrase is reset on the hub's own machine, by its OS user. */
  async reset(passphrase: string, name: string | undefined): Promise<PassphraseRefusal | null> {
    const problem = problemOf(passphrase);
    if (problem) return problem;
    const [whose, ...more] = supervisorsMeant(this.loop.state.config, name);
    if (!whose) return { code: 'unknownAgent', message: `there is no supervisor of the name ${name}` };
    if (more.length > 0) {
      const names = [whose, ...more].map((each) => each.name).join(', ');
      return { code: 'nameNeeded', message: `there are several supervisors: say whose passphrase it is (${names})` };
    }
    return this.set(whose.agentId, passphrase, { kind: 'local' });
  }

  private async set(agentId: string, passphrase: string, by: AuditActor): Promise<PassphraseRefusal | null> {
    const { loop } = this;
    const hashed = await hashPassphrase(passphrase, loop.randomBytes, loop.limits.scryptCost);
    if (loop.closedBecause) return { code: 'hubStopping', message: 'the hub is closed' };
    const account = loop.state.config.accounts.get(agentId);
    if (account?.role !== 'supervisor') return { code: 'notAllowed', message: 'only a supervisor has a passphrase' };
    loop.step((step) => {
      step.add({ type: 'passphrase.set', agentId, ...hashed, lengthMin: passphraseLengthMin });
      const action = by.kind === 'agent' ? 'passphrase.change' : 'passphrase.reset';
      step.note({ by, action, subject: account.name, changes: [] });
    });
    loop.log.info('passphrase.changed', { by: by.kind === 'agent' ? by.agentId : by.kind });
    return null;
  }
}

function problemOf(passphrase: string): PassphraseRefusal | null {
  const code = passphraseProblem(passphrase);
  if (code === null) return null;
  const tooShort = `a passphrase needs at least ${passphraseLengthMin} characters`;
  return {
    code,
    message: code === 'passphraseTooShort' ? tooShort : 'this passphrase is one of the first to be guessed',
  };
}

/** By name; without a name, the supervisors who have a passphrase, or all supervisors when none has. */
function supervisorsMeant({ accounts, passphrases }: Config, name: string | undefined): Account[] {
  const all = [...accounts.values()].filter(({ role }) => role === 'supervisor');
  if (name !== undefined) return all.filter((each) => isNamed(each, name));
  const having = all.filter(({ agentId }) => passphrases.has(agentId));
  return having.length > 0 ? having : all;
}

export function isNamed(account: Account | undefined, name: string): boolean {
  const plain = (text: string) => text.normalize('NFKC').trim().toLowerCase();
  return account !== undefined && plain(account.name) === plain(name);
}
