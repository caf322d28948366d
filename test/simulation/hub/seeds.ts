/** What runs in CI: neighbouring seeds, and by name every seed that once broke a promise. */
export const firstSeed = 1;
export const seedCount = 24;
export const stepsPerSeed = 200;

export interface PinnedSeed {
  seed: number;
  steps: number;
  /** What it broke. A seed lives another life when the world's acts change. */
  name: string;
}

export const pinnedSeeds: readonly PinnedSeed[] = [];
