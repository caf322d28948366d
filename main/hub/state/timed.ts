import type { Step } from './step';

/** A moment that does not come. */
export const never = Number.POSITIVE_INFINITY;

/** What comes with time by itself, beside the routing's own deadlines. */
export interface Timed {
  /** When it is next due, in epoch ms; `never`: not at all. */
  readonly nextAt: number;
  /** Does what is due by `step.at`, before anything else of the step. Cheap when nothing is. */
  begin(step: Step): void;
  /** After the rest of the step, which may have changed what it goes by. */
  end?(step: Step): void;
}
