import { maySeeLeftMessage } from '../rights/audience';
import type { AgentSession, Sessions } from '../session/session';
import type { HubState } from '../state/hub-state';
import { encodeBody } from './envelope';
import type { MissedRecords } from './missed-records';
import type { Touched } from './touched';

/** Left messages: to the members of their group and to supervisors, for as long as they are open. */
export class LeftMessageFanOut {
  constructor(
    private readonly state: HubState,
    private readonly sessions: Sessions,
    private readonly send: (session: AgentSession, body: string) => void,
  ) {}

  /** For changed messages and removed groups; a change of members or roles calls `refreshSight`. */
  publish({ leftMessages, groups }: Touched): void {
    for (const leftMessageId of leftMessages)
      for (const session of this.sessions.allAgents()) this.tell(session, leftMessageId, true);
    // A removed group ends its members' memberships.
    if ([...groups].some((groupId) => !this.state.config.groups.has(groupId)))
      for (const session of this.sessions.allAgents()) this.refreshSight(session);
  }

  /** Sends what was touched; a client that resumes has the others. */
  resume(session: AgentSession, { touched }: MissedRecords): void {
    for (const leftMessage of this.state.leftMessages.all())
      if (maySeeLeftMessage(this.state, session.agentId, leftMessage))
        session.leftMessages.add(leftMessage.leftMessageId);
    for (const leftMessageId of touched.leftMessages) {
      // The client may or may not have had it; removing what it never had does no harm.
      session.leftMessages.add(leftMessageId);
      this.tell(session, leftMessageId, true);
    }
  }

  /** Sends what this session may see now, and removes what it no longer may. */
  refreshSight(session: AgentSession): void {
    for (const { leftMessageId } of this.state.leftMessages.all()) this.tell(session, leftMessageId, false);
  }

  private tell(session: AgentSession, leftMessageId: string, changed: boolean) {
    const leftMessage = this.state.leftMessages.get(leftMessageId);
    const told = session.leftMessages.has(leftMessageId);
    if (leftMessage && maySeeLeftMessage(this.state, session.agentId, leftMessage)) {
      if (told && !changed) return;
      session.leftMessages.add(leftMessageId);
      this.send(session, encodeBody({ name: 'leftMessage.added', leftMessage }));
    } else if (told) {
      session.leftMessages.delete(leftMessageId);
      this.send(session, encodeBody({ name: 'leftMessage.removed', leftMessageId }));
    }
  }
}
