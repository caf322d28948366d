import { defaultLimits, type HubLimits } from '../../../main/hub/limits';
import { encodeRecord } from '../../../main/hub/loop/encode-record';
import { type HubState, replayRecord } from '../../../main/hub/state/hub-state';
import type { HubRecord } from '../../../main/hub/state/records';
import { digestOf } from '../../../main/hub/state/running-digest';
import { startingState } from '../../../main/hub/state/saved-state';
import type { Disk } from '../../../main/hub/store/disk';
import { FileStore } from '../../../main/hub/store/file-store';
import type { Held, StoreProblem } from '../../../main/hub/store/store';
import { createHandClock } from '../../support/hand-clock';
import { inProcessWriter } from './in-process-writer';

/** Small, so that a few dozen records seal several segments, forget closed conversations and fill pages. */
export const rigLimits = {
  ...defaultLimits,
  segmentBytesMax: 4_000,
  closedShownMs: 120_000,
  conversationMessagesMax: 6,
};

/** How long a write of the journal seems to take. */
const syncMs = 1;

/** A disk on which a thread of its own appends, from the second write on. */
export const slowDiskLimits = { ...rigLimits, slowSync: { aboveMs: syncMs / 2, of: 1 } };

/** Everything that was queued in microtasks is done. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** `digests[n]`: of the state after the first n records. */
export function digestsOf(records: readonly HubRecord[]): string[] {
  const state = startingState({ state: null, config: null }, rigLimits);
  return [
    digestOf(state),
    ...records.map((record) => {
      replayRecord(state, structuredClone(record), 0);
      return digestOf(state);
    }),
  ];
}

/** A store over a disk in memory, driven as the hub drives it. */
export class Rig {
  readonly clock = createHandClock(0);
  readonly log: { level: string; event: string; detail?: unknown }[] = [];
  readonly store: FileStore;
  state: HubState = startingState({ state: null, config: null }, rigLimits);
  /** The last record that was said to be on disk. */
  acknowledged = 0;
  problem: StoreProblem | null = null;
  spaces: string[] = [];
  held: readonly Held[] = [];

  private constructor(
    disk: Disk,
    private readonly limits: HubLimits,
  ) {
    const entry = (level: string) => (event: string, detail?: unknown) => void this.log.push({ level, event, detail });
    const log = { info: entry('info'), warn: entry('warn'), error: entry('error') };
    const lock = { publish: async () => undefined, release: async () => undefined };
    const startWriter = inProcessWriter(disk, syncMs);
    this.store = new FileStore('/data', limits, { clock: this.clock, log, startWriter }, lock);
  }

  /** Rejects with a `HubStartError`. */
  static async open(disk: Disk, limits: HubLimits = rigLimits): Promise<Rig> {
    const rig = new Rig(disk, limits);
    await rig.store.load(0);
    await rig.replay();
    return rig;
  }

  append(record: HubRecord): void {
    // The core has applied its own already when the hub appends.
    replayRecord(this.state, structuredClone(record), 0);
    this.store.append(record.seq, encodeRecord(record).json);
  }

  /** After a failure: tries until the disk takes bytes again. `mend` is called when the first try has failed. */
  async recover(mend: () => void = () => undefined): Promise<void> {
    let back = false;
    const recovering = this.store.recovered().then(() => {
      back = true;
    });
    for (let tries = 0; tries < 5 && !back; tries += 1) {
      if (tries === 1) mend();
      this.clock.advance(5_000);
      await settled();
    }
    if (!back) throw new Error('the store did not come back');
    await recovering;
    await this.replay();
  }

  private async replay(): Promise<void> {
    const configSeq = this.store.base.config?.seq ?? 0;
    const state = startingState(this.store.base, this.limits);
    await this.store.replay((record) => void replayRecord(state, record, configSeq));
    this.state = state;
    this.problem = null;
    this.store.listen({
      durable: (seq) => {
        this.acknowledged = seq;
      },
      failed: (problem) => {
        this.problem = problem;
      },
      held: (held) => {
        this.held = held;
      },
      space: (level) => void this.spaces.push(level),
      digest: () => state.digest.of(state),
    });
  }
}
