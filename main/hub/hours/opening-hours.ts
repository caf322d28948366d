import type { WorkingHours } from '../../../shared/protocol/hours';
import type { Step } from '../loop/step';
import type { HubState } from '../state/hub-state';
import { isOpenAt, nextChangeAt } from './working-hours';

/** A wall clock that goes back by less is being disciplined, not set. */
const setBackMs = 60_000;

interface Known {
  hours: WorkingHours | null;
  changesAt: number | null;
}

/**
 * HR1: tells the core which groups are open, by the wall clock. That is the one people mean, and it may be set back,
 * which the hub's own time never is.
 */
export class OpeningHours {
  private readonly known = new Map<string, Known>();
  /** On the wall clock, over all groups. */
  private nextAt = Number.NEGATIVE_INFINITY;
  private lookedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly state: HubState,
    private readonly wallNow: () => number,
  ) {}

  /** How long until a group opens or closes; infinite when none ever does. */
  get waitMs(): number {
    return Math.max(0, this.nextAt - this.wallNow());
  }

  changesAt(groupId: string): number | null {
    return this.known.get(groupId)?.changesAt ?? null;
  }

  /** Opens and closes what is wrong by now, whether time or the hours have changed. */
  keep(step: Step): void {
    const at = this.wallNow();
    const wasSetBack = at < this.lookedAt - setBackMs;
    if (at < this.nextAt && !step.configChanged && !wasSetBack) return;
    if (wasSetBack) this.known.clear();
    this.lookedAt = at;
    this.nextAt = Number.POSITIVE_INFINITY;
    for (const { groupId, hours, open } of [...this.state.config.groups.values()]) {
      const known = this.known.get(groupId);
      const holds = known?.hours === hours && (known.changesAt === null || at < known.changesAt);
      const changesAt = holds ? known.changesAt : hours && nextChangeAt(hours, at);
      if (!holds) {
        this.known.set(groupId, { hours, changesAt });
        const shouldBeOpen = hours === null || isOpenAt(hours, at);
        if (shouldBeOpen !== open) step.route({ type: 'group.open', groupId, open: shouldBeOpen });
      }
      this.nextAt = Math.min(this.nextAt, changesAt ?? Number.POSITIVE_INFINITY);
    }
    for (const groupId of this.known.keys()) if (!this.state.config.groups.has(groupId)) this.known.delete(groupId);
  }
}
