import { describe, expect, it } from 'vitest';
import { firstSeed, pinnedSeeds, seedCount, stepsPerSeed } from './seeds';
import { type HubSimulationResult, simulateHub } from './simulate';

const chunk = 2;

function problemOf({ seed, failure }: HubSimulationResult): string {
  if (!failure) return '';
  return [`seed ${seed}, step ${failure.step}`, ...failure.broken, ...failure.story].join('\n');
}

describe('simulation of the whole hub', () => {
  const starts = Array.from({ length: seedCount / chunk }, (_, index) => firstSeed + index * chunk);

  it.each(starts)(
    'nothing acknowledged is lost, doubled or shown to others for %i and the seed after it',
    async (start) => {
      for (let seed = start; seed < start + chunk; seed += 1)
        expect(problemOf(await simulateHub({ seed, steps: stepsPerSeed }))).toBe('');
    },
  );

  it.each(pinnedSeeds)('seed $seed: $name', async ({ seed, steps }) => {
    expect(problemOf(await simulateHub({ seed, steps }))).toBe('');
  });

  it('lives the same seed the same way twice', async () => {
    const once = await simulateHub({ seed: 7, steps: 120 });
    expect(await simulateHub({ seed: 7, steps: 120 })).toEqual(once);
  });

  it('does what it is there for: crashes, broken catch-ups, and answers to check', async () => {
    const { crashes, brokenCatchUps, acks, messages } = await simulateHub({ seed: 3, steps: 300 });
    expect(crashes).toBeGreaterThan(0);
    expect(brokenCatchUps).toBeGreaterThan(5);
    expect(acks).toBeGreaterThan(50);
    expect(messages).toBeGreaterThan(20);
  });

  it('has customers who come back after they left the state', async () => {
    expect((await simulateHub({ seed: 700_004, steps: 300 })).returns).toBeGreaterThan(0);
  });
});
