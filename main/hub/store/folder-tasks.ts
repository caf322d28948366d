import type { Arrivals } from './arrivals';
import { isPlainBackup } from './backup-file';
import type { MadeBackup, StoreListener } from './store';
import type { FromWriter, SealedPlace, ToWriter, WriterLink } from './writer-messages';

export type TaskAnswer = Extract<FromWriter, { kind: 'backupStaged' | 'erased' | 'expired' | 'backupsRemoved' }>;

/** Makes the request for a place at which a new segment has begun. */
export type SealedRequest = (at: SealedPlace) => ToWriter;

/** What the tasks need of the store. */
export interface TaskHost {
  /** The hub that is served; null while the folder can't be written. */
  writable(): StoreListener | null;
  /** The epoch that clients know. */
  epoch(): number;
  /** Posts the request once a new segment has begun, of this epoch if given; calls `end` when that is refused. */
  postSealed(request: SealedRequest, epoch?: number): void;
  post(message: ToWriter): void;
}

/**
 * Backups, erasures and expiries: one after another, each for the hub that asked for it. They reject with a message
 * for a person.
 */
export class FolderTasks {
  private busy: Promise<void> | null = null;
  /** Of the request under way; null: the store failed first, or the hub that asked has ended. */
  private answer: (answer: TaskAnswer | null) => void = () => undefined;

  constructor(
    private readonly link: Pick<WriterLink, 'makeBackup'>,
    private readonly arrivals: Arrivals,
    private readonly host: TaskHost,
    /** A new epoch has begun. */
    private readonly begun: (epoch: number) => void,
  ) {}

  answered(answer: TaskAnswer): void {
    this.answer(answer);
  }

  /** What was asked before is not answered any more. */
  end(): void {
    this.answer(null);
  }

  backup(name: string, passphrase: string | null): Promise<MadeBackup> {
    return this.inTurn((whose) => this.makeBackup(name, passphrase, whose));
  }

  erase(customerIds: readonly string[], attachmentIds: readonly string[], backupName: string): Promise<void> {
    return this.inTurn(async (whose) => {
      await this.arrivals.cut(customerIds);
      const theirs = { customerIds: [...customerIds], attachmentIds: [...attachmentIds] };
      const epoch = this.host.epoch() + 1;
      const answer = await this.arrivals.inTurn(() =>
        this.askSealed(whose, (at) => ({ kind: 'erase', ...theirs, epoch, at }), epoch),
      );
      const erased = answer?.kind === 'erased' ? answer.erased : null;
      if (!erased) throw new Error('The data folder could not be written anew; the log says why.');
      this.begun(erased.epoch);
      const { backups } = erased;
      if (backups.length === 0) return;
      const replaced = backups.some(isPlainBackup) ? await this.makeBackup(backupName, null, whose) : null;
      const names = backups.filter((each) => each !== replaced?.fileName);
      const removed = await this.ask(whose, () => this.host.post({ kind: 'removeBackups', names }));
      if (removed?.kind !== 'backupsRemoved' || !removed.done)
        throw new Error('Older backups could not be removed; the log says why.');
    });
  }

  expire(before: number): Promise<void> {
    return this.inTurn(async (whose) => {
      const expired = await this.askSealed(whose, (at) => ({ kind: 'expire', before, at }));
      if (expired?.kind !== 'expired' || !expired.done)
        throw new Error('The data folder could not be written anew; the log says why.');
    });
  }

  private async makeBackup(name: string, passphrase: string | null, whose: StoreListener): Promise<MadeBackup> {
    const answer = await this.askSealed(whose, (at) => ({ kind: 'stageBackup', name, at }));
    const staged = answer?.kind === 'backupStaged' ? answer.staged : null;
    if (!staged) throw new Error('Its state could not be saved first; the log says why.');
    return this.link.makeBackup(staged, passphrase);
  }

  private askSealed(whose: StoreListener, request: SealedRequest, epoch?: number): Promise<TaskAnswer | null> {
    return this.ask(whose, () => this.host.postSealed(request, epoch));
  }

  private async ask(whose: StoreListener, post: () => void): Promise<TaskAnswer | null> {
    this.needsWritable(whose);
    return new Promise((resolve) => {
      this.answer = resolve;
      post();
    });
  }

  /** Starts synchronously when nothing is running, so that a backup is of the time it was requested. */
  private async inTurn<T>(work: (whose: StoreListener) => Promise<T>): Promise<T> {
    const whose = this.host.writable();
    while (this.busy) await this.busy;
    // The hub that asked may have ended meanwhile, and its successor's state may not match the request.
    this.needsWritable(whose);
    const done = work(whose);
    const over = () => {
      this.busy = null;
    };
    this.busy = done.then(over, over);
    return done;
  }

  private needsWritable(whose: StoreListener | null): asserts whose is StoreListener {
    if (whose === null || whose !== this.host.writable()) throw new Error('The data folder can’t be written now.');
  }
}
