import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { openBarePeer, openHubPeer, type Peer, stopPeers } from './load/peers';
import { type BenchReport, medianOf, percentileOf, ratioOf, reportOf, takeTurns } from './measure';

const perSecond = 1_000;
const messages = 3_000;
const syncs = 200;
/** About the size of one message in the hub's journal. */
const lineBytes = 600;

interface Figures {
  p50Ms: number[];
  p99Ms: number[];
}

/** A message's latency at 1,000 per second: the hub against bare ws, and against the minimal durable server. */
export async function latency(rounds: number, folder: string): Promise<BenchReport[]> {
  const peers = [
    await openHubPeer('the hub', `${folder}/hub`),
    await openBarePeer('bare ws', 'forward'),
    await openBarePeer('append, fdatasync, forward', 'grouped', `${folder}/journal`),
  ];
  const figures = peers.map((): Figures => ({ p50Ms: [], p99Ms: [] }));
  const syncMs: number[] = [];
  for (const peer of peers) await pace(peer);
  await takeTurns(rounds, peers, async (peer, index) => {
    // The disk alone is measured once a round, without other load.
    if (index === 0) syncMs.push(syncMsOf(`${folder}/sync`));
    const { p50Ms, p99Ms } = await pace(peer);
    figures[index]!.p50Ms.push(p50Ms);
    figures[index]!.p99Ms.push(p99Ms);
  });
  await stopPeers(peers);
  const [hub, bare, durable] = figures as [Figures, Figures, Figures];
  const addedMs = hub.p50Ms.map((p50Ms, round) => p50Ms - bare.p50Ms[round]!);
  const shown = (values: number[]) => `${medianOf(values).toFixed(2)} ms`;
  return [
    reportOf('latency.p50', ratioOf(addedMs, syncMs), { atMost: 2.5 }, [
      ['fdatasync', shown(syncMs)],
      ['bare ws', shown(bare.p50Ms)],
      ['append, fdatasync, forward', shown(durable.p50Ms)],
      ['the hub', shown(hub.p50Ms)],
    ]),
    reportOf('latency.p99', ratioOf(hub.p99Ms, durable.p99Ms), { atMost: 1.5 }, [
      ['append, fdatasync, forward', shown(durable.p99Ms)],
      ['the hub', shown(hub.p99Ms)],
    ]),
  ];
}

async function pace({ traffic }: Peer): Promise<{ p50Ms: number; p99Ms: number }> {
  const latenciesMs = await traffic.pace(perSecond, messages);
  return { p50Ms: percentileOf(latenciesMs, 50), p99Ms: percentileOf(latenciesMs, 99) };
}

function syncMsOf(path: string): number {
  const file = openSync(path, 'a', 0o600);
  const line = Buffer.alloc(lineBytes, 'x');
  const takenMs = Array.from({ length: syncs }, () => {
    writeSync(file, line);
    const startedAtMs = performance.now();
    fdatasyncSync(file);
    return performance.now() - startedAtMs;
  });
  closeSync(file);
  return medianOf(takenMs);
}
