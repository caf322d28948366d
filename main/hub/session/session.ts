import type { CloseName } from '../../../shared/protocol/close-codes';
import type { CustomerPage } from '../../../shared/protocol/customer-profile';
import type { Language, Role } from '../../../shared/protocol/fields';
import type { TurnedAway } from './turned-away';

/** One open connection as the hub sees it: a WebSocket, or an in-memory twin. */
export interface Line {
  readonly address: string;
  /** On a line from another machine: what only the two ends of its TLS session can derive. Absent on loopback. */
  readonly binding?: Buffer;
  /** Handed over and not yet taken by the other side. */
  readonly bufferedBytes: number;
  send(frame: string): void;
  /** What is sent until `uncork` leaves in one write: system calls are most of what a relay costs. */
  cork(): void;
  uncork(): void;
  close(name: CloseName): void;
}

/**
 * `open`: commands are taken from it, and it is told everything. `closing`: nothing is taken from it any more, and what it was told before its close still
 * leaves. `over`: nothing is sent any more.
 */
type SessionLife = 'open' | 'closing' | 'over';

interface Stream {
  readonly line: Line;
  readonly deviceId: string;
  /** Its `deviceKey`. */
  readonly device: string;
  /** `prev` of the next event: the sequence number last sent here; before `caughtUp` the one it came with, 0 for none. */
  lastSeq: number;
  life: SessionLife;
  /** From `welcome` to `caughtUp`: as much as there is to tell, at once, however slow the line. */
  catchingUp: boolean;
  /** What that came to, until it has been taken. */
  catchUpBytes: number;
}

export interface AgentSession extends Stream {
  readonly kind: 'agent';
  readonly agentId: string;
  /** Conversations this client has been told of, and those whose messages it holds. */
  readonly sees: Set<string>;
  readonly reads: Set<string>;
  /** Left messages, canned replies and devices it has been told of. */
  readonly leftMessages: Set<string>;
  readonly cannedReplies: Set<string>;
  readonly devices: Set<string>;
  watched: string | null;
}

/** The hub's own command line. */
export interface LocalSession extends Stream {
  readonly kind: 'local';
}

export interface CustomerSession extends Stream {
  readonly kind: 'customer';
  readonly customerId: string;
  readonly tokenHash: string;
  readonly language: Language;
  /** Null: the hub's own page; absent: not known. */
  readonly page?: CustomerPage | null;
  /** The last view sent, so that the same is not sent twice. */
  shown: string | null;
  readonly turnedAway: TurnedAway;
}

export type Session = AgentSession | LocalSession | CustomerSession;
export type PrincipalRole = Role | 'local';

/** Ends the session at once, with what it has been told so far. */
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

/** The open sessions. An agent has one at most; a customer one per tab. */
export class Sessions {
  private readonly agents = new Map<string, AgentSession>();
  private readonly locals = new Set<LocalSession>();
  private readonly customers = new Map<string, readonly CustomerSession[]>();
  private readonly customerByToken = new Map<string, CustomerSession>();

  add(session: Session): void {
    if (session.kind === 'agent') this.agents.set(session.agentId, session);
    else if (session.kind === 'local') this.locals.add(session);
    else {
      this.customers.set(session.customerId, [...this.customer(session.customerId), session]);
      this.customerByToken.set(session.tokenHash, session);
    }
  }

  /** True when it was there: an older one that was taken over is not. */
  remove(session: Session): boolean {
    if (session.kind === 'local') return this.locals.delete(session);
    if (session.kind === 'agent') {
      if (this.agents.get(session.agentId) !== session) return false;
      return this.agents.delete(session.agentId);
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

  customer(customerId: string): readonly CustomerSession[] {
    return this.customers.get(customerId) ?? [];
  }

  /** A session of the customer with this token, who may have written nothing yet and be in no record. */
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
    yield* this.allCustomers();
  }
}
