import { type AgentEvent, toAgent } from '../../../shared/protocol/agent-wire';
import { type AssistantEvent, toAssistant } from '../../../shared/protocol/assistant-wire';
import { type CustomerEvent, toCustomer } from '../../../shared/protocol/customer-wire';
import { type Access, isHolder, mayKnow, mayKnowLeftMessage } from './access';
import type { AgentClient, AssistantClient, Client, CustomerClient } from './people';
import { saidPattern, type Truth } from './truth';
import type { WireLine } from './wire';

/** Markers in what only agents may read, and how the hub makes their ids. */
const forAgentsOnly = /note#|reason#|agent-[\w-]{16}/;

const schemas = { agent: toAgent, assistant: toAssistant, customer: toCustomer };

interface Frame {
  type: string;
  cid?: string;
  mode?: 'resume' | 'snapshot';
  seq?: number;
  prev?: number;
}

/** Checks a frame that reaches a client: its schema, its place in the stream, and whether the client may see it. */
export function brokenByFrame(truth: Truth, client: Client, text: string, line: WireLine): string[] {
  const frame = JSON.parse(text) as Frame;
  const parsed = schemas[client.role].safeParse(frame);
  if (!parsed.success) return [`schema: ${client.name} gets ${text}: ${parsed.error.message}`];
  const { data } = parsed;
  const broken = [...brokenByOrder(client, frame, line), ...brokenByAnswer(client, frame, line)];
  if (data.type === 'event') broken.push(...brokenByOwner(truth, client, data, line));
  if (client.role === 'customer') return [...broken, ...brokenForCustomer(client, text)];
  if (client.role === 'assistant') return [...broken, ...brokenForAssistant(truth, client, text, data, line)];
  if (data.type !== 'event') return broken;
  return [...broken, ...brokenForAgent(truth, client, data as AgentEvent, line)];
}

/** As the hub records whose device it is. */
export function personOf(client: Client): string {
  if (client.role === 'customer') return client.customerId;
  return client.role === 'agent' ? client.agentId : client.assistantId;
}

/** PROTOCOL.md, "Welcome, events, caughtUp": until `caughtUp` the stream stays at the client's cursor. */
function brokenByOrder(client: Client, { type, mode, seq = 0, prev }: Frame, { place }: WireLine): string[] {
  const { since, toldSeq, lastSeq, catchingUp } = place;
  const wrong = (what: string) => [`stream: ${client.name} gets ${what} ${catchingUp ? 'while it catches up' : ''}`];
  if (type === 'welcome') {
    place.toldSeq = seq;
    place.lastSeq = mode === 'resume' ? since : 0;
    return toldSeq === null ? [] : wrong('a second welcome');
  }
  if (type === 'caughtUp') {
    Object.assign(place, { lastSeq: seq, catchingUp: false });
    return seq === toldSeq ? [] : wrong(`caughtUp ${seq} after welcome ${toldSeq}`);
  }
  if (type !== 'event') return [];
  place.lastSeq = seq;
  if (prev !== lastSeq) return wrong(`prev ${prev} after ${lastSeq}`);
  return catchingUp && seq !== prev ? wrong(`seq ${seq} after ${lastSeq}`) : [];
}

/** PROTOCOL.md, "Commands": each is answered once each time it is sent, in protocol 2 perhaps by an event. */
function brokenByAnswer(client: Client, { type, cid }: Frame, { place }: WireLine): string[] {
  if (cid === undefined || cid === 'hello') return [];
  if (type === 'event' && (client.proto === 1 || place.catchingUp))
    return [`answer: ${client.name} gets ${cid} by an event`];
  const times = place.unanswered.get(cid) ?? 0;
  place.unanswered.set(cid, times - 1);
  return times > 0 ? [] : [`answer: ${client.name} gets ${cid} once more than it was sent`];
}

/**
 * PROTOCOL.md, "Own messages": the `cid` goes only to the device that sent the message; in a catch-up at least
 * for what has no answer yet.
 */
