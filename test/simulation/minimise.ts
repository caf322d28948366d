import { Run, type Step } from './runner';

/** The ids of the broken rules: a shorter story has to break the same rule, not just any. */
function ruleOf(broken: string[]): string {
  // The core's own checks come as `core: I7: …`.
  return broken[0]?.replace('core: ', '').split(' ')[0] ?? '';
}

function firstBroken(steps: Step[]): { broken: string[]; run: Run; used: number } {
  const run = new Run();
  for (const [index, step] of steps.entries()) {
    const command = { ...step.command, at: step.command.at };
    const broken = run.perform({ ...step, command });
    if (broken.length > 0) return { broken, run, used: index + 1 };
  }
  return { broken: run.fullLook(), run, used: steps.length };
}

/** The fewest steps found that still break the same rule (delta debugging, a chunk at a time). */
export function minimise(taken: Step[]): { steps: Step[]; broken: string[]; story: string[] } {
  const first = firstBroken(taken);
  const rule = ruleOf(first.broken);
  let steps = taken.slice(0, first.used);
  for (let chunk = Math.ceil(steps.length / 2); chunk >= 1; chunk = chunk === 1 ? 0 : Math.ceil(chunk / 2)) {
    for (let from = steps.length - chunk; from > -chunk; from -= chunk) {
      const shorter = steps.filter((_, index) => index < from || index >= from + chunk);
      const found = firstBroken(shorter);
      if (found.broken.length > 0 && ruleOf(found.broken) === rule) steps = shorter.slice(0, found.used);
    }
  }
  const last = firstBroken(steps);
  return { steps, broken: last.broken, story: last.run.story() };
}
