import type { Asks } from '../../../shared/protocol/asks';
import type { CustomerGroupView } from '../../../shared/protocol/views';
import { isGroupAttended } from '../../../shared/routing/index';
import type { OpeningHours } from '../hours/opening-hours';
import type { Clock } from '../ports';
import type { CustomerSession, Sessions } from '../session/session';
import { chatPageRevision } from '../state/chat-page';
import { officeOf } from '../state/config';
import type { HubState } from '../state/hub-state';
import { isInQueue } from '../state/routing-view';
import type { Thread } from '../state/thread';
import { type AddedBodies, addedBodies, addedFor, type CustomerEventBody, encodeBody } from './envelope';
import { customerPage, nothingHeld } from './message-pages';
import type { MissedMessages } from './missed-records';
import { ownSenders, withOwnCids } from './own-messages';
import { Positions } from './positions';
import type { ReadMarks } from './read-marks';
import type { Touched } from './touched';
import { customerConversationViewOf, customerGroupViewOf } from './views';

/** What customers are told: of the groups, and of their own latest conversation. */
export class CustomerFanOut {
  private readonly positions: Positions;
  /** The groups as last sent, so that a step that changed nothing visible sends nothing. */
  private shownGroups = '';
  /** Of the page, as last told. */
  private shownRevision = '';
  /** Groups in which somebody was online and connected when last looked at. */
  private readonly attended = new Set<string>();

  constructor(
    private readonly state: HubState,
    private readonly sessions: Sessions,
    private readonly hours: Pick<OpeningHours, 'changesAt'>,
    private readonly readMarks: ReadMarks,
    private readonly send: (session: CustomerSession, body: string) => void,
    { clock, positionEveryMs }: { clock: Clock; positionEveryMs: number },
  ) {
    const waiting = (groupIds: ReadonlySet<string>) => this.waitingIn(groupIds);
    const tell = (conversation: Thread) => this.conversation(conversation, []);
    this.positions = new Positions(state, clock, positionEveryMs, waiting, tell);
  }

  /** A session's first events. */
  snapshot(session: CustomerSession): void {
    const conversation = this.state.threads.latestOf(session.customerId);
    if (!conversation) return;
    this.view(session, conversation);
    const { conversationId } = conversation;
    const { messages, earlier } = customerPage(conversation, null) ?? nothingHeld;
    const told = withOwnCids(this.state, session, messages);
    this.send(session, encodeBody({ name: 'conversation.history', conversationId, messages: told, earlier }));
    this.viewInOtherTabs(session, conversation);
  }

  /** The catch-up: what the client has missed. */
  resume(session: CustomerSession, { conversation, messages }: MissedMessages): void {
    this.view(session, conversation);
    const senderOf = ownSenders(this.state, session);
    for (const message of messages) this.message(session, addedBodies(message, senderOf(message)));
    this.viewInOtherTabs(session, conversation);
  }

  /** Making this session's view may have noted a new position, which the other tabs must get too. */
  private viewInOtherTabs(session: CustomerSession, conversation: Thread) {
    for (const other of this.sessions.customer(session.customerId))
      if (other !== session) this.view(other, conversation);
  }

  groups(): CustomerGroupView[] {
    return [...this.state.config.groups.values()].map((group) =>
      customerGroupViewOf(this.state, group, this.hours.changesAt(group.groupId)),
    );
  }

  /** A customer whose contact is known is not asked for it again, one for whom the office's site vouches not for a name. */
  asksOf({ customerId, signed }: CustomerSession): Asks {
    const { asks } = officeOf(this.state.config);
    const known = this.state.customers.get(customerId);
    const name = signed || known?.signedId !== undefined ? 'off' : asks.name;
    const contact = signed?.contact || known?.contact ? 'off' : asks.contact;
    return { ...asks, name, contact };
  }

  hasPast(customerId: string): boolean {
    const { config, customers } = this.state;
    return officeOf(config).afterwards.past === true && customers.get(customerId)?.endedAt != null;
  }

