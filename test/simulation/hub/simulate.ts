import { createRandom } from '../random';
import { HubRun } from './hub-run';
import { World } from './world';

export interface HubSimulationOptions {
  seed: number;
  /** Stops after so many steps … */
  steps: number;
  /** … or after so many simulated days, if that comes first. */
  days?: number;
}

export interface HubFailure {
  step: number;
  broken: string[];
  /** The last ~30 steps. */
  story: string[];
}

export interface HubSimulationResult {
  seed: number;
  steps: number;
  records: number;
  messages: number;
  crashes: number;
  brokenCatchUps: number;
  acks: number;
  /** How often a customer came back who had left the hub's state. */
  returns: number;
  simulatedMs: number;
  failure: HubFailure | null;
}

const storySteps = 30;
const msPerDay = 86_400_000;
const picturesEverySteps = 8;
const brokenShownMax = 6;

/** Runs one seed, then repairs everything: every picture must be right then, and every command answered. */
export async function simulateHub(options: HubSimulationOptions): Promise<HubSimulationResult> {
  const { seed, steps, days = Number.POSITIVE_INFINITY } = options;
  const run = new HubRun(seed);
  const world = new World(createRandom(seed), run);
  const startAt = run.time.now();
  const unhandled = (reason: unknown) => void run.broken.push(`unhandled: ${stackOf(reason)}`);
  process.on('unhandledRejection', unhandled);
  let step = 0;
  try {
    await world.open();
    while (step < steps && run.time.now() - startAt < days * msPerDay && run.broken.length === 0) {
      step += 1;
      await world.step();
      run.checkStep();
      if (step % picturesEverySteps === 0 && run.broken.length === 0) await run.checkPictures();
    }
    if (run.broken.length === 0) await world.mend();
    if (run.broken.length === 0) await run.checkPictures();
    if (run.broken.length === 0) run.checkFolder();
    await new Promise((resolve) => setImmediate(resolve));
  } catch (error) {
    run.broken.push(`thrown: ${stackOf(error)}`);
  } finally {
    process.off('unhandledRejection', unhandled);
    run.close();
  }
  const broken = run.broken.slice(0, brokenShownMax).map((each) => run.story.named(each));
  const failure = broken.length === 0 ? null : { step, broken, story: run.story.last(storySteps) };
  return { seed, steps: step, ...run.figures, simulatedMs: run.time.now() - startAt, failure };
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