function brokenByOwner(
  truth: Truth,
  client: Client,
  event: AgentEvent | AssistantEvent | CustomerEvent,
  { place }: WireLine,
): string[] {
  const messages =
    event.name === 'message.added' ? [event.message] : event.name === 'conversation.history' ? event.messages : [];
  const device = `${personOf(client)}/${client.deviceId}`;
  return messages.flatMap(({ messageId, cid, from }) => {
    const record = truth.record(Number.parseInt(messageId, 10));
    const isOwn = from.kind !== 'system' && record?.device === device;
    const own = isOwn ? record?.answer?.cid : undefined;
    const isForgotten = cid === undefined && (place.catchingUp || event.name === 'conversation.history');
    const mayBeForgotten = isForgotten && client.connection.outbox.every((entry) => entry.cid !== own);
    return cid === own || mayBeForgotten ? [] : [`own: ${client.name} gets ${messageId} with ${cid}, not ${own}`];
  });
}

/** BO4: only of what is with it, and never what only agents may read. */
function brokenForAssistant(
  truth: Truth,
  client: AssistantClient,
  text: string,
  data: { type: string },
  { place }: WireLine,
): string[] {
  const secret = forAgentsOnly.exec(text);
  const broken = secret ? [`secret: ${client.name} reads ${secret[0]} in ${text}`] : [];
  if (data.type !== 'event') return broken;
  const event = data as AssistantEvent;
  if (event.name === 'conversation.removed') return broken;
  const { conversationId } =
    event.name === 'conversation.changed' ? event.conversation : event.name === 'message.added' ? event.message : event;
  const seq = place.catchingUp ? (place.toldSeq ?? 0) : event.seq;
  const isWith = truth.accessAt(seq)?.assisted.get(conversationId) === client.assistantId;
  return isWith ? broken : [...broken, `secret: ${client.name} gets ${event.name} of ${conversationId}`];
}

function brokenForCustomer(client: CustomerClient, text: string): string[] {
  const broken: string[] = [];
  const secret = forAgentsOnly.exec(text);
  if (secret) broken.push(`secret: ${client.name} reads ${secret[0]} in ${text}`);
  for (const [said, , customerName] of text.matchAll(saidPattern))
    if (customerName !== client.browser.customerName) broken.push(`secret: ${client.name} reads “${said}”`);
  return broken;
}

function brokenForAgent(truth: Truth, client: AgentClient, event: AgentEvent, { place }: WireLine): string[] {
  const seq = place.catchingUp ? (place.toldSeq ?? 0) : event.seq;
  // The agent who lost the conversation in this step still gets its messages.
  const now = truth.accessAt(seq);
  const before = truth.accessAt(seq - 1) ?? now;
  if (!now || !before) return [`early: ${client.name} hears of record ${seq}, which is not there`];
  const { agentId } = client;
  const either = (may: (access: Access) => boolean) => may(now) || may(before);
  const refused = (what: string) => [`secret: ${client.name} gets ${what} in ${event.name}`];
  switch (event.name) {
    case 'conversation.changed': {
      const { conversationId } = event.conversation;
      return either((access) => mayKnow(access, agentId, conversationId)) ? [] : refused(conversationId);
    }
    case 'message.added':
    case 'conversation.history': {
      const conversationId = event.name === 'message.added' ? event.message.conversationId : event.conversationId;
      const watches = client.watches.some((watch) => watch.conversationId === conversationId);
      const may = (access: Access) =>
        isHolder(access, agentId, conversationId) || (watches && mayKnow(access, agentId, conversationId));
      return either(may) ? [] : refused(`the messages of ${conversationId}`);
    }
    case 'leftMessage.added': {
      const { leftMessageId } = event.leftMessage;
      return either((access) => mayKnowLeftMessage(access, agentId, leftMessageId)) ? [] : refused(leftMessageId);
    }
    // A removal has nothing but an id.
    case 'device.changed': {
      const isOwn = event.device.agentId === agentId;
      return isOwn || either((access) => access.supervisors.has(agentId)) ? [] : refused('a device');
    }
    case 'blocks.changed':
      return event.blocks.length === 0 || either((access) => access.supervisors.has(agentId))
        ? []
        : refused('who is blocked');
    case 'agent.changed': {
      const isOwn = event.agent.agentId === agentId;
      return isOwn || event.agent.missed === null ? [] : refused('whom a colleague missed');
    }
    default:
      return [];
  }
}
