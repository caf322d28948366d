import { done, type Outcome, refused } from '../session/outcome';
import type { Step } from '../state/step';

/** A command that is the core's alone. */
export function routed(step: Step, command: Parameters<Step['route']>[0]): Outcome<undefined> {
  const { refusal } = step.route(command);
  return refusal ? refused(refusal) : done;
}
