import type { WorkingHours } from '../../../shared/protocol/hours';
import type { Clock } from '../ports';
import { hoursOf } from '../state/config';
import type { HubState } from '../state/hub-state';
import type { Step } from '../state/step';
import type { Timed } from '../state/timed';
import { isOpenAt, nextChangeAt } from './working-hours';

/** A wall clock that goes back by less is being adjusted (as by NTP), not set. */
const setBackMs = 60_000;

/** By some hours, from when it was looked at until `changesAt`. */
interface Look {
  open: boolean;
  changesAt: number | null;
}

const alwaysOpen: Look = { open: true, changesAt: null };

/**
 * HR1: tells the core which groups are open, by the wall clock, which is what people mean by working hours. Unlike the
 * hub's own time it may be set back.
 */
export class OpeningHours implements Timed {
  /** Of the hours themselves, which many groups may follow. */
  private looks = new WeakMap<WorkingHours, Look>();
  /** The next change of any group, on the wall clock. */
  private nextWallAt = Number.NEGATIVE_INFINITY;
  private lookedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly state: HubState,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly wallNow: () => number,
  ) {}

  /** When a group opens or closes next, on the hub's clock. */
  get nextAt(): number {
    return this.clock.now() + Math.max(0, this.nextWallAt - this.wallNow());
  }

  changesAt(groupId: string): number | null {
    const { config } = this.state;
    const group = config.groups.get(groupId);
    const hours = group ? hoursOf(config, group) : null;
    return (hours && this.looks.get(hours)?.changesAt) ?? null;
  }

  begin(step: Step): void {
    this.syncHours(step);
  }

  end(step: Step): void {
    this.syncHours(step);
  }

  /** Opens and closes groups as the time or a change of their hours requires. */
  private syncHours(step: Step) {
    const at = this.wallNow();
    const wasSetBack = at < this.lookedAt - setBackMs;
    if (at < this.nextWallAt && !step.configChanged && !wasSetBack) return;
    if (wasSetBack) this.looks = new WeakMap();
    this.lookedAt = at;
    this.nextWallAt = Number.POSITIVE_INFINITY;
    const { config } = this.state;
    for (const group of [...config.groups.values()]) {
      const { groupId, open } = group;
      const hours = hoursOf(config, group);
      const now = hours === null ? alwaysOpen : this.lookAt(hours, at);
      if (now.open !== open) step.route({ type: 'group.open', groupId, open: now.open });
      this.nextWallAt = Math.min(this.nextWallAt, now.changesAt ?? Number.POSITIVE_INFINITY);
    }
  }

  private lookAt(hours: WorkingHours, at: number): Look {
    const known = this.looks.get(hours);
    if (known && (known.changesAt === null || at < known.changesAt)) return known;
    const look = { open: isOpenAt(hours, at), changesAt: nextChangeAt(hours, at) };
    this.looks.set(hours, look);
    return look;
  }
}
