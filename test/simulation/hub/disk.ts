import type { HubLimits } from '../../../main/hub/limits';
import { parseRecord } from '../../../main/hub/state/message-record';
import type { HubRecord } from '../../../main/hub/state/records';
import { type ArchiveTask, askArchive as askArchiveOf } from '../../../main/hub/store/archive-reader';
import { FileStore } from '../../../main/hub/store/file-store';
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

/** The writer's thread, on the machine's own time: messages posted while it is busy are batched next. */
export class SimWriter {
  private writer: Writer | null = null;
  private queued: ToWriter[] = [];
  private taken: ToWriter[] = [];
  private isBusy = false;
  private dead = false;

  constructor(
    private readonly disk: MemoryDisk,
    private readonly clock: MachineClock,
    private readonly random: Random,
  ) {}

  readonly start: StartWriter = (setup, tell) => {
    const newHubId = () => 'hub-simulated';
    this.writer = new Writer(this.disk, setup, newHubId, (message) => {
      if (!this.dead) tell(structuredClone(message));
    });
    const makeBackup = async () => {
      throw new Error('there are no other threads here');
    };
    const askArchive = async (task: ArchiveTask) => structuredClone(askArchiveOf(this.disk, setup.folder, task));
    return { post: (message) => this.post(message), makeBackup, askArchive, end: async () => undefined };
  };

  /** Work in progress when the process died is written as far as the disk allows, and not reported. */
  die(): void {
    this.dead = true;
    this.writer?.take(this.taken);
  }

  private post(message: ToWriter): void {
    // A start waits for it, while time stands still.
    if (message.kind === 'load') {
      queueMicrotask(() => this.writer?.take([message]));
      return;
    }
    this.queued.push(message);
    if (!this.isBusy) this.begin();
  }

  private begin(): void {
    const { clock, random } = this;
    this.isBusy = true;
    // A crash before the write begins loses all of it.
    clock.after(random.chance(0.9) ? 0 : random.whole(1, 20), () => {
      this.taken = this.queued;
      this.queued = [];
      clock.after(random.chance(0.9) ? random.whole(0, 4) : random.whole(5, 700), () => {
        const { taken } = this;
        this.taken = [];
        this.writer?.take(taken);
        this.isBusy = false;
        if (this.queued.length > 0) this.begin();
      });
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

  override listen(listener: StoreListener): void {
    super.listen({
      ...listener,
      durable: (seq) => {
        this.saidDurableSeq = seq;
        listener.durable(seq);
      },
    });
  }

  override append(seq: number, json: string): void {
    super.append(seq, json);
    this.appendedSeq = seq;
    this.watch.appended(parseRecord(json));
  }
}
