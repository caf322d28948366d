import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HubRecord } from '../../../main/hub/state/records';
import { encodeLine, headerLine, journalFormat } from '../../../main/hub/store/journal-lines';
import { readJournal } from '../../../main/hub/store/journal-reader';
import type { Store, StoredConfig, StoreListener } from '../../../main/hub/store/store';
import type { Random } from '../random';
import type { MachineClock } from './time';

const hubId = 'hub-simulated';
const pageBytes = 4_096;

/** What is left when the power goes: the synced bytes of the journal, some of the others, and a config that may be old. */
export class SimDisk {
  private readonly folder = mkdtempSync(join(tmpdir(), 'foyer-sim-'));
  private synced: Buffer[] = [
    Buffer.from(headerLine({ foyer: 'journal', format: journalFormat, hubId, epoch: 1, first: 1 }).line),
  ];
  /** Written, and not synced. */
  private unsynced = Buffer.alloc(0);
  config: string | null = null;

  constructor(private readonly random: Random) {}

  write(text: string): void {
    this.unsynced = Buffer.concat([this.unsynced, Buffer.from(text, 'utf8')]);
  }

  sync(): void {
    this.synced.push(this.unsynced);
    this.unsynced = Buffer.alloc(0);
  }

  /** The real reader decides what holds; what it calls torn is cut, as the file store does. */
  async read(each: (record: HubRecord) => void): Promise<{ sum: string; lastSeq: number }> {
    const path = join(this.folder, 'journal.jsonl');
    writeFileSync(path, Buffer.concat(this.synced));
    const end = await readJournal(path, hubId, each);
    this.synced = [Buffer.concat(this.synced).subarray(0, end.goodBytes)];
    return end;
  }

  /** Power is gone: of what was not synced some bytes are there, some are not, and some read as zeros. */
  crash(): void {
    const { random, unsynced } = this;
    const bytes = unsynced.subarray(0, random.chance(0.3) ? unsynced.length : random.whole(0, unsynced.length));
    if (random.chance(0.2)) {
      const from = random.whole(0, Math.floor(bytes.length / pageBytes)) * pageBytes;
      bytes.fill(0, from, Math.min(bytes.length, from + pageBytes));
    }
    this.synced.push(bytes);
    this.unsynced = Buffer.alloc(0);
    if (random.chance(0.1)) this.config = null;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface StoreWatch {
  /** All that is left of the journal, at the start. */
  recovered(records: HubRecord[]): void;
  appended(record: HubRecord): void;
}

/** A store of the simulated disk: what is appended while one sync runs goes out together with the next. */
export class SimStore implements Store {
  readonly hubId = hubId;
  readonly epoch = 1;
  readonly config: StoredConfig | null;
  durableSeq = 0;
  private lastSeq = 0;
  private sum = '';
  private listener: StoreListener | null = null;
  private gathered: HubRecord[] = [];
  private committing = false;
  private pendingConfig: StoredConfig | null = null;
  private broken = false;

  constructor(
    private readonly disk: SimDisk,
    private readonly clock: MachineClock,
    private readonly random: Random,
    private readonly watch: StoreWatch,
  ) {
    this.config = disk.config === null ? null : (JSON.parse(disk.config) as StoredConfig);
  }

  /** Everything appended is durable. */
  get isIdle(): boolean {
    return this.gathered.length === 0 && !this.committing;
  }

  async replay(each: (record: HubRecord) => void): Promise<void> {
    const records: HubRecord[] = [];
    const { sum, lastSeq } = await this.disk.read((record) => records.push(record));
    this.watch.recovered(structuredClone(records));
    for (const record of records) each(record);
    this.sum = sum;
    this.lastSeq = lastSeq;
    this.durableSeq = lastSeq;
  }

  listen(listener: StoreListener): void {
    this.listener = listener;
  }

  append(record: HubRecord): void {
    if (record.seq !== this.lastSeq + 1) throw new Error(`expected record ${this.lastSeq + 1}, got ${record.seq}`);
    this.lastSeq = record.seq;
    if (this.broken) return;
    const recorded = JSON.parse(JSON.stringify(record)) as HubRecord;
    this.gathered.push(recorded);
    this.watch.appended(recorded);
    if (!this.committing) this.commit();
  }

  saveConfig(stored: StoredConfig): void {
    this.pendingConfig = structuredClone(stored);
  }

  /** As a disk that fails: nothing more becomes durable. */
  breakDown(): void {
    this.broken = true;
    this.gathered = [];
    this.listener?.failed(new Error('EIO (simulated)'));
  }

  async close(): Promise<void> {}

  private commit(): void {
    this.committing = true;
    // The write happens a moment after the step, so that bursts share it; a crash before that loses all of it.
    this.clock.after(this.random.chance(0.9) ? 0 : this.random.whole(1, 20), () => {
      if (this.broken) return;
      const batch = this.gathered;
      this.gathered = [];
      for (const record of batch) {
        const { line, sum } = encodeLine(this.sum, batch[0]!.seq, JSON.stringify(record));
        this.sum = sum;
        this.disk.write(line);
      }
      const syncMs = this.random.chance(0.9) ? this.random.whole(0, 4) : this.random.whole(5, 700);
      this.clock.after(syncMs, () => this.synced(batch[batch.length - 1]!.seq));
    });
  }

  private synced(seq: number): void {
    if (this.broken) return;
    this.disk.sync();
    this.durableSeq = seq;
    this.committing = false;
    this.listener?.durable(seq);
    if (this.gathered.length > 0 && !this.committing) this.commit();
    this.clock.after(this.random.whole(0, 200), () => this.saveDurableConfig());
  }

  private saveDurableConfig(): void {
    const stored = this.pendingConfig;
    if (!stored || stored.seq > this.durableSeq || this.broken) return;
    this.pendingConfig = null;
    this.disk.config = JSON.stringify(stored);
  }
}
