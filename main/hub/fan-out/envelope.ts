import type { AgentEvent } from '../../../shared/protocol/agent-wire';
import type { AssistantEvent } from '../../../shared/protocol/assistant-wire';
import type { CustomerEvent } from '../../../shared/protocol/customer-wire';
import type { MessageView } from '../../../shared/protocol/views';
import type { Session } from '../session/session';
import { once } from './once';
import { customerMessageOf } from './views';

type BodyOf<E> = E extends unknown ? Omit<E, 'type' | 'seq' | 'prev' | 'at'> : never;
export type AgentEventBody = BodyOf<AgentEvent>;
export type CustomerEventBody = BodyOf<CustomerEvent>;
type AssistantEventBody = BodyOf<AssistantEvent>;

/** An event without its envelope, encoded once for everyone who gets it. */
export function encodeBody(body: AgentEventBody | CustomerEventBody | AssistantEventBody): string {
  return JSON.stringify(body).slice(1);
}

/** The device that sent a message, by its `deviceKey`, and the `cid` of its command. */
export interface Sender {
  device: string;
  cid: string;
  /** The message alone says all that the command's `ack` would. */
  echoIsAck: boolean;
}

/** The `message.added` bodies of a message, each made when somebody gets it; one where both sides may read the same. */
export interface AddedBodies {
  forAgents(): string;
  /** null: not for customers. */
  forCustomers(): string | null;
  /** null: from the hub itself. */
  sender: Sender | null;
}

/** The message of a record that does nothing but add one. */
export interface AddedMessage {
  message: MessageView;
  added: AddedBodies;
}

const addedHead = '"name":"message.added","message":{';

/** `text`: the message's, as JSON; handed in where the journal has it, too. */
export function addedBodies(
  message: MessageView,
  sender: Sender | null,
  text = JSON.stringify(message.text),
): AddedBodies {
  const { messageId, conversationId, at, from, line, attachments, unread } = message;
  const bodyFrom = (shown: object, last = '') => {
    const files = attachments ? `,"attachments":${JSON.stringify(attachments)}` : '';
    const head = `${addedHead}"messageId":"${messageId}","conversationId":"${conversationId}","at":${at},"from":`;
    return `${head}${JSON.stringify(shown)},"text":${text},"line":${JSON.stringify(line)}${files}${last}}}`;
  };
  const forAgents = once(() => bodyFrom(from, unread ? `,"unread":${JSON.stringify(unread)}` : ''));
  const forCustomers = once(() => {
    const seen = customerMessageOf(message)?.from;
    if (!seen) return null;
    return seen === from ? forAgents() : bodyFrom(seen);
  });
  return { forAgents, forCustomers, sender };
}

/**
 * `message.added` for this session: the sender's own device also gets the `cid`, as the echo of its command, which in
 * protocol 2 may be its `ack`, too.
 */
export function addedFor(session: Session, body: string, sender: Sender | null): string {
  if (sender?.device !== session.device) return body;
  const cid = `"cid":${JSON.stringify(sender.cid)},`;
  const echo = addedHead + cid + body.slice(addedHead.length);
  if (!sender.echoIsAck || session.line.proto === 1) return echo;
  session.echoedCid = sender.cid;
  return cid + echo;
}

/**
 * Adds the envelope, which differs per stream, and moves the stream's cursor, but not before `caughtUp`: a client that
 * loses its line during a catch-up resumes from the cursor it came with.
 */
export function wrapEvent(session: Session, seq: number, at: number, body: string): string {
  const prev = session.lastSeq;
  if (!session.catchingUp) session.lastSeq = seq;
  return `{"type":"event","seq":${session.lastSeq},"prev":${prev},"at":${at},${body}`;
}
