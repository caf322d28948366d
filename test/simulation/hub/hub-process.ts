import { defaultLimits, type HubLimits } from '../../../main/hub/limits';
import type { Clock } from '../../../main/hub/ports';
import { type Hub, startHub } from '../../../main/hub/start-hub';
import type { Post } from '../../../main/hub/webhooks/post';
import { unlimited } from '../../support/unlimited';
import type { Random } from '../random';
import { type SimDisk, SimStore, SimWriter, type StoreWatch } from './disk';
import { MachineClock, type SimTime } from './time';
import type { WireLine } from './wire';

export const setup = { officeName: 'Harbour Street', supervisorName: 'Sam', passphrase: 'correct horse battery' };

/** The product's limits, lowered so that short runs meet slow clients, snapshots, pages and past customers; passphrases are cheap. */
export const simLimits: HubLimits = {
  ...defaultLimits,
  ...unlimited,
  bufferedBytesMax: 24 * 1024,
  segmentBytesMax: 12 * 1024,
  conversationMessagesMax: 6,
  slowSync: { aboveMs: 2, of: 3 },
  closedShownMs: 5 * 60_000,
  customersKeptMs: 6 * 60_000,
  scryptCost: 16,
};

export interface HubProcessWatch extends StoreWatch {
  logged(level: 'warn' | 'error', event: string, detail: Record<string, unknown> | undefined): void;
}

/** One process of the hub, from its start on a disk to its death. */
export class HubProcess {
  readonly lines = new Set<WireLine>();

  private constructor(
    readonly hub: Hub,
    readonly store: SimStore,
    readonly clock: MachineClock,
    private readonly disk: SimDisk,
    private readonly writer: SimWriter,
    private readonly life: { dead: boolean },
  ) {}

  static async start(
    time: SimTime,
    disk: SimDisk,
    random: Random,
    wallAheadMs: number,
    post: ((clock: Clock) => Post) | undefined,
    watch: HubProcessWatch,
  ): Promise<HubProcess> {
    const clock = new MachineClock(time, wallAheadMs);
    const life = { dead: false };
    const log = (level: 'warn' | 'error') => (event: string, detail?: Record<string, unknown>) => {
      if (!life.dead) watch.logged(level, event, detail);
    };
    const randomBytes = (size: number) => Uint8Array.from({ length: size }, () => random.whole(0, 255));
    const writer = new SimWriter(disk.memory, clock, random);
    const ports = {
      clock,
      randomBytes,
      log: { info: () => undefined, warn: log('warn'), error: log('error') },
      startWriter: writer.start,
    };
    const store = new SimStore(ports, simLimits, {
      recovered: (records, lastSeq) => watch.recovered(records, lastSeq),
      appended: (record) => !life.dead && watch.appended(record),
    });
    await store.load(0);
    const hub = await startHub(store, { setup, sample: false }, ports, simLimits, new Set(), null, post);
    return new HubProcess(hub, store, clock, disk, writer, life);
  }

  /** Everything appended is on disk, and what stands beside the journal, too. */
  get isIdle(): boolean {
    return this.store.isIdle && this.writer.isIdle;
  }

  /** An orderly stop; the process may be killed before it is done. */
  stop(): void {
    this.hub.stop();
    void this.store.close();
  }

  /** Like SIGKILL or a power cut. */
  kill(): void {
    this.life.dead = true;
    this.store.die();
    this.clock.kill();
    this.disk.crash(() => this.writer.die());
    for (const line of this.lines) line.reset();
  }
}
