import type { CannedReplyView } from '../../../shared/protocol/canned-replies';
import type { AgentSession, Sessions } from '../session/session';
import type { CannedReply } from '../state/config';
import type { HubState } from '../state/hub-state';
import { encodeBody } from './envelope';
import type { MissedRecords } from './missed-records';
import type { Touched } from './touched';

/** Canned replies: shared ones to everybody, personal ones to their owner. */
export class CannedReplyFanOut {
  constructor(
    private readonly state: HubState,
    private readonly sessions: Sessions,
    private readonly send: (session: AgentSession, body: string) => void,
  ) {}

  publish({ cannedReplies }: Touched): void {
    for (const cannedReplyId of cannedReplies)
      for (const session of this.sessions.allAgents()) this.tell(session, cannedReplyId);
  }

  snapshot(session: AgentSession): void {
    for (const cannedReplyId of this.state.config.cannedReplies.keys()) this.tell(session, cannedReplyId);
  }

  /** Sends what was touched; a client that resumes has the others. */
  resume(session: AgentSession, { touched }: MissedRecords): void {
    for (const cannedReply of this.state.config.cannedReplies.values())
      if (isFor(cannedReply, session)) session.cannedReplies.add(cannedReply.cannedReplyId);
    for (const cannedReplyId of touched.cannedReplies) {
      // The client may or may not have had it; removing what it never had does no harm.
      session.cannedReplies.add(cannedReplyId);
      this.tell(session, cannedReplyId);
    }
  }

  private tell(session: AgentSession, cannedReplyId: string) {
    const cannedReply = this.state.config.cannedReplies.get(cannedReplyId);
    if (cannedReply && isFor(cannedReply, session)) {
      session.cannedReplies.add(cannedReplyId);
      this.send(session, encodeBody({ name: 'cannedReply.changed', cannedReply: viewOf(cannedReply) }));
    } else if (session.cannedReplies.delete(cannedReplyId)) {
      this.send(session, encodeBody({ name: 'cannedReply.removed', cannedReplyId }));
    }
  }
}

function isFor({ agentId }: CannedReply, session: AgentSession): boolean {
  return agentId === null || agentId === session.agentId;
}

function viewOf({ cannedReplyId, agentId, shortcut, text }: CannedReply): CannedReplyView {
  return { cannedReplyId, scope: agentId === null ? 'shared' : 'own', shortcut, text };
}
