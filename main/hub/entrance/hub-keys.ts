import type { AuditActor } from '../../../shared/protocol/audit';
import type { Loop } from '../loop/loop';
import { type Disk, isDiskError } from '../store/disk';
import {
  bothKeysMs,
  findNextHubKey,
  type HubKey,
  type HubPins,
  makeNextHubKey,
  openHubKey,
  takeNextHubKey,
} from '../store/hub-key';

/** The part of the loop that records a key change and tells clients of it. */
type KeyLoop = Pick<Loop, 'now' | 'step' | 'fanOut' | 'log' | 'closedBecause'>;

/**
 * The hub's key and its rotation: every desktop is told the next key over its authenticated line and trusts both; after
 * `bothKeysMs`, or on request, the next replaces the present one. A desktop that was not connected in between has to
 * join again.
 */
export class HubKeys {
  /** Called when the key has changed, so that listeners and the LAN advertisement use it. */
  switched: (key: HubKey) => void = () => undefined;
  private isMaking = false;

  private constructor(
    private readonly disk: Disk,
    private readonly folder: string,
    private current: HubKey,
    private next: HubKey | null,
  ) {}

  static async open(disk: Disk, folder: string): Promise<HubKeys> {
    const current = await openHubKey(disk, folder);
    const next = findNextHubKey(disk, folder);
    const keys = new HubKeys(disk, folder, current, next);
    // A crash interrupted the switch: complete it.
    if (next?.fingerprint === current.fingerprint) keys.takeNext();
    return keys;
  }

  get present(): HubKey {
    return this.current;
  }

  get pins(): HubPins {
    const { current, next } = this;
    return {
      pins: [current.fingerprint, ...(next ? [next.fingerprint] : [])],
      switchesAt: next && next.madeAt + bothKeysMs,
    };
  }

  /** Does nothing when there is a next key already. */
  async prepare(loop: KeyLoop, by: AuditActor): Promise<void> {
    if (this.next || this.isMaking) return;
    this.isMaking = true;
    try {
      this.next = await makeNextHubKey(this.disk, this.folder, loop.now());
    } finally {
      this.isMaking = false;
    }
    this.tell(loop, by, 'hubKey.prepare');
  }

  /** False when there is no next key. */
  finish(loop: KeyLoop, by: AuditActor): boolean {
    if (!this.next) return false;
    this.takeNext();
    // Before anything that can fail: new connections must meet the key that is on disk.
    this.switched(this.current);
    this.tell(loop, by, 'hubKey.switch');
    return true;
  }

  /** Switches once the next key is due, on the first connection to a hub that can record it. */
  keep(loop: KeyLoop): void {
    if (loop.closedBecause) return;
    const { switchesAt } = this.pins;
    if (switchesAt === null || loop.now() < switchesAt) return;
    try {
      this.finish(loop, { kind: 'hub' });
    } catch (error) {
      if (!isDiskError(error)) throw error;
      // Tried again on the next connection.
      loop.log.error('hubKey.notSwitched', { message: String(error) });
    }
  }

  private takeNext() {
    takeNextHubKey(this.disk, this.folder);
    this.current = this.next ?? this.current;
    this.next = null;
  }

  private tell(loop: KeyLoop, by: AuditActor, action: 'hubKey.prepare' | 'hubKey.switch') {
    const { pins } = this.pins;
    const changes = [{ field: 'hubKey', before: null, after: (pins.at(-1) ?? '').slice(0, 8) }];
    loop.step((step) => step.note({ by, action, subject: null, changes }));
    loop.fanOut.access.hubKey(this.pins);
    loop.log.info(action, {});
  }
}
