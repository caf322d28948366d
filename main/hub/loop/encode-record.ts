import type { MessageView } from '../../../shared/protocol/views';
import { type AddedMessage, encodeAdded } from '../fan-out/envelope';
import { senderOf } from '../fan-out/own-messages';
import type { HubRecord } from '../state/records';

/** A record as its journal line; `only`: the message, also encoded for clients, if that is all the record adds. */
export interface EncodedRecord {
  json: string;
  only: AddedMessage | null;
}

/** The same text as `JSON.stringify`; a record that only adds a message, as most do, shares the message's encoding. */
export function encodeRecord(record: HubRecord): EncodedRecord {
  const message = messageAlone(record);
  if (!message) return { json: JSON.stringify(record), only: null };
  const added = encodeAdded(message, senderOf(record));
  const [routed] = record.events;
  const head = JSON.stringify({ ...record, events: [routed] });
  const json = `${head.slice(0, -2)},{"of":"hub","event":{"type":"message.added","message":${added.json}}}]}`;
  return { json, only: { message, added } };
}

/** The message, if the record changes nothing that `message.added` does not tell clients. */
function messageAlone({ events }: HubRecord): MessageView | null {
  const [routed, added] = events;
  if (events.length !== 2 || routed?.of !== 'routing' || added?.of !== 'hub') return null;
  if (routed.event.type !== 'conversation.message' || added.event.type !== 'message.added') return null;
  return added.event.message;
}
