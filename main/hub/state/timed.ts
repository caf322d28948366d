import type { Step } from './step';

/** A time that never comes. */
export const never = Number.POSITIVE_INFINITY;

/** Work that becomes due by time alone, beside the core's own deadlines. */
export interface Timed {
  /** When it is next due, in epoch ms, or `never`. */
  readonly nextAt: number;
  /** Does what is due by `step.at`, at the beginning of every step. Must be cheap when nothing is due. */
  begin(step: Step): void;
  /** Runs at the end of the step, which may have changed what `nextAt` depends on. */
  end?(step: Step): void;
}
