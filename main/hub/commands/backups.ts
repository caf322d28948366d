import type { AgentResult } from '../../../shared/protocol/agent-results';
import type { Loop } from '../loop/loop';
import { ack, type Outcome, refused } from '../session/outcome';
import { backupName } from '../store/backup-file';
import type { Store } from '../store/store';

/** One backup at a time, in a file named by its time. */
export class Backups {
  private isMaking = false;

  constructor(
    private readonly loop: Pick<Loop, 'now' | 'log'>,
    private readonly store: Pick<Store, 'backup'>,
  ) {}

  /** `passphrase` null: not encrypted. */
  async make(passphrase: string | null): Promise<Outcome<AgentResult<'office.backup'>>> {
    if (this.isMaking) return refused({ code: 'backupRunning', message: 'a backup is being made already' });
    this.isMaking = true;
    try {
      const made = await this.store.backup(backupName(this.loop.now()), passphrase);
      this.loop.log.info('backup.made', { ...made });
      return ack(made);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.loop.log.error('backup.failed', { message });
      return refused({ code: 'backupFailed', message });
    } finally {
      this.isMaking = false;
    }
  }
}
