import type { MessageView } from '../../../shared/protocol/views';
import { personOf } from './answer-book';
import type { HubRecord } from './records';

/**
 * A record that only adds a message and acknowledges it, as most do, in the journal: half as long as the record itself.
 * Every other record is written as it is.
 */
type MessageLine = [
  seq: number,
  at: number,
  device: string,
  n: number,
  cid: string,
  conversationId: string,
  /** Null: the customer. The agent is the device's person. */
  agentName: string | null,
  text: string,
];

type MessageEvent = Extract<HubRecord['events'][number]['event'], { type: 'message.added' }>;
type Message = MessageEvent['message'];
type Routed = Extract<HubRecord['events'][number], { of: 'routing' }>['event'];

/** The message, if the record changes nothing that `message.added` does not tell clients. */
export function messageAlone({ events }: HubRecord): Message | null {
  const [routed, added] = events;
  if (events.length !== 2 || routed?.of !== 'routing' || added?.of !== 'hub') return null;
  if (routed.event.type !== 'conversation.message' || added.event.type !== 'message.added') return null;
  return added.event.message;
}

/** The record's line; null when it holds anything that the line has no place for. `text`: the message's, as JSON. */
export function messageLine(record: HubRecord, message: Message, text: string): string | null {
  const { seq, at, device, n, answer } = record;
  if (device === undefined || n === undefined || answer?.kind !== 'ack') return null;
  if (!isWhole(record, answer) || !isPlain(message, seq, at) || !isTold(message, record, personOf(device))) return null;
  const { from, conversationId } = message;
  const agentName = from.kind === 'agent' ? JSON.stringify(from.name) : null;
  const ids = `${JSON.stringify(device)},${n},${JSON.stringify(answer.cid)},${JSON.stringify(conversationId)}`;
  return `[${seq},${at},${ids},${agentName},${text}]`;
}

function isWhole(record: HubRecord, answer: object): boolean {
  if (sizeOf(record) !== 6 || sizeOf(answer) !== 2) return false;
  const [routed, added] = record.events as [object, { event: object }];
  return sizeOf(routed) === 2 && sizeOf(added) === 2 && sizeOf(added.event) === 2;
}

function isPlain(message: Message, seq: number, at: number): boolean {
  return sizeOf(message) === 6 && message.messageId === `${seq}.1` && message.at === at && message.line === null;
}

/** The core's event says the same as the message. */
function isTold({ from, conversationId }: Message, { at, events }: HubRecord, person: string): boolean {
  const routed = events[0]?.event as Routed;
  if (routed.type !== 'conversation.message') return false;
  if (routed.at !== at || routed.conversationId !== conversationId || routed.from !== from.kind) return false;
  if (from.kind === 'customer') return sizeOf(routed) === 4 && sizeOf(from) === 1;
  if (from.kind !== 'agent') return false;
  return sizeOf(routed) === 5 && sizeOf(from) === 3 && from.agentId === person && routed.agentId === person;
}

function sizeOf(object: object): number {
  let size = 0;
  for (const _ in object) size += 1;
  return size;
}

/** A record as its line in the journal holds it, by whatever version. Not checked: the line's checksum proves it. */
export function parseRecord(json: string): HubRecord {
  const value = JSON.parse(json) as HubRecord | MessageLine;
  return Array.isArray(value) ? recordOf(value) : value;
}

function recordOf([seq, at, device, n, cid, conversationId, agentName, text]: MessageLine): HubRecord {
  const agentId = personOf(device);
  const isAgent = agentName !== null;
  const from: MessageView['from'] = isAgent ? { kind: 'agent', agentId, name: agentName } : { kind: 'customer' };
  const routed: Routed = isAgent
    ? { type: 'conversation.message', at, conversationId, from: 'agent', agentId }
    : { type: 'conversation.message', at, conversationId, from: 'customer' };
  const message: Message = { messageId: `${seq}.1`, conversationId, at, from, text, line: null };
  return {
    seq,
    at,
    device,
    n,
    answer: { kind: 'ack', cid },
    events: [
      { of: 'routing', event: routed },
      { of: 'hub', event: { type: 'message.added', message } },
    ],
  };
}
