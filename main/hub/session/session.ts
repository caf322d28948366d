import type { Scope } from '../../../shared/protocol/api-tokens';
import type { CloseName } from '../../../shared/protocol/close-codes';
import type { CustomerPage } from '../../../shared/protocol/customer-profile';
import type { Language, ProtocolVersion, Role } from '../../../shared/protocol/fields';
import type { TurnedAway } from './turned-away';

/** One open connection as the hub sees it: a WebSocket, or an in-memory twin. */
export interface Line {
  readonly address: string;
  /** On a line from another machine: a value that only both ends of its TLS session can derive. Absent on loopback. */
  readonly binding?: Buffer;
  /** As the hello says; 1 before it. */
  proto: ProtocolVersion;
  /** Bytes handed over but not yet sent. */
  readonly bufferedBytes: number;
  send(frame: string): void;
  /**
   * Batches frames until `uncork` into one write, in protocol 2 also into one message: system calls are most of the
   * cost of a relay.
   */
  cork(): void;
  uncork(): void;
  close(name: CloseName): void;
}

/**
 * `open`: its commands are accepted, and it is sent events. `closing`: nothing more is accepted, but frames queued
 * before its close still leave. `over`: nothing is sent any more.
 */
type SessionLife = 'open' | 'closing' | 'over';

interface Stream {
  readonly line: Line;
  readonly deviceId: string;
  /** Its `deviceKey`. */
  readonly device: string;
  /** `prev` of the next event: the `seq` last sent here; before `caughtUp` the client's cursor, 0 without one. */
  lastSeq: number;
  life: SessionLife;
  /** From `welcome` to `caughtUp`, which are sent at once, however slow the line. */
  catchingUp: boolean;
  /** The `cid` of the last command that the echo of its message has acknowledged (protocol 2). */
  echoedCid: string | null;
  /** Bytes of the catch-up, until the client has taken them: they do not make it too slow. */
  catchUpBytes: number;
}

export interface AgentSession extends Stream {
  readonly kind: 'agent';
  readonly agentId: string;
  /** Conversations whose summary this client has, and those whose messages it has. */
  readonly sees: Set<string>;
  readonly reads: Set<string>;
  /** Left messages, canned replies and devices that this client has. */
  readonly leftMessages: Set<string>;
  readonly cannedReplies: Set<string>;
  readonly devices: Set<string>;
  watched: string | null;
}

/** A program that speaks first in its groups (BO1). */
export interface AssistantSession extends Stream {
  readonly kind: 'assistant';
  readonly assistantId: string;
  /** Conversations that this client has. */
  readonly conversations: Set<string>;
  readonly turnedAway: TurnedAway;
}

/** The hub's own command line. */
export interface LocalSession extends Stream {
  readonly kind: 'local';
}

/** A program, by a token of the API; one for each request, whose line takes the answer. */
export interface ProgramSession extends Stream {
  readonly kind: 'program';
  /** It is no agent. */
  readonly agentId: null;
  readonly tokenId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Its answer is kept: the request has an idempotency key. */
  readonly isKept: boolean;
}

/** Who a customer is, by the office's own site. */
interface Signed {
  signedId: string;
  name: string;
  /** Empty: not told. */
  contact: string;
}

export interface CustomerSession extends Stream {
  readonly kind: 'customer';
  readonly customerId: string;
  readonly tokenHash: string;
  readonly language: Language;
  /** Null: the hub's own page; absent: not known. */
  page?: CustomerPage | null;
  /** As the office's own site has signed it; null: they are who they say. */
  readonly signed: Signed | null;
  /** The last view sent, so that an equal one is not sent again. */
  shown: string | null;
  readonly turnedAway: TurnedAway;
}

export type Session = AgentSession | LocalSession | ProgramSession | AssistantSession | CustomerSession;
export type PrincipalRole = Role | 'local';

