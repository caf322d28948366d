import type { AgentSession, Sessions } from '../session/session';

/**
 * Which sessions have a conversation's summary (`sees`), and which its messages (`reads`): in the session, and by
 * conversation, so that what happens in one asks nobody else. Whoever has left or come back without it is skipped when
 * looked up.
 */
export class Sight {
  /** Agents, by conversation. */
  private readonly seers = new Map<string, Set<string>>();
  private readonly readers = new Map<string, Set<string>>();

  constructor(private readonly sessions: Pick<Sessions, 'agent'>) {}

  seersOf(conversationId: string): AgentSession[] {
    return this.sessionsOf(this.seers, conversationId, ({ sees }) => sees);
  }

  readersOf(conversationId: string): AgentSession[] {
    return this.sessionsOf(this.readers, conversationId, ({ reads }) => reads);
  }

  see(session: AgentSession, conversationId: string): void {
    session.sees.add(conversationId);
    note(this.seers, conversationId, session);
  }

  read(session: AgentSession, conversationId: string): void {
    session.reads.add(conversationId);
    note(this.readers, conversationId, session);
  }

  stopReading(session: AgentSession, conversationId: string): void {
    session.reads.delete(conversationId);
    this.readers.get(conversationId)?.delete(session.agentId);
  }

  /** False: the session did not see it. */
  hide(session: AgentSession, conversationId: string): boolean {
    this.stopReading(session, conversationId);
    this.seers.get(conversationId)?.delete(session.agentId);
    return session.sees.delete(conversationId);
  }

  /** It has ended, and is hidden from everybody. */
  forget(conversationId: string): void {
    this.seers.delete(conversationId);
    this.readers.delete(conversationId);
  }

  private sessionsOf(
    index: ReadonlyMap<string, ReadonlySet<string>>,
    conversationId: string,
    has: (session: AgentSession) => ReadonlySet<string>,
  ): AgentSession[] {
    const found: AgentSession[] = [];
    for (const agentId of index.get(conversationId) ?? []) {
      const session = this.sessions.agent(agentId);
      if (session && has(session).has(conversationId)) found.push(session);
    }
    return found;
  }
}

function note(index: Map<string, Set<string>>, conversationId: string, { agentId }: AgentSession): void {
  const agents = index.get(conversationId);
  if (agents) agents.add(agentId);
  else index.set(conversationId, new Set([agentId]));
}