  /** Sends what a step changed for customers, beside their conversations. */
  publish(touched: Touched): void {
    if (touched.groups.size > 0 || touched.settings) this.publishGroups();
    if (touched.office) this.publishPage();
    // Whether ended ones may be rated.
    if (touched.office)
      for (const customerId of this.sessions.connectedCustomers()) {
        const conversation = this.state.threads.latestOf(customerId);
        if (conversation?.closedAt != null) this.conversation(conversation, []);
      }
    const { config, threads } = this.state;
    // Customers' pages show the names of their group, agent and assistant.
    if (touched.groups.size > 0 || touched.accounts.size > 0 || touched.assistants)
      for (const conversation of threads.values())
        if (conversation.closedAt === null) this.conversation(conversation, []);
    // HR1, HR2, RO1: whether those who wait may leave a message instead, and until when ended ones may be reopened.
    const changed = touched.settings ? config.groups.keys() : this.attendanceChanged(touched);
    const groupIds = new Set([...changed, ...touched.groups]);
    if (groupIds.size > 0)
      for (const conversation of this.latestIn(groupIds))
        if (conversation.closedAt !== null || isInQueue(this.state.routing, conversation.conversationId))
          this.conversation(conversation, []);
    for (const customerId of touched.erased)
      for (const session of this.sessions.customer(customerId)) this.send(session, encodeBody({ name: 'erased' }));
    for (const customerId of touched.leftBy) {
      const conversation = threads.latestOf(customerId);
      if (conversation) this.conversation(conversation, []);
    }
    for (const groupId of touched.queues) this.positions.changed(groupId);
  }

  /** The groups touched in which somebody is there now and was not when looked at last, or the other way round. */
  private attendanceChanged({ agents, everyAgent, staffing }: Touched): Set<string> {
    const { config, routing } = this.state;
    const changed = new Set(staffing);
    const looked = everyAgent ? config.groups.keys() : this.groupsOf(agents);
    for (const groupId of looked) {
      const isAttended = isGroupAttended(routing, groupId);
      if (this.attended.has(groupId) === isAttended) continue;
      if (isAttended) this.attended.add(groupId);
      else this.attended.delete(groupId);
      changed.add(groupId);
    }
    return changed;
  }

  private *groupsOf(agentIds: ReadonlySet<string>): Iterable<string> {
    for (const agentId of agentIds) yield* this.state.routing.agents.get(agentId)?.members.keys() ?? [];
  }

  conversation(conversation: Thread, added: readonly AddedBodies[]): void {
    const { customerId, conversationId, closedAt } = conversation;
    if (this.state.threads.latestOf(customerId) === conversation)
      for (const session of this.sessions.customer(customerId)) this.view(session, conversation);
    for (const each of added) this.messageAdded(conversation, each);
    if (closedAt !== null) this.positions.forget(conversationId);
  }

  /** A message alone changes nothing in the customer's view of the conversation. */
  messageAdded(conversation: Thread, added: AddedBodies): void {
    const { customerId } = conversation;
    if (this.state.threads.latestOf(customerId) !== conversation) return;
    for (const session of this.sessions.customer(customerId)) this.message(session, added);
  }

  stop(): void {
    this.positions.stop();
  }

  private message(session: CustomerSession, { forCustomers, sender }: AddedBodies) {
    const body = forCustomers();
    if (body !== null) this.send(session, addedFor(session, body, sender));
  }

  /** Of what the customers' listener serves of the page. */
  pageRevision(): string {
    return chatPageRevision(this.state.config);
  }

  private publishPage() {
    const revision = this.pageRevision();
    const isNew = revision !== this.shownRevision;
    this.shownRevision = revision;
    for (const session of this.sessions.allCustomers()) {
      this.send(session, encodeBody({ name: 'asks.changed', asks: this.asksOf(session) }));
      if (isNew) this.send(session, encodeBody({ name: 'chatPage.changed', revision }));
    }
  }

  private publishGroups() {
    const body = encodeBody({ name: 'groups.changed', groups: this.groups() });
    if (body === this.shownGroups) return;
    this.shownGroups = body;
    for (const session of this.sessions.allCustomers()) this.send(session, body);
  }

  /** Only for connected customers, as only they can be told, however many wait. */
  private *waitingIn(groupIds: ReadonlySet<string>): Iterable<Thread> {
    for (const conversation of this.latestIn(groupIds))
      if (isInQueue(this.state.routing, conversation.conversationId)) yield conversation;
  }

  /** Only of connected customers, as only they can be told, however many wait. */
  private *latestIn(groupIds: ReadonlySet<string>): Iterable<Thread> {
    for (const customerId of this.sessions.connectedCustomers()) {
      const conversation = this.state.threads.latestOf(customerId);
      if (conversation && groupIds.has(conversation.groupId)) yield conversation;
    }
  }

  private view(session: CustomerSession, conversation: Thread) {
    const place = this.positions.placeOf(conversation);
    const body: CustomerEventBody = {
      name: 'conversation.changed',
      conversation: customerConversationViewOf(
        this.state,
        conversation,
        place,
        this.readMarks.of(conversation).byAgent,
      ),
    };
    const encoded = encodeBody(body);
    if (session.shown === encoded) return;
    session.shown = encoded;
    this.send(session, encoded);
  }
}
