import { isDeepStrictEqual } from 'node:util';
import type { AgentSession, CustomerSession, Line } from '../../../main/hub/session/session';
import type { AgentEvent } from '../../../shared/protocol/agent-wire';
import type { CustomerEvent } from '../../../shared/protocol/customer-wire';
import type { ConversationView, CustomerConversationView } from '../../../shared/protocol/views';
import { inspect } from '../../../shared/routing';
import { isHolder, mayKnow } from './access';
import type { HubProcess } from './hub-process';
import type { AgentClient, AssistantClient, Client, CustomerClient } from './people';
import { AgentPicture, CustomerPicture } from './picture';
import { summaryOf } from './summaries';
import type { Truth } from './truth';

/** Compares a client's picture, when nothing is in flight, with a fresh snapshot and with the records. */
export function brokenByPicture(truth: Truth, process: HubProcess, client: Client): string[] {
  if (client.role === 'assistant') return brokenAssistant(truth, process, client);
  return client.role === 'agent' ? brokenAgent(truth, process, client) : brokenCustomer(truth, process, client);
}

/** A line that only collects frames, for a session that the hub does not list. */
function listener(hear: (frame: { type: string }) => void): Line {
  const nothing = () => undefined;
  const send = (text: string) => hear(JSON.parse(text));
  return { address: 'probe', proto: 1, bufferedBytes: 0, send, cork: nothing, uncork: nothing, close: nothing };
}

/** By the records alone: which conversations are with it, and what their customers read. */
function brokenAssistant(truth: Truth, { hub }: HubProcess, client: AssistantClient): string[] {
  const session = hub.sessions.assistant(client.assistantId);
  if (session?.deviceId !== client.deviceId) return [`session: ${client.name} is up and has no session`];
  const assisted = [...(truth.accessAt(truth.lastSeq)?.assisted ?? [])];
  const own = assisted.flatMap(([id, assistantId]) => (assistantId === client.assistantId ? id : []));
  const { conversations, messages } = client.picture;
  const broken = differing(client, 'conversations', [...conversations.keys()].sort(), own.sort());
  for (const [id, told] of messages) {
    const shown = new Set(told.map(({ messageId }) => messageId));
    const first = told[0]?.messageId;
    const said = truth.messagesOf(id).filter(({ from }) => from.kind !== 'note');
    const missing = said.slice(
      Math.max(
        0,
        said.findIndex(({ messageId }) => messageId === first),
      ),
    );
    for (const { messageId } of missing) if (!shown.has(messageId)) broken.push(`${client.name} lacks ${messageId}`);
  }
  return broken;
}

function brokenAgent(truth: Truth, { hub }: HubProcess, client: AgentClient): string[] {
  const session = hub.sessions.agent(client.agentId);
  if (session?.deviceId !== client.deviceId) return [`session: ${client.name} is up and has no session`];
  const fresh = new AgentPicture();
  const line = listener((frame) => frame.type === 'event' && fresh.apply(frame as AgentEvent));
  const probe: AgentSession = {
    ...session,
    line,
    sees: new Set(),
    reads: new Set(),
    leftMessages: new Set(),
    cannedReplies: new Set(),
    devices: new Set(),
  };
  hub.fanOut.snapshot(probe);
  const { picture } = client;
  const parts = ['office', 'settings', 'groups', 'leftMessages', 'devices', 'blocks'] as const;
  const broken: string[] = [];
  for (const part of parts) broken.push(...differing(client, part, picture[part], fresh[part]));
  const conversations = new Map([...fresh.conversations].map(([id, view]) => [id, maybeLate(truth, client, view)]));
  broken.push(...differing(client, 'conversations', picture.conversations, conversations));
  const agents = new Map(
    [...fresh.agents].map(([id, view]) => [id, { ...view, load: lateLoadOf(truth, client, id, view.load) }]),
  );
  broken.push(...differing(client, 'agents', picture.agents, agents));
  for (const [id, newest] of fresh.messages)
    broken.push(...brokenMessages(client, id, picture.messages.get(id) ?? [], newest, truth.messagesOf(id)));
  return [...broken, ...againstRouting(truth, client)];
}

/** PROTOCOL.md, "Once a second": who does not get a conversation's messages may hold what was true a moment ago. */
function maybeLate(truth: Truth, client: AgentClient, view: ConversationView): ConversationView {
  const { conversationId } = view;
  const access = truth.accessAt(truth.lastSeq);
  const reads =
    client.watches.some((watch) => watch.conversationId === conversationId) ||
    (access !== null && isHolder(access, client.agentId, conversationId));
  const shown = client.picture.conversations.get(conversationId);
  if (!shown || reads || !truth.summaries.wasLately(conversationId, shown)) return view;
  return { ...view, ...summaryOf(shown) };
}

/** The same for a colleague's load. */
function lateLoadOf(truth: Truth, client: AgentClient, agentId: string, load: number): number {
  const shown = client.picture.agents.get(agentId)?.load;
  const isLate = shown !== undefined && agentId !== client.agentId && truth.summaries.wasLoadLately(agentId, shown);
  return isLate ? shown : load;
}

