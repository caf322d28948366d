import type { LeftMessage, LeftMessageView } from '../../../shared/protocol/views';
import { maySeeLeftMessage } from '../rights/audience';
import type { AgentSession, Sessions } from '../session/session';
import type { HubState } from '../state/hub-state';
import { encodeBody } from './envelope';
import type { MissedRecords } from './missed-records';
import type { Presence } from './presence';
import type { Touched } from './touched';

/** Left messages: to the members of their group and to supervisors, for as long as they are open. */
export class LeftMessageFanOut {
  /** By open left message: the `seq` when its customer's presence was last told. */
  private readonly unrecordedSeq = new Map<string, number>();
  /** Presence from before this start is not known. */
  private readonly startSeq: number;

  constructor(
    private readonly state: HubState,
    private readonly sessions: Sessions,
    /** Of customers. */
    private readonly presence: Pick<Presence, 'isShown'>,
    private readonly send: (session: AgentSession, body: string) => void,
  ) {
    this.startSeq = state.seq;
  }

  /** For changed messages and removed groups; a change of members or roles calls `refreshSight`. */
  publish({ leftMessages, groups }: Touched): void {
    for (const leftMessageId of leftMessages) {
      if (!this.state.leftMessages.get(leftMessageId)) this.unrecordedSeq.delete(leftMessageId);
      for (const session of this.sessions.allAgents()) this.tell(session, leftMessageId, true);
    }
    // A removed group ends its members' memberships.
    if ([...groups].some((groupId) => !this.state.config.groups.has(groupId)))
      for (const session of this.sessions.allAgents()) this.refreshSight(session);
  }

  /** Sends what was touched; a client that resumes has the others. */
  resume(session: AgentSession, { since, touched }: MissedRecords): void {
    for (const leftMessage of this.state.leftMessages.all())
      if (maySeeLeftMessage(this.state, session.agentId, leftMessage)) {
        const { leftMessageId } = leftMessage;
        session.leftMessages.add(leftMessageId);
        const toldSeq = this.unrecordedSeq.get(leftMessageId) ?? 0;
        if (since <= this.startSeq || toldSeq >= since) this.tell(session, leftMessageId, true);
      }
    for (const leftMessageId of touched.leftMessages) {
      // The client may or may not have had it; removing what it never had does no harm.
      session.leftMessages.add(leftMessageId);
      this.tell(session, leftMessageId, true);
    }
  }

  /** The customer's presence changed. */
  unrecorded(customerId: string): void {
    if (this.state.leftMessages.openOf(customerId) === 0) return;
    for (const leftMessage of this.state.leftMessages.all()) {
      if (leftMessage.customerId !== customerId) continue;
      this.unrecordedSeq.set(leftMessage.leftMessageId, this.state.seq);
      for (const session of this.sessions.allAgents()) this.tell(session, leftMessage.leftMessageId, true);
    }
  }

  /** Sends what this session may see now, and removes what it no longer may. */
  refreshSight(session: AgentSession): void {
    for (const { leftMessageId } of this.state.leftMessages.all()) this.tell(session, leftMessageId, false);
  }

  private viewOf(leftMessage: LeftMessage): LeftMessageView {
    return this.presence.isShown(leftMessage.customerId) ? { ...leftMessage, customerConnected: true } : leftMessage;
  }

  private tell(session: AgentSession, leftMessageId: string, changed: boolean) {
    const leftMessage = this.state.leftMessages.get(leftMessageId);
    const told = session.leftMessages.has(leftMessageId);
    if (leftMessage && maySeeLeftMessage(this.state, session.agentId, leftMessage)) {
      if (told && !changed) return;
      session.leftMessages.add(leftMessageId);
      this.send(session, encodeBody({ name: 'leftMessage.added', leftMessage: this.viewOf(leftMessage) }));
    } else if (told) {
      session.leftMessages.delete(leftMessageId);
      this.send(session, encodeBody({ name: 'leftMessage.removed', leftMessageId }));
    }
  }
}
