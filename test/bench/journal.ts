import { openBarePeer, openHubPeer, stopPeers } from './load/peers';
import { type BenchReport, medianOf, ratioOf, reportOf, takeTurns } from './measure';
import type { Sizes } from './sizes';

/** Durable messages per second under full load: the hub against a bare server that shares its syncs in the same way. */
export async function journal({ rounds, relayed, warmUp }: Sizes, folder: string): Promise<BenchReport[]> {
  const runs = [
    { peer: await openHubPeer('the hub', `${folder}/hub`), perSecond: [] as number[] },
    {
      peer: await openBarePeer('bare ws, durable, acknowledging', 'grouped', `${folder}/journal`),
      perSecond: [] as number[],
    },
  ] as const;
  for (const { peer } of runs) await peer.traffic.saturate(warmUp);
  await takeTurns(rounds, runs, async ({ peer, perSecond }) => {
    perSecond.push(relayed / (await peer.traffic.saturate(relayed)));
  });
  await stopPeers(runs.map(({ peer }) => peer));
  const [hub, grouped] = runs;
  const rate = (values: number[]) => `${Math.round(medianOf(values))} messages/s`;
  return [
    reportOf('journal', ratioOf(hub.perSecond, grouped.perSecond), { atLeast: 0.7 }, [
      [grouped.peer.name, rate(grouped.perSecond)],
      [hub.peer.name, rate(hub.perSecond)],
    ]),
  ];
}
