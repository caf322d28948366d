import type { HubRecord } from './records';

/** The latest records, so that reconnecting clients can resume instead of getting a snapshot. */
export class RecentRecords {
  /** Oldest first, without gaps in `seq`. */
  private records: HubRecord[] = [];

  constructor(readonly keptMax: number) {}

  note(record: HubRecord): void {
    // Records from before an erasure are not replayed to clients.
    if (record.events.some(({ event }) => event.type === 'customer.erased')) this.records = [];
    for (const { event } of record.events)
      if (event.type === 'history.expired') this.records = this.records.filter(({ at }) => at >= event.before);
    this.records.push(record);
    // Trimmed only at twice the size, so that trimming costs next to nothing per record.
    if (this.records.length >= 2 * this.keptMax) this.records = this.records.slice(this.records.length - this.keptMax);
  }

  /** The record `seq` and all after it; null when that is too many, or `seq` is no longer or not yet known. */
  from(seq: number): readonly HubRecord[] | null {
    const first = this.records[0];
    const last = this.records[this.records.length - 1];
    if (!first || !last || seq < first.seq || seq > last.seq || last.seq - seq > this.keptMax) return null;
    return this.records.slice(seq - first.seq);
  }
}
