import { openBarePeer, openHubPeer, type Peer, stopPeers } from './load/peers';
import { type BenchReport, medianOf, percentileOf, ratioOf, reportOf, takeTurns } from './measure';
import type { Sizes } from './sizes';

interface Figures {
  p50Ms: number[];
  p99Ms: number[];
  cpuMicroseconds: number[];
}

/** A message's latency at a steady pace and the CPU it takes: the hub against bare ws that keeps the same promise. */
export async function latency(sizes: Sizes, folder: string): Promise<BenchReport[]> {
  const peers = [
    await openHubPeer('the hub', `${folder}/hub`),
    await openBarePeer('bare ws, durable, acknowledging', 'grouped', `${folder}/journal`),
  ] as const;
  const figures = peers.map((): Figures => ({ p50Ms: [], p99Ms: [], cpuMicroseconds: [] }));
  for (const { traffic } of peers) await traffic.saturate(sizes.warmUp / 4);
  for (const peer of peers) await pace(peer, sizes);
  await takeTurns(sizes.rounds, peers, async (peer, index) => {
    const { p50Ms, p99Ms, cpuMicroseconds } = await pace(peer, sizes);
    figures[index]!.p50Ms.push(p50Ms);
    figures[index]!.p99Ms.push(p99Ms);
    figures[index]!.cpuMicroseconds.push(cpuMicroseconds);
  });
  await stopPeers([...peers]);
  const [hub, durable] = figures as [Figures, Figures];
  const report = (bench: string, of: (figures: Figures) => number[], atMost: number, unit: string) =>
    reportOf(bench, ratioOf(of(hub), of(durable)), { atMost }, [
      [peers[1].name, `${medianOf(of(durable)).toFixed(2)} ${unit}`],
      [peers[0].name, `${medianOf(of(hub)).toFixed(2)} ${unit}`],
    ]);
  return [
    report('latency.p50', ({ p50Ms }) => p50Ms, 1.15, 'ms'),
    report('latency.p99', ({ p99Ms }) => p99Ms, 1.5, 'ms'),
    report('latency.cpu', ({ cpuMicroseconds }) => cpuMicroseconds, 1.3, 'µs CPU a message'),
  ];
}

async function pace({ server, traffic }: Peer, { perSecond, paced }: Sizes) {
  const before = await server.ask('cpuMicroseconds');
  const latenciesMs = await traffic.pace(perSecond, paced);
  const cpuMicroseconds = ((await server.ask('cpuMicroseconds')) - before) / paced;
  return { p50Ms: percentileOf(latenciesMs, 50), p99Ms: percentileOf(latenciesMs, 99), cpuMicroseconds };
}
