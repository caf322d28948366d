import { bareHead, markOfBareHead } from './bare-frame';
import type { External } from './external/stream';
import { type Frame, framesOf, HubClient, type HubReady, openTeam } from './hub-client';
import { ServerProcess } from './server-process';
import { Traffic } from './traffic';
import { Wire } from './wire';

/** A server with the same office as the others: agents with conversations in which both sides write. */
export interface Peer {
  name: string;
  server: Pick<ServerProcess, 'ask' | 'stop'>;
  traffic: Traffic;
}

export async function stopPeers(peers: Peer[], signal?: 'SIGKILL'): Promise<void> {
  for (const { traffic, server } of peers) {
    traffic.end();
    await server.stop(signal);
  }
}

/** Agents, with so many conversations each. */
interface OfficeSize {
  agents: number;
  conversationsPerAgent: number;
  /** Every agent is in one of them. */
  groups: number;
}

/** Each agent has their own group, as a relay benchmark should not measure broadcasts to other agents. */
const relayOffice: OfficeSize = { agents: 20, conversationsPerAgent: 5, groups: 20 };
const { agents: agentCount } = relayOffice;
const customerCount = agentCount * relayOffice.conversationsPerAgent;

/** A sentence, after the message's mark. */
const words = ' Could you tell me when my order will arrive? It was to come last Tuesday.';

/** Sockets are numbered: the customers first, then the agents. */
function placeOfAgentOf(customer: number): number {
  return customerCount + (customer % agentCount);
}

/** The hub with this office; in memory without a folder. */
export async function openHubPeer(name: string, dataFolder: string | null, size = relayOffice): Promise<Peer> {
  const server = await ServerProcess.start<HubReady>('hub.mjs', dataFolder === null ? [] : [dataFolder]);
  const { traffic } = await openTraffic(server.ready, size);
  return { name, server, traffic };
}

/** Signs agents and customers in, opens every conversation, and makes a lane of each of its sides. */
export async function openTraffic(
  ready: HubReady,
  size = relayOffice,
): Promise<{ traffic: Traffic; supervisorCode: string }> {
  const traffic = new Traffic({ acknowledges: true, echoes: true });
  const { agents, supervisorCode } = await openTeam(ready, {
    agents: size.agents,
    groups: size.groups,
    capacity: size.conversationsPerAgent,
    settings: { reception: { automatic: true } },
  });
  const byId = new Map(agents.map(({ client }) => [client.personId, client]));
  const customers: HubClient[] = [];
  for (let index = 0; index < size.agents * size.conversationsPerAgent; index += 1) {
    const { client: member, groupId } = agents[index % size.agents]!;
    const customer = await HubClient.customer(ready.customer, `tab-${index}`);
    // Every member of the group is told who has it.
    const begun = member.until((frame) => isActive(frame, customer.personId));
    await customer.command({ op: 'conversation.open', name: `Customer ${index}`, groupId });
    const { conversationId, agentId } = (await begun).conversation;
    const agent = byId.get(agentId)!;
    await agent.command({ op: 'conversation.ack', conversationId });
    customers.push(customer);
    traffic.lane(customer.wire, agent.wire, (mark) =>
      customer.post(String(mark), { op: 'message.send', text: mark + words }),
    );
    traffic.lane(agent.wire, customer.wire, (mark) =>
      agent.post(String(mark), { op: 'message.send', conversationId, text: mark + words }),
    );
  }
  for (const { wire } of [...customers, ...agents.map(({ client }) => client)])
    wire.heard = (text) => {
      for (const frame of framesOf(text)) readHubFrame(frame, wire, traffic);
    };
  return { traffic, supervisorCode };
}

function isActive(frame: Frame, customerId: string): boolean {
  const { name, conversation } = frame;
  return name === 'conversation.changed' && conversation.customerId === customerId && conversation.stage === 'active';
}

const ackStart = '{"type":"ack","cid":"';
const cidStart = '"cid":"';
const textStart = '"text":"';

