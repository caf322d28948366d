import { type BenchLine, tableOf } from './measure';
import { type BenchReport, growth, naive } from './route';

const benches: Record<string, () => BenchReport> = { 'route.growth': growth, 'route.naive': naive };

/** `route` means every bench whose name starts with `route.`. */
function chosen(words: string[]): string[] {
  const names = Object.keys(benches);
  if (words.length === 0) return names;
  for (const word of words) {
    if (!names.some((name) => name === word || name.startsWith(`${word}.`))) {
      throw new Error(`there is no bench ${word}; there are ${names.join(', ')}`);
    }
  }
  return names.filter((name) => words.some((word) => name === word || name.startsWith(`${word}.`)));
}

const head = ['bench', 'peer', 'CPU µs a decision', 'ratio', 'min', 'max', 'goal', 'ok'];

function rowsOf({ line, costs }: BenchReport): string[][] {
  const goal = line.bench === 'route.growth' ? `≤ ${line.goal}` : `≥ ${line.goal}`;
  const figures = [line.ratio, line.min, line.max].map(String);
  return costs.map(([peer, cost], index) =>
    index === 0
      ? ['', peer, cost.toFixed(1)]
      : [line.bench, peer, cost.toFixed(1), ...figures, goal, line.ok ? 'yes' : 'no'],
  );
}

try {
  const reports: BenchReport[] = [];
  for (const name of chosen(process.argv.slice(2))) {
    process.stderr.write(`${name} …\n`);
    reports.push(benches[name]!());
  }
  process.stderr.write(`\n${tableOf([head, ...reports.flatMap(rowsOf)])}\n\n`);
  const lines: BenchLine[] = reports.map((report) => report.line);
  for (const line of lines) process.stdout.write(`${JSON.stringify(line)}\n`);
  // A goal that is missed is a finding, not a failure of the run; something lost or doubled has thrown already.
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
