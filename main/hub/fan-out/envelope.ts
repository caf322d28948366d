import type { AgentEvent } from '../../../shared/protocol/agent-wire';
import type { CustomerEvent } from '../../../shared/protocol/customer-wire';
import type { Session } from '../session';

type BodyOf<E> = E extends unknown ? Omit<E, 'type' | 'seq' | 'prev' | 'at'> : never;
export type AgentEventBody = BodyOf<AgentEvent>;
export type CustomerEventBody = BodyOf<CustomerEvent>;

/** An event without its envelope, encoded once for everyone who gets it. */
export function encodeBody(body: AgentEventBody | CustomerEventBody): string {
  return JSON.stringify(body).slice(1);
}

/** The small part around it that differs per stream. Moves the stream's cursor. */
export function wrapEvent(session: Session, seq: number, at: number, body: string): string {
  const prev = session.lastSeq;
  session.lastSeq = seq;
  return `{"type":"event","seq":${seq},"prev":${prev},"at":${at},${body}`;
}
