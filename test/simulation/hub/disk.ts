import type { HubLimits } from '../../../main/hub/limits';
import { parseRecord } from '../../../main/hub/state/message-record';
import type { HubRecord } from '../../../main/hub/state/records';
import type { JournalPorts } from '../../../main/hub/store/appender';
import { type ArchiveTask, askArchive as askArchiveOf } from '../../../main/hub/store/archive-reader';
import { FileStore } from '../../../main/hub/store/file-store';
import { JournalTail } from '../../../main/hub/store/journal-tail';
import type { StoreListener } from '../../../main/hub/store/store';
import { Writer } from '../../../main/hub/store/writer';
import type { FolderPorts, StartWriter, ToWriter } from '../../../main/hub/store/writer-messages';
import { MemoryDisk } from '../../storage/support/memory-disk';
import type { Random } from '../random';
import type { MachineClock } from './time';

export const dataFolder = '/data';

/** The disk of the hub's machine, across all its processes. */
export class SimDisk {
  private disk = new MemoryDisk();

  constructor(private readonly random: Random) {}

  get memory(): MemoryDisk {
    return this.disk;
  }

  /** All writes fail until the machine restarts. */
  fail(): void {
    const fault = this.random.pick(['EIO', 'ENOSPC'] as const);
    this.disk.fault = () => fault;
  }

  /** Kills the process in the middle of `work`, perhaps with a power cut. */
  crash(work: () => void): void {
    const { disk, random } = this;
    const callsDone = random.whole(0, random.pick([4, 30]));
    const lastCall = disk.calls + callsDone;
    disk.fault = (_call, number) => {
      if (number > lastCall) throw new Error('the process is gone');
      return null;
    };
    work();
    this.disk = random.chance(0.5) ? disk.cutPower(() => random.next()) : disk.kill();
  }
}

/** How long a sync of a slow disk seems to take: more than `limits.slowSync`. */
const slowSyncMs = 5;

/**
 * The writer's thread and the journal's end, each on the machine's own time: what is posted or appended while one is
 * busy is taken next. On every other machine the disk is so slow that a thread of its own appends.
 */
export class SimWriter {
  private writer: Writer | null = null;
  private queued: ToWriter[] = [];
  private taken: ToWriter[] = [];
  private isBusy = false;
  private dead = false;
  /** What the journal's end is in the middle of. */
  private appending: (() => void) | null = null;
  private measuredMs = 0;
  private readonly syncMs: number;

  constructor(
    private readonly disk: MemoryDisk,
    private readonly clock: MachineClock,
    private readonly random: Random,
  ) {
    this.syncMs = random.chance(0.5) ? slowSyncMs : 0;
  }

  readonly start: StartWriter = (setup, tell) => {
    const newHubId = () => 'hub-simulated';
    this.writer = new Writer(this.disk, setup, newHubId, (message) => {
      if (!this.dead) tell(structuredClone(message));
    });
    const makeBackup = async () => {
      throw new Error('there are no other threads here');
    };
    const askArchive = async (task: ArchiveTask) => structuredClone(askArchiveOf(this.disk, setup.folder, task));
    const post = (message: ToWriter) => this.post(structuredClone(message));
    return { journal: this.journal(), post, makeBackup, askArchive, end: async () => undefined };
  };

  get isIdle(): boolean {
    return !this.isBusy && this.queued.length === 0;
  }

  /** Work in progress when the process died is done as far as the disk allows, and not reported. */
  die(): void {
    this.dead = true;
    this.appending?.();
    for (const message of this.taken) this.writer?.take(message);
  }

  private journal(): JournalPorts {
    return {
      disk: this.disk,
      atTurnEnd: (run) => this.append(run),
      nowMs: () => {
        this.measuredMs += this.syncMs;
        return this.measuredMs;
      },
      startTail: (folder, end) => {
        const tail = new JournalTail(this.disk, folder, end, () => 0);
        return {
          do: (work, done) =>
            this.append(() => {
              const said = structuredClone(tail.do(work));
              if (!this.dead) done(said);
            }),
          close: () => tail.close(),
        };
      },
    };
  }

  private append(run: () => void): void {
    this.inTime(
      () => {
        this.appending = run;
      },
      () => {
        this.appending = null;
        run();
      },
    );
  }

  private post(message: ToWriter): void {
    if (this.dead) return;
    // A start waits for it, while time stands still.
    if (message.kind === 'load') {
      queueMicrotask(() => this.writer?.take(message));
      return;
    }
    this.queued.push(message);
    if (!this.isBusy) this.begin();
  }

  private begin(): void {
    this.isBusy = true;
    this.inTime(
      () => {
        this.taken = this.queued;
        this.queued = [];
      },
      () => {
        const { taken } = this;
        this.taken = [];
        for (const message of taken) this.writer?.take(message);
        this.isBusy = false;
        if (this.queued.length > 0) this.begin();
      },
    );
  }

  /** A crash before it begins loses all of it. */
  private inTime(begin: () => void, end: () => void): void {
    const { clock, random } = this;
    clock.after(random.chance(0.9) ? 0 : random.whole(1, 20), () => {
      begin();
      clock.after(random.chance(0.9) ? random.whole(0, 4) : random.whole(5, 700), end);
    });
  }
}

export interface StoreWatch {
  /** The records that a start replays, and the last one it knows. */
  recovered(records: readonly HubRecord[], lastSeq: number): void;
  appended(record: HubRecord): void;
}

/** The product's store, with its calls observed. */
export class SimStore extends FileStore {
  /** The last record that was reported durable. */
  saidDurableSeq = 0;
  private appendedSeq = 0;
  private dead = false;

  constructor(
    ports: FolderPorts,
    limits: HubLimits,
    private readonly watch: StoreWatch,
  ) {
    const lock = { publish: async () => undefined, release: async () => undefined };
    super(dataFolder, limits, ports, lock);
  }

  get isIdle(): boolean {
    return this.saidDurableSeq === this.appendedSeq;
  }

  override async replay(each: (record: HubRecord) => void): Promise<void> {
    let lastSeq = this.base.state?.seq ?? 0;
    const records: HubRecord[] = [];
    await super.replay((record) => {
      lastSeq = Math.max(lastSeq, record.seq);
      records.push(structuredClone(record));
      each(record);
    });
    this.appendedSeq = lastSeq;
    this.saidDurableSeq = lastSeq;
    this.watch.recovered(records, lastSeq);
  }

  /** What it is in the middle of is told to nobody. */
  die(): void {
    this.dead = true;
  }

  override listen(listener: StoreListener): void {
    super.listen({
      ...listener,
      durable: (seq) => {
        if (this.dead) return;
        this.saidDurableSeq = seq;
        listener.durable(seq);
      },
      failed: (problem) => {
        if (!this.dead) listener.failed(problem);
      },
    });
  }

  override append(seq: number, json: string): void {
    super.append(seq, json);
    this.appendedSeq = seq;
    this.watch.appended(parseRecord(json));
  }
}