/** Uses only the core's view and RULES.md, to find also errors that all clients share. */
function againstRouting(truth: Truth, client: AgentClient): string[] {
  const { picture, agentId } = client;
  const { conversations, agents } = inspect(truth.twin.routing);
  const access = truth.accessAt(truth.lastSeq);
  const broken: string[] = [];
  for (const [id, routed] of Object.entries(conversations)) {
    const mine = picture.conversations.get(id);
    const visible = routed.stage !== 'closed' && access !== null && mayKnow(access, agentId, id);
    if (visible !== (mine !== undefined))
      broken.push(`picture: ${client.name} should${visible ? '' : ' not'} see ${id}`);
    if (!visible || !mine) continue;
    const { stage, groupId, priority, enqueuedAt, flagged } = mine;
    const shown = { stage, groupId, priority, enqueuedAt, flagged, agentId: mine.agentId, offerId: mine.offerId };
    const wanted = Object.fromEntries(
      Object.keys(shown).map((key) => [key, routed[key as keyof typeof routed] ?? null]),
    );
    broken.push(...differing(client, id, shown, wanted));
  }
  for (const [id, { status, connected, load, capacity }] of Object.entries(agents)) {
    const mine = picture.agents.get(id);
    const shown = mine && { status: mine.status, connected: mine.connected, load: mine.load, capacity: mine.capacity };
    // A connect is broadcast at once, a disconnect only after a while.
    const toldConnected = connected || (mine?.connected === true && truth.hasJustGone(id));
    const toldLoad = lateLoadOf(truth, client, id, load);
    broken.push(...differing(client, id, shown, { status, connected: toldConnected, load: toldLoad, capacity }));
  }
  return broken;
}

function brokenCustomer(truth: Truth, { hub }: HubProcess, client: CustomerClient): string[] {
  const session = [...hub.sessions.customer(client.customerId)].find(({ deviceId }) => deviceId === client.deviceId);
  if (!session) return [`session: ${client.name} is up and has no session`];
  const { signed } = session;
  for (const other of hub.sessions.allCustomers())
    if (signed && other.signed?.signedId === signed.signedId && other.customerId !== session.customerId)
      return [`identity: ${signed.signedId} is ${session.customerId} and ${other.customerId} at once`];
  const fresh = new CustomerPicture();
  const line = listener((frame) => frame.type === 'event' && fresh.apply(frame as CustomerEvent));
  const probe: CustomerSession = { ...session, line, shown: null };
  hub.fanOut.customers.snapshot(probe);
  const { picture } = client;
  const broken = differing(client, 'groups', picture.groups, hub.fanOut.customers.groups());
  const shown = picture.conversation;
  // The hub forgets a conversation an hour after its end; a client that shows it keeps it.
  if (!fresh.conversation && shown?.stage === 'closed') return broken;
  if (!shown || !fresh.conversation)
    return shown === fresh.conversation ? broken : [...broken, `picture: ${client.name} has ${JSON.stringify(shown)}`];
  broken.push(...differing(client, 'conversation', withoutWait(shown), withoutWait(fresh.conversation)));
  const all = truth.messagesOf(shown.conversationId).filter(({ from }) => from.kind !== 'note');
  broken.push(...brokenMessages(client, shown.conversationId, picture.messages, fresh.messages, all));
  if (!truth.places.wasLately(shown.conversationId, shown.position) && shown.stage !== 'closed')
    broken.push(`QU5 ${client.name} is told place ${shown.position}, which it has not been lately`);
  return broken;
}

/** The place has its own check, how long it takes is told late, and an ended one's group may have been removed. */
function withoutWait({ longerThanUsual: _, ...shown }: CustomerConversationView): object {
  const mayLeaveMessage = shown.stage === 'waiting' && !shown.nobodyHere ? null : shown.mayLeaveMessage;
  const told = { position: null, estimatedWaitSeconds: null, mayLeaveMessage };
  return { ...shown, ...told, ...(shown.stage === 'closed' ? { groupName: '' } : {}) };
}

interface Said {
  messageId: string;
  cid?: string | undefined;
  text: string;
}

/**
 * PROTOCOL.md, `conversation.history`: a fresh client gets the newest messages, one that has been connected longer may
 * hold more. Each has to hold all messages from some message on.
 */
function brokenMessages(client: Client, id: string, held: Said[], newest: Said[], all: readonly Said[]): string[] {
  const words = ({ messageId, text }: Said) => ({ messageId, text });
  // Ignores `cid`, which depends on when a message was sent to the client; `frame-checks.ts` checks it.
  const shared = ({ cid: _, ...message }: Said) => message;
  const shown = held.slice(-newest.length || held.length);
  return [
    ...differing(client, `newest messages of ${id}`, shown.map(shared), newest.map(shared)),
    ...differing(client, `words in ${id}`, held.map(words), all.slice(-held.length || all.length).map(words)),
  ];
}

function differing(client: Client, what: string, shown: unknown, wanted: unknown): string[] {
  // Not compared as text: a message read from a file may have its keys in another order.
  if (isDeepStrictEqual(shown ?? null, wanted ?? null)) return [];
  const [a, b] = [plain(shown), plain(wanted)];
  let index = 0;
  while (index < a.length && a[index] === b[index]) index += 1;
  const part = (text: string) => text.slice(Math.max(0, index - 120), index + 120);
  return [`picture: ${client.name}'s ${what} is\n    …${part(a)}\n  and should be\n    …${part(b)}`];
}

function plain(value: unknown): string {
  const whole = value instanceof Map ? [...value].sort(([a], [b]) => (a < b ? -1 : 1)) : (value ?? null);
  return JSON.stringify(whole, (_key, part) =>
    isRecord(part) ? Object.fromEntries(Object.entries(part).sort()) : part,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
