import type { ConversationView as RoutedConversation } from '../../../shared/routing/index';
import type { Clock } from '../ports';
import { mayRead, maySee } from '../rights/audience';
import type { AgentSession, Sessions } from '../session/session';
import type { HubState } from '../state/hub-state';
import { routedConversation } from '../state/routing-view';
import type { Thread } from '../state/thread';
import { type AddedBodies, addedFor, encodeBody } from './envelope';
import { agentPage, nothingHeld } from './message-pages';
import type { MissedRecords } from './missed-records';
import { withOwnCids } from './own-messages';
import { Presence } from './presence';
import type { ReadMarks } from './read-marks';
import { conversationViewOf } from './views';

/** What agents are told of conversations: the summary of those they may see, the messages of those they may read. */
export class ConversationFanOut {
  /** By open conversation: the `seq` at its customer's last change of presence or read mark, which are not recorded. */
  private readonly unrecordedSeq = new Map<string, number>();
  private readonly presence: Presence;
  /** Presence and read marks from before this start are not known. */
  private readonly startSeq: number;

  constructor(
    private readonly state: HubState,
    private readonly sessions: Sessions,
    private readonly readMarks: ReadMarks,
    private readonly send: (session: AgentSession, body: string) => void,
    { clock, presenceHoldMs }: { clock: Clock; presenceHoldMs: number },
  ) {
    this.startSeq = state.seq;
    const isThere = (customerId: string) => sessions.customerConnected(customerId);
    this.presence = new Presence(clock, presenceHoldMs, isThere, (customerId) => this.unrecorded(customerId));
  }

  snapshot(session: AgentSession): void {
    for (const conversation of this.state.threads.values()) this.tell(session, conversation);
  }

  resume(session: AgentSession, { since, touched }: MissedRecords): void {
    for (const conversation of this.state.threads.values())
      if (!touched.conversations.has(conversation.conversationId)) this.untouched(session, conversation, since);
    for (const conversationId of touched.conversations) {
      // The client may or may not have had it; removing what it never had does no harm.
      session.sees.add(conversationId);
      const conversation = this.state.threads.get(conversationId);
      if (conversation) this.tell(session, conversation);
      else this.hide(session, conversationId);
    }
  }

  /** Encodes each body once, for all subscribers. */
  publish(conversation: Thread, added: readonly AddedBodies[]): void {
    const routed = routedConversation(this.state.routing, conversation.conversationId);
    const view = this.viewBody(conversation);
    if (!routed) this.unrecordedSeq.delete(conversation.conversationId);
    for (const session of this.sessions.allAgents())
      if (routed) this.open(session, conversation, routed, view, added);
      else this.closed(session, conversation.conversationId, view, added);
  }

  /** For a message alone: a client that gets it updates the summary from it (`afterMessage`). */
  messageAdded(conversation: Thread, added: AddedBodies): void {
    const { conversationId } = conversation;
    const routed = routedConversation(this.state.routing, conversationId);
    let view: string | null = null;
    for (const session of this.sessions.allAgents()) {
      if (!routed || !session.sees.has(conversationId)) continue;
      if (session.reads.has(conversationId) && mayRead(this.state, session, conversationId, routed)) {
        this.messages(session, [added]);
      } else {
        view ??= this.viewBody(conversation);
        this.open(session, conversation, routed, view, [added]);
      }
    }
  }

  /** A customer's tab was opened or closed. */
  cameOrWent(customerId: string): void {
    if (this.presence.look(customerId)) this.unrecorded(customerId);
  }

  stop(): void {
    this.presence.stop();
  }

  /** The customer's presence or read mark changed. */
  unrecorded(customerId: string): void {
    const conversation = this.state.threads.latestOf(customerId);
    if (!conversation || !routedConversation(this.state.routing, conversation.conversationId)) return;
    this.unrecordedSeq.set(conversation.conversationId, this.state.seq);
    this.publish(conversation, []);
  }

  /** Starts or stops sending a watched conversation's messages. */
  watch(session: AgentSession, conversationId: string | null): void {
    const before = session.watched;
    session.watched = conversationId;
    for (const id of [before, conversationId]) {
      const conversation = id === null ? undefined : this.state.threads.get(id);
      if (conversation) this.tell(session, conversation);
    }
  }

  /** After a change of groups or role: sends what became visible and removes what no longer is. */
  refreshSight(session: AgentSession): void {
    for (const conversation of this.state.threads.values()) {
      const routed = routedConversation(this.state.routing, conversation.conversationId);
      const sees = routed !== null && maySee(this.state, session.agentId, routed);
      if (sees !== session.sees.has(conversation.conversationId)) this.tell(session, conversation);
    }
  }

  /** Sends one conversation as it is now. */
  private tell(session: AgentSession, conversation: Thread) {
    const routed = routedConversation(this.state.routing, conversation.conversationId);
    if (routed) this.open(session, conversation, routed, this.viewBody(conversation), []);
    else this.hide(session, conversation.conversationId);
  }

  private viewBody(conversation: Thread): string {
    const connected = this.presence.isShown(conversation.customerId);
    const view = conversationViewOf(this.state, conversation, connected, this.readMarks.of(conversation).byCustomer);
    return encodeBody({ name: 'conversation.changed', conversation: view });
  }

  /** Sends an open conversation: summary and messages, the summary only, or its removal. */
  private open(
    session: AgentSession,
    conversation: Thread,
    routed: RoutedConversation,
    view: string,
    added: readonly AddedBodies[],
  ) {
    const { conversationId } = conversation;
    if (!maySee(this.state, session.agentId, routed)) return this.hide(session, conversationId);
    const reads = mayRead(this.state, session, conversationId, routed);
    // Before the summary, which includes them.
    if (reads && session.reads.has(conversationId)) this.messages(session, added);
    this.send(session, view);
    session.sees.add(conversationId);
    if (!reads) {
      session.reads.delete(conversationId);
    } else if (!session.reads.has(conversationId)) {
      session.reads.add(conversationId);
      const { messages, earlier } = agentPage(conversation, null) ?? nothingHeld;
      const told = withOwnCids(this.state, session, messages);
      this.send(session, encodeBody({ name: 'conversation.history', conversationId, messages: told, earlier }));
    }
  }

  /** Sends the last view and messages, so that a client can show how it ended, and then removes it. */
  private closed(session: AgentSession, conversationId: string, view: string, added: readonly AddedBodies[]) {
    if (session.watched === conversationId) session.watched = null;
    if (!session.sees.has(conversationId)) return;
    if (session.reads.has(conversationId)) this.messages(session, added);
    this.send(session, view);
    this.hide(session, conversationId);
  }

  private messages(session: AgentSession, added: readonly AddedBodies[]) {
    for (const { forAgents, sender } of added) this.send(session, addedFor(session, forAgents, sender));
  }

  private hide(session: AgentSession, conversationId: string) {
    session.reads.delete(conversationId);
    if (!session.sees.delete(conversationId)) return;
    this.send(session, encodeBody({ name: 'conversation.removed', conversationId }));
  }

  /** A client that resumes has it already, except for its customer's unrecorded presence and read marks. */
  private untouched(session: AgentSession, conversation: Thread, since: number) {
    const { conversationId } = conversation;
    const routed = routedConversation(this.state.routing, conversationId);
    if (!routed || !maySee(this.state, session.agentId, routed)) return;
    session.sees.add(conversationId);
    if (mayRead(this.state, session, conversationId, routed)) session.reads.add(conversationId);
    if (since <= this.startSeq || (this.unrecordedSeq.get(conversationId) ?? 0) >= since)
      this.tell(session, conversation);
  }
}
