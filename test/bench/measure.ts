/** Machines are noisy: mostly ratios within one run count, with the peers taking turns in every round. */
export interface RatioResult {
  median: number;
  min: number;
  max: number;
}

/** What a goal is stated in. */
export type Unit = 'ratio' | 'ms' | 'MiB' | 'percent';

/** The median has the name of its unit: `{"bench":"relay.cpu","ratio":2.1,…}`. */
export type BenchLine = { bench: string; min: number; max: number; goal: number; ok: boolean } & {
  [U in Unit]?: number;
};

/** CPU microseconds of this process (all its threads, so garbage collection counts) while `work` runs. */
export function cpuMicroseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

export function medianOf(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function percentileOf(values: number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))]!;
}

export function rangeOf(values: number[]): RatioResult {
  return { median: medianOf(values), min: Math.min(...values), max: Math.max(...values) };
}

/** The median of the per-round ratios, not the ratio of the medians, as the machine's speed varies between rounds. */
export function ratioOf(above: number[], below: number[]): RatioResult {
  return rangeOf(above.map((value, round) => value / below[round]!));
}

export type Goal = { atMost: number } | { atLeast: number };

export interface BenchReport {
  line: BenchLine;
  goal: Goal;
  /** Readable results: each peer's name, and its median over the rounds with the unit. */
  figures: [string, string][];
}

const rounded = (value: number) => Math.round(value * 100) / 100;

export function reportOf(
  bench: string,
  { median, min, max }: RatioResult,
  goal: Goal,
  figures: [string, string][],
  unit: Unit = 'ratio',
): BenchReport {
  const ok = 'atMost' in goal ? median <= goal.atMost : median >= goal.atLeast;
  const bound = 'atMost' in goal ? goal.atMost : goal.atLeast;
  const line = { bench, [unit]: rounded(median), min: rounded(min), max: rounded(max), goal: bound, ok };
  return { line, goal, figures };
}

/** Runs each peer once per round, rotating the order, so that none always follows the same one. */
export async function takeTurns<T>(
  rounds: number,
  peers: readonly T[],
  work: (peer: T, index: number) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < rounds; round += 1)
    for (let turn = 0; turn < peers.length; turn += 1) {
      const index = (round + turn) % peers.length;
      await work(peers[index]!, index);
    }
}

/** Rows with a head, columns lined up. */
export function tableOf(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
