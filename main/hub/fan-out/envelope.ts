import type { AgentEvent } from '../../../shared/protocol/agent-wire';
import type { CustomerEvent } from '../../../shared/protocol/customer-wire';
import type { CustomerMessageView, MessageView } from '../../../shared/protocol/views';
import type { Session } from '../session';
import { customerMessageOf } from './views';

type BodyOf<E> = E extends unknown ? Omit<E, 'type' | 'seq' | 'prev' | 'at'> : never;
export type AgentEventBody = BodyOf<AgentEvent>;
export type CustomerEventBody = BodyOf<CustomerEvent>;

/** An event without its envelope, encoded once for everyone who gets it. */
export function encodeBody(body: AgentEventBody | CustomerEventBody): string {
  return JSON.stringify(body).slice(1);
}

/** `message.added` for either side; one body where both may read the same. */
export interface AddedBodies {
  forAgents: string;
  forCustomers: string;
}

export function encodeAdded(message: MessageView): AddedBodies {
  const forAgents = addedBody(message);
  if (message.from.kind !== 'agent') return { forAgents, forCustomers: forAgents };
  return { forAgents, forCustomers: addedBody(customerMessageOf(message)) };
}

/** As `encodeBody`, at half its cost, for what the hub says most often. */
function addedBody(message: MessageView | CustomerMessageView): string {
  return `"name":"message.added","message":${JSON.stringify(message)}}`;
}

/** The small part around it that differs per stream. Moves the stream's cursor. */
export function wrapEvent(session: Session, seq: number, at: number, body: string): string {
  const prev = session.lastSeq;
  session.lastSeq = seq;
  return `{"type":"event","seq":${seq},"prev":${prev},"at":${at},${body}`;
}
