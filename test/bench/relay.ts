import { openBarePeer, openHubPeer, openSocketIoPeer, type Peer, stopPeers } from './load/peers';
import { type BenchReport, medianOf, ratioOf, reportOf, takeTurns } from './measure';

const messages = 10_000;
/** Warm-up messages, so that all run compiled code; the hub has the most of it. */
const warmUpMessages = 40_000;

interface Figures {
  cpuMicroseconds: number[];
  perSecond: number[];
}

/**
 * The whole hub, durable, against bare `ws` and Socket.IO: CPU of the server, and messages per second, under full load.
 * Two more bare servers show the cost of an acknowledgement, and the least for a durable relay.
 */
export async function relay(rounds: number, folder: string): Promise<BenchReport[]> {
  const peers = [
    await openHubPeer('the hub', `${folder}/hub`),
    await openBarePeer('bare ws', 'forward'),
    await openBarePeer('bare ws, acknowledging', 'acknowledge'),
    await openBarePeer('append, fdatasync, forward', 'grouped', `${folder}/journal`),
    await openSocketIoPeer('Socket.IO'),
  ];
  const figures = peers.map((): Figures => ({ cpuMicroseconds: [], perSecond: [] }));
  for (const { traffic } of peers) await traffic.saturate(warmUpMessages);
  await takeTurns(rounds, peers, async (peer, index) => {
    const { cpuMicroseconds, perSecond } = await saturate(peer);
    figures[index]!.cpuMicroseconds.push(cpuMicroseconds);
    figures[index]!.perSecond.push(perSecond);
  });
  await stopPeers(peers);
  const [hub, bare, acknowledging, durable, socketIo] = figures as [Figures, Figures, Figures, Figures, Figures];
  const cpu = ({ cpuMicroseconds }: Figures) => `${medianOf(cpuMicroseconds).toFixed(1)} µs CPU a message`;
  const rate = ({ perSecond }: Figures) => `${Math.round(medianOf(perSecond))} messages/s`;
  return [
    reportOf('relay.cpu', ratioOf(hub.cpuMicroseconds, bare.cpuMicroseconds), { atMost: 1.3 }, [
      ['bare ws', cpu(bare)],
      ['bare ws, acknowledging', cpu(acknowledging)],
      ['append, fdatasync, forward', cpu(durable)],
      ['the hub', cpu(hub)],
    ]),
    reportOf('relay.socketio', ratioOf(hub.cpuMicroseconds, socketIo.cpuMicroseconds), { atMost: 0.75 }, [
      ['Socket.IO', cpu(socketIo)],
      ['the hub', cpu(hub)],
    ]),
    reportOf('relay.rate', ratioOf(hub.perSecond, socketIo.perSecond), { atLeast: 1.1 }, [
      ['Socket.IO', rate(socketIo)],
      ['the hub', rate(hub)],
    ]),
  ];
}

async function saturate({ server, traffic }: Peer): Promise<{ cpuMicroseconds: number; perSecond: number }> {
  const before = await server.cpuMicroseconds();
  const seconds = await traffic.saturate(messages);
  const after = await server.cpuMicroseconds();
  return {
    cpuMicroseconds: (after - before) / messages,
    perSecond: messages / seconds,
  };
}
