import type { ConversationView } from '../../../shared/protocol/views';
import type { ConversationView as RoutedConversation } from '../../../shared/routing/index';
import type { HubLimits } from '../limits';
import type { Clock } from '../ports';
import { mayRead, maySee } from '../rights/audience';
import type { AgentSession, Sessions } from '../session/session';
import type { HubState } from '../state/hub-state';
import { routedConversation } from '../state/routing-view';
import type { Thread } from '../state/thread';
import { type AddedBodies, addedFor, encodeBody } from './envelope';
import { agentPage, nothingHeld } from './message-pages';
import type { MissedRecords } from './missed-records';
import { once } from './once';
import { Onlookers } from './onlookers';
import { withOwnCids } from './own-messages';
import type { Presence } from './presence';
import type { ReadMarks } from './read-marks';
import { Sight } from './sight';
import { Throttle } from './throttle';
import { conversationViewOf } from './views';

/** What agents are told of conversations: the summary of those they may see, the messages of those they may read. */
export class ConversationFanOut {
  /**
   * By open conversation: the `seq` when it was last told without a record of that moment: its customer's presence or
   * read mark, or a summary that had waited.
   */
  private readonly unrecordedSeq = new Map<string, number>();
  private readonly sight: Sight;
  private readonly onlookers: Onlookers;
  /** Summaries that nothing but messages changed. */
  private readonly summaries: Throttle;
  /** Conversations last shown with `attendBy`, flagged or overdue: an agent's message ends all of them. */
  private readonly unattended = new Set<string>();
  /** Presence and read marks from before this start are not known. */
  private readonly startSeq: number;

  constructor(
    private readonly state: HubState,
    private readonly sessions: Sessions,
    private readonly readMarks: ReadMarks,
    /** Of customers. */
    private readonly presence: Pick<Presence, 'isShown'>,
    private readonly send: (session: AgentSession, body: string) => void,
    clock: Clock,
    { summaryEveryMs }: Pick<HubLimits, 'summaryEveryMs'>,
  ) {
    this.startSeq = state.seq;
    this.sight = new Sight(sessions);
    this.onlookers = new Onlookers(state);
    this.summaries = new Throttle(clock, summaryEveryMs, (conversationId) => this.summary(conversationId));
  }

  snapshot(session: AgentSession): void {
    for (const conversation of this.state.threads.values()) this.tell(session, conversation);
  }

  resume(session: AgentSession, { since, touched }: MissedRecords): void {
    for (const conversation of this.state.threads.values())
      if (!touched.conversations.has(conversation.conversationId)) this.untouched(session, conversation, since);
    for (const conversationId of touched.conversations) {
      // The client may or may not have had it; removing what it never had does no harm.
      this.sight.see(session, conversationId);
      const conversation = this.state.threads.get(conversationId);
      if (conversation) this.tell(session, conversation);
      else this.hide(session, conversationId);
    }
  }

  /** Sessions that get its messages. */
  readers(conversationId: string): AgentSession[] {
    return this.sight.readersOf(conversationId);
  }

  /** Encodes each body once, for all who get it. */
  publish(conversation: Thread, added: readonly AddedBodies[]): void {
    const { conversationId } = conversation;
    const routed = routedConversation(this.state.routing, conversationId);
    const view = once(() => this.viewBody(conversation));
    this.summaries.settled(conversationId);
    if (!routed) {
      this.publishClosed(conversationId, view, added);
      return;
    }
    const onlookers = this.onlookers.of(routed);
    for (const { agentId } of this.sight.seersOf(conversationId)) onlookers.add(agentId);
    for (const agentId of onlookers) {
      const session = this.sessions.agent(agentId);
      if (session) this.open(session, conversation, routed, view, added);
    }
  }

  /**
   * For a message alone: a client that gets it updates the summary from it (`afterMessage`), the others are told the
   * summary, and that may wait.
   */
  messageAdded(conversation: Thread, added: AddedBodies): void {
    const { conversationId } = conversation;
    const routed = routedConversation(this.state.routing, conversationId);
    if (!routed) return;
    for (const session of this.readers(conversationId))
      if (mayRead(this.state, session, conversationId, routed)) this.messages(session, [added]);
      else this.tell(session, conversation);
    if (this.unattended.has(conversationId) && !isUnattended(routed)) {
      this.summaries.settled(conversationId);
      this.summary(conversationId);
    } else this.summaries.changed(conversationId);
  }

