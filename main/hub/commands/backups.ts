import type { Log } from '../ports';
import { ack, type CommandOutcome, refused } from '../session/outcome';
import { backupName } from '../store/backup-file';
import type { Store } from '../store/store';

/** One backup at a time, in a file named by its time. */
export class Backups {
  private isMaking = false;

  constructor(
    private readonly store: Store,
    private readonly log: Log,
  ) {}

  async make(cid: string, passphrase: string | null, nowMs: number): Promise<CommandOutcome> {
    if (this.isMaking) return refused(cid, { code: 'backupRunning', message: 'a backup is being made already' });
    this.isMaking = true;
    try {
      const made = await this.store.backup(backupName(nowMs), passphrase);
      this.log.info('backup.made', { ...made });
      return ack(cid, { ...made });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.log.error('backup.failed', { message });
      return refused(cid, { code: 'backupFailed', message });
    } finally {
      this.isMaking = false;
    }
  }
}
