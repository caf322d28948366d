import { createRandom } from '../simulation/random';
import { CoreRouter } from './core-router';
import { type BenchReport, cpuMicroseconds, medianOf, ratioOf, reportOf } from './measure';
import { NaiveRouter } from './naive-router';
import { Office, type OfficeSize } from './office';

const seed = 11;

const growthGoal = 3;
const growthDecisions = 20_000;
const small: OfficeSize = { agents: 10, waiting: 1_000, groups: 5 };
const large: OfficeSize = { agents: 10_000, waiting: 100_000, groups: 5 };

function coreOffice(size: OfficeSize): Office {
  return new Office(new CoreRouter(size.groups), size, createRandom(seed));
}

function costOf(office: Office, decisions: number): number {
  return cpuMicroseconds(() => office.turn(decisions)) / decisions;
}

function perDecision(costs: number[]): string {
  return `${medianOf(costs).toFixed(1)} µs CPU a decision`;
}

/** route.growth: one decision in a large office against one in a small office. */
export function growth(rounds: number): BenchReport {
  const offices = { small: coreOffice(small), large: coreOffice(large) };
  // Warm-up, so that both run compiled code.
  for (const office of [offices.small, offices.large]) office.turn(growthDecisions);
  const costs = { small: [] as number[], large: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    costs.small.push(costOf(offices.small, growthDecisions));
    costs.large.push(costOf(offices.large, growthDecisions));
  }
  for (const office of [offices.small, offices.large]) office.check();
  return reportOf('route.growth', ratioOf(costs.large, costs.small), { atMost: growthGoal }, [
    ['10 agents, 1,000 waiting', perDecision(costs.small)],
    ['10,000 agents, 100,000 waiting', perDecision(costs.large)],
  ]);
}

const naiveGoal = 50;
const coreDecisions = 20_000;
const naiveDecisions = 200;
const middle: OfficeSize = { agents: 1_000, waiting: 1_000, groups: 5 };

/** route.naive: decisions a second against a router that filters and sorts. */
export function naive(rounds: number): BenchReport {
  const core = coreOffice(middle);
  const plain = new Office(new NaiveRouter(), middle, createRandom(seed));
  core.turn(coreDecisions);
  plain.turn(naiveDecisions);
  const costs = { core: [] as number[], naive: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    costs.core.push(costOf(core, coreDecisions));
    costs.naive.push(costOf(plain, naiveDecisions));
  }
  core.check();
  plain.check();
  sameDecisions(core, plain);
  return reportOf('route.naive', ratioOf(costs.naive, costs.core), { atLeast: naiveGoal }, [
    ['the core, 1,000 agents, 1,000 waiting', perDecision(costs.core)],
    ['filter and sort, the same', perDecision(costs.naive)],
  ]);
}

/** Both ran the same office, so their decisions must be equal as far as the slower one got. */
function sameDecisions(core: Office, plain: Office): void {
  for (const [index, expected] of plain.log.entries()) {
    const found = core.log[index];
    if (found?.conversationId === expected.conversationId && found.agentId === expected.agentId) continue;
    throw new Error(`decision ${index} differs: ${JSON.stringify(found)} and ${JSON.stringify(expected)}`);
  }
}
