/** The seeds that run in CI: neighbouring ones, and by name those that reproduce a past bug of the hub. */
export const firstSeed = 1;
export const seedCount = 20;
export const stepsPerSeed = 200;

/** Changing the world's acts changes what a seed does. */
export interface PinnedSeed {
  seed: number;
  steps: number;
  /** The bug it found. */
  name: string;
}

export const pinnedSeeds: readonly PinnedSeed[] = [
  { seed: 7, steps: 80, name: 'a refused customer read the id of the agent who had ended it' },
  { seed: 155, steps: 40, name: 'AR2: who did not acknowledge counted as gone and kept the line, so never came back' },
  { seed: 156, steps: 30, name: 'a device that was signed out was still counted on the screens of others' },
  { seed: 2, steps: 50, name: 'after a restart a resumed workstation took absent colleagues for connected' },
  { seed: 311, steps: 110, name: 'QU5: a second tab was told the new place, and the first never' },
  { seed: 41_000_202, steps: 500, name: 'QU5: the same, by a tab that resumed' },
  { seed: 31_000_820, steps: 318, name: 'a search that a stopping hub cut short was logged as an error' },
  { seed: 8_100_004, steps: 16, name: 'a line that died while catching up took the rest of it from view' },
  { seed: 52_000_114, steps: 40, name: 'frames were read from a line that its client had ended' },
  { seed: 7_700_046, steps: 144, name: 'a long conversation on a page that had been there all along' },
  { seed: 7_700_058, steps: 224, name: 'who was refused another conversation was thought to watch none' },
  { seed: 7_700_026, steps: 328, name: 'a long conversation on a second tab' },
  { seed: 7_700_055, steps: 368, name: 'a long conversation after a resume' },
  { seed: 7_700_077, steps: 376, name: 'a long conversation on two desks' },
  { seed: 7_700_054, steps: 416, name: 'a long conversation, and one that rings again and again' },
  { seed: 817_400_102, steps: 217, name: 'a failed disk kept a customer who returned out, and was taken for a bug' },
];
