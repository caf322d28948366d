import { createRandom } from './random';
import { Run, type Step } from './runner';
import { closingStep, World } from './world';

export interface SimulationOptions {
  seed: number;
  /** Stops after so many steps … */
  steps: number;
  /** … or after so many simulated days, if that comes first. */
  days?: number;
}

export interface Failure {
  step: number;
  broken: string[];
  /** The last ~25 steps, a line each. */
  story: string[];
}

export interface SimulationResult {
  seed: number;
  steps: number;
  events: number;
  offers: number;
  simulatedMs: number;
  /** All steps, for `minimise`. */
  taken: Step[];
  failure: Failure | null;
}

const storySteps = 25;
const closingStepsMax = 2_000;
const msPerDay = 86_400_000;

/** Runs one seed, then lets everybody finish: no conversation may be left. */
export function simulate({ seed, steps, days = Number.POSITIVE_INFINITY }: SimulationOptions): SimulationResult {
  const run = new Run();
  const world = new World(createRandom(seed), run, createRandom(seed + 2 ** 32), createRandom(seed + 2 ** 33));
  const taken: Step[] = [];
  let startAt = 0;
  let broken: string[] = [];
  while (taken.length < steps && broken.length === 0) {
    if (startAt > 0 && run.at - startAt >= days * msPerDay) break;
    const step = world.next();
    taken.push(step);
    broken = run.perform(step);
    startAt ||= run.at;
  }
  const lived = taken.length;
  if (broken.length === 0) broken = finish(run, taken);
  const failure = broken.length === 0 ? null : { step: taken.length, broken, story: lastSteps(run.story()) };
  const { eventCount: events, offersMade: offers } = run;
  return { seed, steps: lived, events, offers, simulatedMs: run.at - startAt, taken, failure };
}

/** All agents come online, accept and close every conversation; one that is left was lost. */
function finish(run: Run, taken: Step[]): string[] {
  const broken = run.fullLook();
  if (broken.length > 0) return broken;
  const { at } = run;
  const calm: Step[] = [{ command: { type: 'settings.update', at, settings: { customerSilenceSeconds: 0 } } }];
  // Customers of a group without agents could never be served; one agent in all groups serves them.
  const groups = [...run.model.groups.keys()].map((groupId) => ({ groupId, priority: 1 }));
  calm.push({ command: { type: 'agent.put', at, agentId: 'Zoe', name: 'Zoe', capacity: 3, groups } });
  const perform = (step: Step) => {
    taken.push(step);
    return run.perform(step);
  };
  for (const step of calm) {
    const found = perform(step);
    if (found.length > 0) return found;
  }
  for (let count = 0; count < closingStepsMax; count += 1) {
    if (run.model.conversations.size === 0) return run.fullLook();
    const command = closingStep(run.model, run.at);
    const deadline = run.deadline;
    if (!command && deadline === null) break;
    const found = perform({ command: command ?? { type: 'tick', at: deadline! } });
    if (found.length > 0) return found;
  }
  const left = [...run.model.conversations.values()].map((each) => `${each.id} (${each.stage})`);
  return [`I1 lost: with everybody at work, these are never served: ${left.join(', ')}`];
}

function lastSteps(lines: string[]): string[] {
  const asked = lines.flatMap((line, index) => (line.includes('  > ') ? [index] : []));
  return lines.slice(asked.at(-storySteps) ?? 0);
}
