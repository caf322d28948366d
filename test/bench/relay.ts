import { mosquitto } from './load/external/mosquitto';
import { nats } from './load/external/nats';
import { redis } from './load/external/redis';
import { isInstalled } from './load/external/stream';
import { openBarePeer, openExternalPeer, openHubPeer, openSocketIoPeer, type Peer, stopPeers } from './load/peers';
import { type BenchReport, medianOf, ratioOf, reportOf, takeTurns } from './measure';
import type { Sizes } from './sizes';

/** Beside the peers of the goals, where they are installed. */
const others = [redis, mosquitto, nats];

interface Figures {
  cpuMicroseconds: number[];
  threadMicroseconds: number[];
  perSecond: number[];
}

const cpu = ({ cpuMicroseconds }: Figures) => `${medianOf(cpuMicroseconds).toFixed(1)} µs CPU a message`;
const rate = ({ perSecond }: Figures) => `${Math.round(medianOf(perSecond))} messages/s`;

/**
 * CPU of the server, and messages per second, under full load: the whole hub against bare `ws` and Socket.IO that keep
 * the same promise: on disk before it is delivered and acknowledged. Bare `ws` that only forwards shows what that costs.
 */
export async function relay({ rounds, relayed, warmUp }: Sizes, folder: string): Promise<BenchReport[]> {
  const peers = [
    await openHubPeer('the hub', `${folder}/hub`),
    await openBarePeer('bare ws, durable, acknowledging', 'grouped', `${folder}/journal`),
    await openSocketIoPeer('Socket.IO, durable, acknowledging', `${folder}/socketio`),
    await openBarePeer('bare ws, forwarding only', 'forward'),
  ] as const;
  const there = others.filter(({ program }) => isInstalled(program));
  const external: Peer[] = [];
  for (const each of there) external.push(await openExternalPeer(each, `${folder}/${each.program}`));
  const figures = await saturate([...peers, ...external], rounds, relayed, warmUp);
  const [hub, durable, socketIo, forwarding] = figures;
  const beside = others.map((each): [string, string] => {
    const found = figures[peers.length + there.indexOf(each)];
    return [each.name, there.includes(each) ? `${cpu(found!)}, ${rate(found!)}` : 'skipped: not installed'];
  });
  return [
    reportOf('relay.cpu', ratioOf(hub!.cpuMicroseconds, durable!.cpuMicroseconds), { atMost: 2.25 }, [
      [peers[3].name, cpu(forwarding!)],
      ...beside,
      [peers[1].name, cpu(durable!)],
      [peers[0].name, cpu(hub!)],
    ]),
    reportOf('relay.socketio', ratioOf(hub!.cpuMicroseconds, socketIo!.cpuMicroseconds), { atMost: 1 }, [
      [peers[2].name, cpu(socketIo!)],
      [peers[0].name, cpu(hub!)],
    ]),
    reportOf('relay.rate', ratioOf(hub!.perSecond, socketIo!.perSecond), { atLeast: 1.1 }, [
      [peers[2].name, rate(socketIo!)],
      [peers[0].name, rate(hub!)],
    ]),
  ];
}

/** What colleagues cost who see a conversation but do not read it: the same office with groups of ten and of one. */
export async function relayInOffice(
  { rounds, relayed, warmUp, colleagues }: Sizes,
  folder: string,
): Promise<BenchReport[]> {
  const size = { agents: 5 * colleagues, conversationsPerAgent: 2 };
  const peers = [
    await openHubPeer(`5 groups of ${colleagues} agents`, `${folder}/groups`, { ...size, groups: 5 }),
    await openHubPeer(`${size.agents} groups of one`, `${folder}/alone`, { ...size, groups: size.agents }),
  ];
  const [groups, alone] = await saturate(peers, rounds, relayed, warmUp);
  const thread = (each: Figures) => `${medianOf(each.threadMicroseconds).toFixed(1)} µs of the hub's thread a message`;
  return [
    reportOf('relay.office', ratioOf(groups!.threadMicroseconds, alone!.threadMicroseconds), { atMost: 1.25 }, [
      [peers[1]!.name, `${thread(alone!)}, ${rate(alone!)}`],
      [peers[0]!.name, `${thread(groups!)}, ${rate(groups!)}`],
    ]),
  ];
}

async function saturate(peers: readonly Peer[], rounds: number, messages: number, warmUp: number): Promise<Figures[]> {
  const figures = peers.map((): Figures => ({ cpuMicroseconds: [], threadMicroseconds: [], perSecond: [] }));
  for (const { traffic } of peers) await traffic.saturate(warmUp);
  await takeTurns(rounds, peers, async ({ server, traffic }, index) => {
    const took = async () => [await server.ask('cpuMicroseconds'), await server.ask('threadCpuMicroseconds')] as const;
    const before = await took();
    const seconds = await traffic.saturate(messages);
    const after = await took();
    figures[index]!.cpuMicroseconds.push((after[0] - before[0]) / messages);
    figures[index]!.threadMicroseconds.push((after[1] - before[1]) / messages);
    figures[index]!.perSecond.push(messages / seconds);
  });
  await stopPeers([...peers]);
  return figures;
}
