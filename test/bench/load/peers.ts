import { bareHead, markOfBareHead } from './bare-frame';
import { type Frame, HubClient, type HubReady, openTeam } from './hub-client';
import { ServerProcess } from './server-process';
import { Traffic } from './traffic';
import { Wire } from './wire';

/** A server with the same office as the others: agents with conversations in which both sides write. */
export interface Peer {
  name: string;
  server: Pick<ServerProcess, 'cpuMicroseconds' | 'stop'>;
  traffic: Traffic;
}

export async function stopPeers(peers: Peer[], signal?: 'SIGKILL'): Promise<void> {
  for (const { traffic, server } of peers) {
    traffic.end();
    await server.stop(signal);
  }
}

const agentCount = 20;
const conversationsPerAgent = 5;
const customerCount = agentCount * conversationsPerAgent;

/** A sentence, after the message's mark. */
const words = ' Could you tell me when my order will arrive? It was to come last Tuesday.';

/** Sockets are numbered: the customers first, then the agents. */
function placeOfAgentOf(customer: number): number {
  return customerCount + (customer % agentCount);
}

/** The hub. Each agent has their own group, as a relay benchmark should not measure broadcasts to other agents. */
export async function openHubPeer(name: string, dataFolder: string | null): Promise<Peer> {
  const server = await ServerProcess.start<HubReady>('hub.mjs', dataFolder === null ? [] : [dataFolder]);
  const traffic = new Traffic({ acknowledges: true, echoes: true });
  const { agents } = await openTeam(server.ready, {
    agents: agentCount,
    groups: agentCount,
    capacity: conversationsPerAgent,
    settings: { reception: { automatic: true } },
  });
  const customers: HubClient[] = [];
  for (let index = 0; index < customerCount; index += 1) {
    const { client: agent, groupId } = agents[index % agentCount]!;
    const customer = await HubClient.customer(server.ready.customer, `tab-${index}`);
    const begun = agent.until((frame) => isActive(frame, customer.personId));
    await customer.command({ op: 'conversation.open', name: `Customer ${index}`, groupId });
    const { conversationId } = (await begun).conversation;
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
    wire.heard = (text) => readHubFrame(text, wire, traffic);
  return { name, server, traffic };
}

function isActive(frame: Frame, customerId: string): boolean {
  const { name, conversation } = frame;
  return name === 'conversation.changed' && conversation.customerId === customerId && conversation.stage === 'active';
}

const ackStart = '{"type":"ack","cid":"';
const textStart = '"text":"';

/** Parsed without JSON, as the load generator has to be cheaper than the hub. */
function readHubFrame(text: string, wire: Wire, traffic: Traffic) {
  if (text.startsWith(ackStart)) return traffic.acknowledged(numberAt(text, ackStart.length));
  if (text.startsWith('{"type":"refused"')) throw new Error(`the hub refused a message: ${text}`);
  // System lines, for example that an agent joined, do not count.
  if (!text.includes('"name":"message.added"') || text.includes('"kind":"system"')) return;
  traffic.arrived(numberAt(text, text.indexOf(textStart) + textStart.length), wire);
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
  const wires = await openPlaces((place) => `${server.ready.url}?place=${place}`);
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

export async function openSocketIoPeer(name: string): Promise<Peer> {
  const server = await ServerProcess.start<{ url: string }>('socketio.mjs');
  const traffic = new Traffic({ acknowledges: true, echoes: false });
  const wires = await openPlaces((place) => `${server.ready.url}&place=${place}`);
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

async function openPlaces(urlOf: (place: number) => string): Promise<Wire[]> {
  const wires: Wire[] = [];
  for (let place = 0; place < customerCount + agentCount; place += 1) wires.push(await Wire.open(urlOf(place)));
  return wires;
}

/** `speak` returns the function by which `from` sends a message to the socket at `place`. */
function pairUp(wires: Wire[], traffic: Traffic, speak: (from: Wire, place: number) => (mark: number) => void) {
  for (let place = 0; place < customerCount; place += 1) {
    const agentPlace = placeOfAgentOf(place);
    const customer = wires[place]!;
    const agent = wires[agentPlace]!;
    traffic.lane(customer, agent, speak(customer, agentPlace));
    traffic.lane(agent, customer, speak(agent, place));
  }
}
