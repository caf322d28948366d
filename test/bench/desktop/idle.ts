import { readdirSync, readFileSync } from 'node:fs';
import { deskOf } from '../../e2e/pages/desk';
import type { Desktop } from '../../support/electron';
import { type BenchReport, rangeOf, reportOf } from '../measure';
import type { Sizes } from '../sizes';
import { openBareWindow, openDesktop } from './apps';
import { newOffice } from './office';

/**
 * What an empty desk with its hub takes of one core, all its processes together, while nothing happens; beside it an
 * empty window, which shows what is Electron's own and the driver's. Linux only.
 */
export async function idleDesk({ rounds, idleMs }: Sizes, folder: string): Promise<BenchReport[]> {
  await newOffice(folder);
  const bare = await percentOf(await openBareWindow(`${folder}/bare`), rounds, idleMs);
  const desktop = await openDesktop(folder);
  await deskOf(desktop.page).openChats();
  const percent = await percentOf(desktop, rounds, idleMs);
  const shown = (values: number[]) => `${rangeOf(values).median.toFixed(2)} % of a core`;
  const figures: [string, string][] = [
    ['an empty window', shown(bare)],
    ['Foyer, hosting the hub', shown(percent)],
  ];
  return [reportOf('desktop.idle', rangeOf(percent), { atMost: 0.3 }, figures, 'percent')];
}

/** For each round; ends the app. */
async function percentOf(desktop: Desktop, rounds: number, idleMs: number): Promise<number[]> {
  const pid = desktop.app.process().pid!;
  const percent: number[] = [];
  // What a start leaves to do is over by the first look.
  await later(Math.min(10_000, idleMs));
  for (let round = 0; round < rounds; round += 1) {
    const before = cpuMs(pid);
    const startedAtMs = performance.now();
    await later(idleMs);
    percent.push((100 * (cpuMs(pid) - before)) / (performance.now() - startedAtMs));
  }
  await desktop.quit();
  return percent;
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Of a process and all that it started. */
function cpuMs(pid: number): number {
  const own = statOf(pid);
  return own.cpuMs + childrenOf(pid).reduce((sum, child) => sum + cpuMs(child), 0);
}

const ticksPerSecond = 100;

function statOf(pid: number): { parent: number; cpuMs: number } {
  try {
    // The name, in brackets, may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return { parent: Number(fields[1]), cpuMs: ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond };
  } catch {
    return { parent: 0, cpuMs: 0 };
  }
}

function childrenOf(pid: number): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return all.filter((each) => statOf(each).parent === pid);
}
