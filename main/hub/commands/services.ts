import type { AgentResult } from '../../../shared/protocol/agent-results';
import type { AuditActor } from '../../../shared/protocol/audit';
import type { ProgramUse } from '../audit/program-use';
import type { Invitations } from '../entrance/invitations';
import type { FanOut } from '../fan-out/fan-out';
import type { EarlierPages } from '../history/earlier-pages';
import type { History } from '../history/history';
import type { PastTalk } from '../history/past-talk';
import type { Loop } from '../loop/loop';
import type { CommandRefusal, Outcome } from '../session/outcome';
import type { AgentSession, LocalSession } from '../session/session';
import type { Whereabouts } from '../session/whereabouts';
import type { Store } from '../store/store';
import type { WebhookService } from '../webhooks/webhook-service';

/** What commands use beside their step. */
export interface CommandServices {
  readonly loop: Loop;
  readonly fanOut: FanOut;
  readonly whereabouts: Whereabouts;
  readonly history: History;
  readonly earlierPages: EarlierPages;
  readonly pastTalk: PastTalk;
  readonly programUse: Pick<ProgramUse, 'note'>;
  readonly invitations: Invitations;
  readonly store: Pick<Store, 'auditPage'>;
  readonly backups: { make(passphrase: string | null): Promise<Outcome<AgentResult<'office.backup'>>> };
  readonly erasures: { erase(customerId: string, by: AuditActor): Promise<Outcome<undefined>> };
  readonly webhooks: Pick<WebhookService, 'test'>;
  readonly passphrases: {
    /** Null when the new one holds from now on. */
    change(session: AgentSession | LocalSession, change: PassphraseChange): Promise<CommandRefusal | null>;
  };
  readonly hubKey: {
    /** Whether other machines reach the hub, by a key of its own. */
    isUsed(): boolean;
    /** False when the hub uses no key, or there is no next one to finish with. */
    rotate(finish: boolean, by: AuditActor): Promise<boolean>;
  };
}

interface PassphraseChange {
  old?: string | undefined;
  new: string;
  name?: string | undefined;
}
