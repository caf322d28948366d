import { describe, expect, it } from 'vitest';
import { createRandom } from './random';
import { Run } from './runner';
import { firstSeed, pinnedCommands, pinnedSeeds, seedCount, stepsPerSeed } from './seeds';
import { simulate } from './simulate';

const chunk = 10;

function problemOf(seed: number): string {
  const { failure } = simulate({ seed, steps: stepsPerSeed });
  if (!failure) return '';
  return [`seed ${seed}, step ${failure.step}`, ...failure.broken, ...failure.story].join('\n');
}

describe('simulation', () => {
  const starts = Array.from({ length: seedCount / chunk }, (_, index) => firstSeed + index * chunk);

  it.each(starts)('[I1] to [I12] hold for %i and the 9 seeds after it', (start) => {
    for (let seed = start; seed < start + chunk; seed += 1) expect(problemOf(seed)).toBe('');
  });

  it.each(pinnedSeeds)('[I1] to [I12] hold for seed $seed: $name', ({ seed }) => {
    expect(problemOf(seed)).toBe('');
  });

  it.each(pinnedCommands)('[I1] to [I12] hold in $name', ({ commands }) => {
    const run = new Run();
    for (const command of commands) expect(run.perform({ command })).toEqual([]);
    expect(run.fullLook()).toEqual([]);
  });

  it('lives the same seed the same way twice', () => {
    const [once, again] = [simulate({ seed: 7, steps: 200 }), simulate({ seed: 7, steps: 200 })];
    expect(JSON.stringify(again.taken)).toBe(JSON.stringify(once.taken));
    expect(again.events).toBe(once.events);
  });

  it('does what it is there for: most kinds of events come up', () => {
    const { offers, events } = simulate({ seed: 8, steps: 500 });
    expect(offers).toBeGreaterThan(10);
    expect(events).toBeGreaterThan(200);
  });

  it('draws the same numbers on every machine', () => {
    const random = createRandom(1);
    expect([random.whole(0, 999), random.whole(0, 999), random.whole(0, 999)]).toMatchInlineSnapshot(`
      [
        749,
        832,
        35,
      ]
    `);
  });
});
