import { type AddedMessage, addedBodies } from '../fan-out/envelope';
import { senderOf } from '../fan-out/own-messages';
import { messageAlone, messageLine } from '../state/message-record';
import type { HubRecord } from '../state/records';

/** A record as its journal line; `only`: the message, and how clients are told it, if that is all the record adds. */
export interface EncodedRecord {
  json: string;
  only: AddedMessage | null;
}

/** A message's text, which may be long, is encoded once for the journal and all clients. */
export function encodeRecord(record: HubRecord): EncodedRecord {
  const message = messageAlone(record);
  if (!message) return { json: JSON.stringify(record), only: null };
  const text = JSON.stringify(message.text);
  const added = addedBodies(message, senderOf(record, true), text);
  return { json: messageLine(record, message, text) ?? JSON.stringify(record), only: { message, added } };
}
