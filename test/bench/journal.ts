import { openBarePeer, openHubPeer, stopPeers } from './load/peers';
import { type BenchReport, medianOf, ratioOf, reportOf, takeTurns } from './measure';

const hubMessages = 10_000;
/** Fewer messages, as one sync for each is much slower. */
const eachMessages = 1_000;

/**
 * Durable messages per second under full load: the hub against a server that syncs each message separately. A bare
 * server that shares syncs as the hub does shows the gain of sharing.
 */
export async function journal(rounds: number, folder: string): Promise<BenchReport[]> {
  const runs = [
    { peer: await openHubPeer('the hub', `${folder}/hub`), messages: hubMessages, perSecond: [] as number[] },
    {
      peer: await openBarePeer('one sync per message', 'each', `${folder}/journal`),
      messages: eachMessages,
      perSecond: [] as number[],
    },
    {
      peer: await openBarePeer('append, fdatasync, forward', 'grouped', `${folder}/journal-grouped`),
      messages: hubMessages,
      perSecond: [] as number[],
    },
  ] as const;
  for (const { peer, messages } of runs) await peer.traffic.saturate(messages);
  await takeTurns(rounds, runs, async ({ peer, messages, perSecond }) => {
    perSecond.push(messages / (await peer.traffic.saturate(messages)));
  });
  await stopPeers(runs.map(({ peer }) => peer));
  const [hub, each, grouped] = runs;
  const rate = (values: number[]) => `${Math.round(medianOf(values))} messages/s`;
  return [
    reportOf('journal', ratioOf(hub.perSecond, each.perSecond), { atLeast: 15 }, [
      [each.peer.name, rate(each.perSecond)],
      [grouped.peer.name, rate(grouped.perSecond)],
      [hub.peer.name, rate(hub.perSecond)],
    ]),
  ];
}