/** Ends the session at once: frames that still wait in the outbox are not sent. */
export function endSession(session: Session, why: CloseName): void {
  if (session.life === 'over') return;
  session.life = 'over';
  session.line.close(why);
}

/** People who are connected from elsewhere. */
export interface Others {
  colleagues: number;
  customers: number;
}

/** The open sessions. An agent or an assistant has at most one; a customer one per tab. */
export class Sessions {
  private readonly agents = new Map<string, AgentSession>();
  private readonly assistants = new Map<string, AssistantSession>();
  private readonly locals = new Set<LocalSession>();
  private readonly byToken = new Map<string, Set<ProgramSession>>();
  private readonly customers = new Map<string, readonly CustomerSession[]>();
  private readonly customerByToken = new Map<string, CustomerSession>();

  add(session: Session): void {
    if (session.kind === 'agent') this.agents.set(session.agentId, session);
    else if (session.kind === 'assistant') this.assistants.set(session.assistantId, session);
    else if (session.kind === 'local') this.locals.add(session);
    else if (session.kind === 'program')
      this.byToken.set(session.tokenId, new Set([...this.programs(session.tokenId), session]));
    else {
      this.customers.set(session.customerId, [...this.customer(session.customerId), session]);
      this.customerByToken.set(session.tokenHash, session);
    }
  }

  /** True when it was registered: one that was taken over is not any more. */
  remove(session: Session): boolean {
    if (session.kind === 'local') return this.locals.delete(session);
    if (session.kind === 'program') {
      const requests = this.byToken.get(session.tokenId);
      const isThere = requests?.delete(session) ?? false;
      if (requests?.size === 0) this.byToken.delete(session.tokenId);
      return isThere;
    }
    if (session.kind === 'agent') {
      if (this.agents.get(session.agentId) !== session) return false;
      return this.agents.delete(session.agentId);
    }
    if (session.kind === 'assistant') {
      if (this.assistants.get(session.assistantId) !== session) return false;
      return this.assistants.delete(session.assistantId);
    }
    const tabs = this.customer(session.customerId);
    const others = tabs.filter((each) => each !== session);
    const [left] = others;
    if (left) {
      this.customers.set(session.customerId, others);
      this.customerByToken.set(session.tokenHash, left);
    } else {
      this.customers.delete(session.customerId);
      this.customerByToken.delete(session.tokenHash);
    }
    return others.length < tabs.length;
  }

  agent(agentId: string): AgentSession | null {
    return this.agents.get(agentId) ?? null;
  }

  allAgents(): Iterable<AgentSession> {
    return this.agents.values();
  }

  assistant(assistantId: string): AssistantSession | null {
    return this.assistants.get(assistantId) ?? null;
  }

  allAssistants(): Iterable<AssistantSession> {
    return this.assistants.values();
  }

  /** The requests of a token that are under way. */
  programs(tokenId: string): readonly ProgramSession[] {
    return [...(this.byToken.get(tokenId) ?? [])];
  }

  customer(customerId: string): readonly CustomerSession[] {
    return this.customers.get(customerId) ?? [];
  }

  /** A session of the customer with this token, who is in no record before their first message. */
  withToken(tokenHash: string): CustomerSession | null {
    return this.customerByToken.get(tokenHash) ?? null;
  }

  *allCustomers(): Iterable<CustomerSession> {
    for (const tabs of this.customers.values()) yield* tabs;
  }

  connectedCustomers(): Iterable<string> {
    return this.customers.keys();
  }

  customerConnected(customerId: string): boolean {
    return this.customers.has(customerId);
  }

  others(): Others {
    let colleagues = 0;
    for (const { line } of this.agents.values()) if (line.binding) colleagues += 1;
    return { colleagues, customers: this.customers.size };
  }

  *all(): Iterable<Session> {
    yield* this.agents.values();
    yield* this.locals;
    for (const requests of this.byToken.values()) yield* requests;
    yield* this.assistants.values();
    yield* this.allCustomers();
  }
}
