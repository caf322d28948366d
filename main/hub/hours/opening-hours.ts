import type { WorkingHours } from '../../../shared/protocol/hours';
import type { Clock } from '../ports';
import type { HubState } from '../state/hub-state';
import type { Step } from '../state/step';
import type { Timed } from '../state/timed';
import { isOpenAt, nextChangeAt } from './working-hours';

/** A wall clock that goes back by less is being adjusted (as by NTP), not set. */
const setBackMs = 60_000;

interface Known {
  hours: WorkingHours | null;
  changesAt: number | null;
}

/**
 * HR1: tells the core which groups are open, by the wall clock, which is what people mean by working hours. Unlike the
 * hub's own time it may be set back.
 */
export class OpeningHours implements Timed {
  private readonly known = new Map<string, Known>();
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
    return this.known.get(groupId)?.changesAt ?? null;
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
    if (wasSetBack) this.known.clear();
    this.lookedAt = at;
    this.nextWallAt = Number.POSITIVE_INFINITY;
    for (const { groupId, hours, open } of [...this.state.config.groups.values()]) {
      const known = this.known.get(groupId);
      const holds = known?.hours === hours && (known.changesAt === null || at < known.changesAt);
      const changesAt = holds ? known.changesAt : hours && nextChangeAt(hours, at);
      if (!holds) {
        this.known.set(groupId, { hours, changesAt });
        const shouldBeOpen = hours === null || isOpenAt(hours, at);
        if (shouldBeOpen !== open) step.route({ type: 'group.open', groupId, open: shouldBeOpen });
      }
      this.nextWallAt = Math.min(this.nextWallAt, changesAt ?? Number.POSITIVE_INFINITY);
    }
    for (const groupId of this.known.keys()) if (!this.state.config.groups.has(groupId)) this.known.delete(groupId);
  }
}
