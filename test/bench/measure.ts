/** The machines are noisy: only ratios within one run count, the peers taking turns in every round. */
export interface RatioResult {
  median: number;
  min: number;
  max: number;
}

export interface BenchLine {
  bench: string;
  ratio: number;
  min: number;
  max: number;
  goal: number;
  ok: boolean;
}

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

/** The median of the per-round ratios, not the ratio of the medians: each round saw its own machine. */
export function ratioOf(above: number[], below: number[]): RatioResult {
  const ratios = above.map((value, round) => value / below[round]!);
  return { median: medianOf(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
}

const rounded = (value: number) => Math.round(value * 100) / 100;

export function lineOf(bench: string, ratio: RatioResult, goal: { atMost: number } | { atLeast: number }): BenchLine {
  const ok = 'atMost' in goal ? ratio.median <= goal.atMost : ratio.median >= goal.atLeast;
  return {
    bench,
    ratio: rounded(ratio.median),
    min: rounded(ratio.min),
    max: rounded(ratio.max),
    goal: 'atMost' in goal ? goal.atMost : goal.atLeast,
    ok,
  };
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