/** Parsed without JSON, as the load generator has to be cheaper than the hub. */
function readHubFrame(text: string, wire: Wire, traffic: Traffic) {
  if (text.startsWith(ackStart)) return traffic.acknowledged(numberAt(text, ackStart.length));
  if (text.startsWith('{"type":"refused"')) throw new Error(`the hub refused a message: ${text}`);
  const name = text.indexOf('"name":"message.added"');
  // System lines, for example that an agent joined, do not count.
  if (name === -1 || text.includes('"kind":"system"')) return;
  traffic.arrived(numberAt(text, text.indexOf(textStart) + textStart.length), wire);
  // A `cid` before the name: it acknowledges, too.
  const cid = text.lastIndexOf(cidStart, name);
  if (cid !== -1) traffic.acknowledged(numberAt(text, cid + cidStart.length));
}

function numberAt(text: string, from: number): number {
  return Number.parseInt(text.slice(from, from + 12), 10);
}

/** The modes of `servers/bare.ts`. */
export type BareMode = 'forward' | 'acknowledge' | 'each' | 'grouped';

export async function openBarePeer(name: string, mode: BareMode, file?: string): Promise<Peer> {
  const server = await ServerProcess.start<{ url: string }>('bare.mjs', file === undefined ? [mode] : [mode, file]);
  const acknowledges = mode !== 'forward';
  const traffic = new Traffic({ acknowledges, echoes: false });
  const wires = await openPlaces((place) => Wire.open(`${server.ready.url}?place=${place}`));
  // As long as the equivalent command to the hub.
  const filler = `"conversationId":"conversation-0123456789abcdef0123456789","op":"message.send","n":1234,"text":${words}`;
  pairUp(wires, traffic, (from, place) => (mark) => from.send(bareHead(place, mark) + filler));
  for (const wire of wires)
    wire.heard = (text) => {
      const mark = markOfBareHead(text);
      if (text.length > filler.length) traffic.arrived(mark, wire);
      else traffic.acknowledged(mark);
    };
  return { name, server, traffic };
}

/** engine.io's and Socket.IO's own packets, by their first characters. */
const packets = { open: '0', ping: '2', pong: '3', connect: '40', event: '42', ack: '43' };

export async function openSocketIoPeer(name: string, file: string): Promise<Peer> {
  const server = await ServerProcess.start<{ url: string }>('socketio.mjs', [file]);
  const traffic = new Traffic({ acknowledges: true, echoes: false });
  const wires = await openPlaces((place) => Wire.open(`${server.ready.url}&place=${place}`));
  for (const wire of wires) await connectSocketIo(wire);
  pairUp(
    wires,
    traffic,
    (from, place) => (mark) => from.send(`${packets.event}${mark}["message","${place}","${mark}${words}"]`),
  );
  const delivered = `${packets.event}["message","`;
  for (const wire of wires)
    wire.heard = (text) => {
      if (text === packets.ping) wire.send(packets.pong);
      else if (text.startsWith(packets.ack)) traffic.acknowledged(numberAt(text, packets.ack.length));
      else if (text.startsWith(delivered)) traffic.arrived(numberAt(text, delivered.length), wire);
      else throw new Error(`Socket.IO said ${text}`);
    };
  return { name, server, traffic };
}

function connectSocketIo(wire: Wire): Promise<void> {
  return new Promise((resolve) => {
    wire.heard = (text) => {
      if (text.startsWith(packets.connect)) resolve();
    };
    wire.send(packets.connect);
  });
}

/** A server that is installed beside the project. */
export async function openExternalPeer(external: External, folder: string): Promise<Peer> {
  const { port, server } = await external.start(folder);
  const traffic = new Traffic({ acknowledges: true, echoes: false });
  const sides = await openPlaces((place) => external.open(port, place, traffic));
  pairUp(sides, traffic, (from, place) => (mark) => from.speak(place, mark));
  return { name: external.name, server, traffic };
}

async function openPlaces<Side>(open: (place: number) => Promise<Side>): Promise<Side[]> {
  const sides: Side[] = [];
  for (let place = 0; place < customerCount + agentCount; place += 1) sides.push(await open(place));
  return sides;
}

/** `speak` returns the function by which `from` sends a message to the socket at `place`. */
function pairUp<Side extends { close(): void }>(
  sides: Side[],
  traffic: Traffic,
  speak: (from: Side, place: number) => (mark: number) => void,
) {
  for (let place = 0; place < customerCount; place += 1) {
    const agentPlace = placeOfAgentOf(place);
    const customer = sides[place]!;
    const agent = sides[agentPlace]!;
    traffic.lane(customer, agent, speak(customer, agentPlace));
    traffic.lane(agent, customer, speak(agent, place));
  }
}