  /** Accounts have changed: others may see a conversation. */
  accountsChanged(): void {
    this.onlookers.forget();
  }

  stop(): void {
    this.summaries.stop();
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
    if (routed) this.open(session, conversation, routed, () => this.viewBody(conversation), []);
    else this.hide(session, conversation.conversationId);
  }

  /** Tells the summary to those who do not get the messages. */
  private summary(conversationId: string) {
    const conversation = this.state.threads.get(conversationId);
    const routed = routedConversation(this.state.routing, conversationId);
    if (!conversation || !routed) return;
    this.unrecordedSeq.set(conversationId, this.state.seq);
    const view = once(() => this.viewBody(conversation));
    for (const session of this.sight.seersOf(conversationId))
      if (!session.reads.has(conversationId)) this.open(session, conversation, routed, view, []);
  }

  private viewBody(conversation: Thread): string {
    const connected = this.presence.isShown(conversation.customerId);
    const view = conversationViewOf(this.state, conversation, connected, this.readMarks.of(conversation).byCustomer);
    if (isUnattended(view)) this.unattended.add(conversation.conversationId);
    else this.unattended.delete(conversation.conversationId);
    return encodeBody({ name: 'conversation.changed', conversation: view });
  }

  /** Sends an open conversation: summary and messages, the summary only, or its removal. */
  private open(
    session: AgentSession,
    conversation: Thread,
    routed: RoutedConversation,
    view: () => string,
    added: readonly AddedBodies[],
  ) {
    const { conversationId } = conversation;
    if (!maySee(this.state, session.agentId, routed)) return this.hide(session, conversationId);
    const reads = mayRead(this.state, session, conversationId, routed);
    // Before the summary, which includes them.
    if (reads && session.reads.has(conversationId)) this.messages(session, added);
    this.send(session, view());
    this.sight.see(session, conversationId);
    if (!reads) {
      this.sight.stopReading(session, conversationId);
    } else if (!session.reads.has(conversationId)) {
      this.sight.read(session, conversationId);
      const { messages, earlier } = agentPage(conversation, null) ?? nothingHeld;
      const told = withOwnCids(this.state, session, messages);
      this.send(session, encodeBody({ name: 'conversation.history', conversationId, messages: told, earlier }));
    }
  }

  /**
   * Sends the last view and messages, so that a client can show how it ended, and then removes it. Whoever watched it
   * still does, should it be taken up again (RO1).
   */
  private publishClosed(conversationId: string, view: () => string, added: readonly AddedBodies[]) {
    for (const session of this.sight.seersOf(conversationId)) {
      if (session.reads.has(conversationId)) this.messages(session, added);
      this.send(session, view());
      this.hide(session, conversationId);
    }
    this.sight.forget(conversationId);
    this.unrecordedSeq.delete(conversationId);
    this.unattended.delete(conversationId);
  }

  private messages(session: AgentSession, added: readonly AddedBodies[]) {
    for (const { forAgents, sender } of added) this.send(session, addedFor(session, forAgents(), sender));
  }

  private hide(session: AgentSession, conversationId: string) {
    if (!this.sight.hide(session, conversationId)) return;
    this.send(session, encodeBody({ name: 'conversation.removed', conversationId }));
  }

  /** A client that resumes has it already, except for what was told without a record, or waits to be. */
  private untouched(session: AgentSession, conversation: Thread, since: number) {
    const { conversationId } = conversation;
    const routed = routedConversation(this.state.routing, conversationId);
    if (!routed || !maySee(this.state, session.agentId, routed)) return;
    this.sight.see(session, conversationId);
    if (mayRead(this.state, session, conversationId, routed)) this.sight.read(session, conversationId);
    const toldSeq = this.unrecordedSeq.get(conversationId) ?? 0;
    if (since <= this.startSeq || toldSeq >= since || this.summaries.isHeld(conversationId))
      this.tell(session, conversation);
  }
}

type Attendance = Pick<ConversationView, 'flagged' | 'overdue'> & { attendBy?: number | null };

function isUnattended({ attendBy, flagged, overdue }: Attendance): boolean {
  return flagged || overdue !== undefined || (attendBy ?? null) !== null;
}
