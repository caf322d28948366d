import type { HubReady } from './load/hub-client';
import { Reception } from './load/reception';
import { ServerProcess } from './load/server-process';
import { type BenchReport, medianOf, ratioOf, reportOf, takeTurns } from './measure';
import type { Sizes } from './sizes';

/** Conversations per second, opened, accepted and closed over the wire: durable against in memory. */
export async function assign({ rounds, assigned: conversations }: Sizes, folder: string): Promise<BenchReport[]> {
  const runs = [await open([`${folder}/hub`]), await open([])] as const;
  for (const { reception } of runs) await reception.assign(conversations);
  await takeTurns(rounds, runs, async ({ reception, perSecond }) => {
    perSecond.push(conversations / (await reception.assign(conversations)));
  });
  for (const { reception, server } of runs) {
    reception.end();
    await server.stop();
  }
  const [durable, inMemory] = runs;
  const rate = (values: number[]) => `${Math.round(medianOf(values))} assignments/s`;
  return [
    reportOf('assign', ratioOf(durable.perSecond, inMemory.perSecond), { atLeast: 0.7 }, [
      ['the hub in memory', rate(inMemory.perSecond)],
      ['the hub', rate(durable.perSecond)],
    ]),
  ];
}

async function open(args: string[]) {
  const server = await ServerProcess.start<HubReady>('hub.mjs', args);
  return { server, reception: await Reception.open(server.ready), perSecond: [] as number[] };
}
