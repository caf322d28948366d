import { type HubRecord, hubRecord } from '../state/records';
import type { Store, StoredConfig, StoreListener } from './store';

/** What a memory store leaves behind, for the next one opened on it: only what became durable. */
export class MemoryDisk {
  lines: string[] = [];
  config: string | null = null;
}

/** The store's twin for tests and sample data. With `flush: 'hand'` nothing is durable until `flush` is called. */
export class MemoryStore implements Store {
  readonly epoch = 1;
  readonly config: StoredConfig | null;
  private pending: { seq: number; line: string }[] = [];
  private pendingConfig: StoredConfig | null = null;
  private listener: StoreListener | null = null;
  private scheduled = false;
  private broken = false;
  private lastSeq = 0;

  constructor(
    readonly hubId: string,
    private readonly mode: 'hand' | 'soon' = 'soon',
    readonly disk = new MemoryDisk(),
  ) {
    this.config = disk.config === null ? null : (JSON.parse(disk.config) as StoredConfig);
  }

  async replay(each: (record: HubRecord) => void): Promise<void> {
    for (const line of this.disk.lines) {
      const record = hubRecord.parse(JSON.parse(line));
      this.lastSeq = record.seq;
      each(record);
    }
  }

  listen(listener: StoreListener): void {
    this.listener = listener;
  }

  append(record: HubRecord): void {
    if (record.seq !== this.lastSeq + 1) throw new Error(`expected record ${this.lastSeq + 1}, got ${record.seq}`);
    this.lastSeq = record.seq;
    if (this.broken) return;
    this.pending.push({ seq: record.seq, line: JSON.stringify(record) });
    if (this.mode === 'hand' || this.scheduled) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  saveConfig(stored: StoredConfig): void {
    this.pendingConfig = structuredClone(stored);
  }

  /** How many records wait to become durable. */
  get waiting(): number {
    return this.pending.length;
  }

  /** Makes everything appended so far durable, in one commit. */
  flush(): void {
    const batch = this.pending;
    this.pending = [];
    const last = batch[batch.length - 1];
    if (this.broken || !last) return;
    this.disk.lines.push(...batch.map((each) => each.line));
    if (this.pendingConfig && this.pendingConfig.seq <= last.seq) {
      this.disk.config = JSON.stringify(this.pendingConfig);
      this.pendingConfig = null;
    }
    this.listener?.durable(last.seq);
  }

  /** As a disk that fails: what waits is lost, and nothing becomes durable any more. */
  breakDown(error: Error): void {
    this.broken = true;
    this.pending = [];
    this.listener?.failed(error);
  }

  async close(): Promise<void> {
    this.flush();
  }
}
