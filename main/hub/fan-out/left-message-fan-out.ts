import { maySeeLeftMessage } from '../rights/audience';
import type { AgentSession, Sessions } from '../session/session';
import type { HubState } from '../state/hub-state';
import { encodeBody } from './envelope';
import type { Missed } from './missed';
import type { Touched } from './touched';

/** Left messages: to the members of their group and to supervisors, for as long as they are open. */
export class LeftMessageFanOut {
  constructor(
    private readonly state: HubState,
    private readonly sessions: Sessions,
    private readonly send: (session: AgentSession, body: string) => void,
  ) {}

  /** Messages that changed and groups that went; a change of members or roles comes by `refreshSight`. */
  publish({ leftMessages, groups }: Touched): void {
    for (const leftMessageId of leftMessages)
      for (const session of this.sessions.allAgents()) this.tell(session, leftMessageId, true);
    // A group that went took its members' memberships with it.
    if ([...groups].some((groupId) => !this.state.config.groups.has(groupId)))
      for (const session of this.sessions.allAgents()) this.refreshSight(session);
  }

  /** The client that comes back has the others. */
  resume(session: AgentSession, { touched }: Missed): void {
    for (const leftMessage of this.state.leftMessages.all())
      if (maySeeLeftMessage(this.state, session.agentId, leftMessage))
        session.leftMessages.add(leftMessage.leftMessageId);
    for (const leftMessageId of touched.leftMessages) {
      // Whether the client had it is not known; taking away what it never had does no harm.
      session.leftMessages.add(leftMessageId);
      this.tell(session, leftMessageId, true);
    }
  }

  /** What this session may see now, and may no longer. */
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
