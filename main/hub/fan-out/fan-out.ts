import type { MessageView } from '../../../shared/protocol/views';
import type { OpeningHours } from '../hours/opening-hours';
import type { Outbox } from '../outbox';
import type { Clock } from '../ports';
import { routedConversation } from '../routing-view';
import type { AgentSession, Session, Sessions } from '../session';
import type { Group } from '../state/config';
import type { DeskConversation } from '../state/desk';
import type { HubState } from '../state/hub-state';
import type { HubRecord } from '../state/records';
import { isSupervisor, mayRead, maySee } from './audience';
import { CustomerFanOut } from './customer-fan-out';
import { type AgentEventBody, encodeBody, wrapEvent } from './envelope';
import { LeftMessageFanOut } from './left-message-fan-out';
import { type Notice, noticesFor } from './notices';
import { type Touched, touchedBy } from './touched';
import { agentViewOf, conversationViewOf, deviceViewOf, groupViewOf } from './views';

/** Tells everyone what a step changed, and a new session everything it may see. What it sends waits in the outbox. */
export class FanOut {
  readonly customers: CustomerFanOut;
  private readonly leftMessages: LeftMessageFanOut;
  /** The last view sent of each agent, so that a step that changed nothing visible says nothing. */
  private readonly shownAgents = new Map<string, string>();

  constructor(
    private readonly state: HubState,
    private readonly sessions: Sessions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly hours: OpeningHours,
    positionEveryMs: number,
  ) {
    const send = (session: Session, body: string) => this.send(session, body);
    this.customers = new CustomerFanOut(state, sessions, hours, send, { clock, positionEveryMs });
    this.leftMessages = new LeftMessageFanOut(state, sessions, send);
  }

  publish(record: HubRecord): void {
    const groupOf = (id: string) => this.state.desk.conversations.get(id)?.groupId ?? null;
    const touched = touchedBy(record.events, groupOf);
    this.publishOffice(touched);
    for (const agentId of touched.agents) this.publishAgent(agentId);
    for (const deviceId of touched.devices) this.publishDevice(deviceId);
    for (const conversationId of touched.conversations)
      this.publishConversation(conversationId, touched.messages.get(conversationId) ?? []);
    for (const agentId of touched.accounts) this.refreshSight(agentId);
    this.leftMessages.publish(touched);
    for (const notice of noticesFor(this.state, touched.routing)) this.publishNotice(notice);
    this.customers.publish(touched);
  }

  /** A session's first events: all it may see, as of now. */
  snapshotForAgent(session: AgentSession): void {
    this.office(session);
    const supervisor = isSupervisor(this.state, session.agentId);
    if (supervisor)
      for (const device of this.state.config.devices.values())
        this.send(session, encodeBody({ name: 'device.changed', device: deviceViewOf(device) }));
    for (const conversation of this.state.desk.conversations.values()) this.conversationTo(session, conversation, []);
    this.leftMessages.refresh(session);
  }

  /** The office, settings, groups and agents. */
  office(session: Session): void {
    const { config, routing } = this.state;
    this.send(session, encodeBody({ name: 'office.changed', office: config.office ?? { name: '?', sample: false } }));
    this.send(session, encodeBody({ name: 'settings.changed', settings: { ...routing.settings } }));
    for (const group of config.groups.values())
      this.send(session, encodeBody({ name: 'group.changed', group: this.groupView(group) }));
    for (const agentId of config.accounts.keys()) {
      const agent = agentViewOf(this.state, agentId);
      if (agent) this.send(session, encodeBody({ name: 'agent.changed', agent }));
    }
  }

  /** The customer came or went: agents see it, nothing is recorded. */
  customerPresence(customerId: string): void {
    const conversation = this.state.desk.latestOf(customerId);
    if (conversation && routedConversation(this.state.routing, conversation.conversationId))
      this.toAgents(conversation, []);
  }

  /** Begins or ends sending a watched conversation's messages. */
  watch(session: AgentSession, conversationId: string | null): void {
    const before = session.watched;
    session.watched = conversationId;
    for (const id of [before, conversationId]) {
      const conversation = id === null ? undefined : this.state.desk.conversations.get(id);
      if (conversation) this.conversationTo(session, conversation, []);
    }
  }

  stop(): void {
    this.customers.stop();
  }

  private publishOffice(touched: Touched) {
    const { config, routing } = this.state;
    const bodies: AgentEventBody[] = [];
    if (touched.office && config.office) bodies.push({ name: 'office.changed', office: config.office });
    if (touched.settings) bodies.push({ name: 'settings.changed', settings: { ...routing.settings } });
    for (const groupId of touched.groups) {
      const group = config.groups.get(groupId);
      if (group) bodies.push({ name: 'group.changed', group: this.groupView(group) });
      else bodies.push({ name: 'group.removed', groupId });
    }
    // A group that went took its members' memberships with it.
    if ([...touched.groups].some((groupId) => !config.groups.has(groupId)))
      for (const agentId of config.accounts.keys()) touched.agents.add(agentId);
    for (const body of bodies) this.broadcast(encodeBody(body));
  }

  private publishAgent(agentId: string) {
    const agent = agentViewOf(this.state, agentId);
    const body = encodeBody(agent ? { name: 'agent.changed', agent } : { name: 'agent.removed', agentId });
    if (this.shownAgents.get(agentId) === body) return;
    if (agent) this.shownAgents.set(agentId, body);
    else this.shownAgents.delete(agentId);
    this.broadcast(body);
  }

  private publishDevice(deviceId: string) {
    const device = this.state.config.devices.get(deviceId);
    const body = encodeBody(
      device ? { name: 'device.changed', device: deviceViewOf(device) } : { name: 'device.removed', deviceId },
    );
    for (const session of this.sessions.allAgents())
      if (isSupervisor(this.state, session.agentId)) this.send(session, body);
  }

  private publishConversation(conversationId: string, messages: readonly MessageView[]) {
    const conversation = this.state.desk.conversations.get(conversationId);
    if (!conversation) return;
    this.toAgents(conversation, messages);
    this.customers.conversation(conversation, messages);
  }

  private toAgents(conversation: DeskConversation, messages: readonly MessageView[]) {
    const connected = this.sessions.customerConnected(conversation.customerId);
    const body = encodeBody({
      name: 'conversation.changed',
      conversation: conversationViewOf(this.state, conversation, connected),
    });
    for (const session of this.sessions.allAgents()) this.conversationTo(session, conversation, messages, body);
  }

  /** One conversation for one agent: seen, read, or no longer. `body` is the view when it is encoded already. */
  private conversationTo(
    session: AgentSession,
    conversation: DeskConversation,
    messages: readonly MessageView[],
    body?: string,
  ) {
    const { conversationId } = conversation;
    const routed = routedConversation(this.state.routing, conversationId);
    if (!routed) return this.closedTo(session, conversationId, messages, body);
    if (!maySee(this.state, session.agentId, routed)) return this.hide(session, conversationId);
    const connected = this.sessions.customerConnected(conversation.customerId);
    const view = () => conversationViewOf(this.state, conversation, connected);
    this.send(session, body ?? encodeBody({ name: 'conversation.changed', conversation: view() }));
    session.sees.add(conversationId);
    if (!mayRead(this.state, session, conversationId, routed)) {
      session.reads.delete(conversationId);
    } else if (session.reads.has(conversationId)) {
      for (const message of messages) this.send(session, encodeBody({ name: 'message.added', message }));
    } else {
      session.reads.add(conversationId);
      const history: AgentEventBody = {
        name: 'conversation.history',
        conversationId,
        messages: conversation.messages,
      };
      this.send(session, encodeBody(history));
    }
  }

  /** The last view and lines, so that a client can say how it ended; then it is gone. */
  private closedTo(session: AgentSession, conversationId: string, messages: readonly MessageView[], body?: string) {
    if (session.watched === conversationId) session.watched = null;
    if (!session.sees.has(conversationId)) return;
    if (body !== undefined) this.send(session, body);
    if (session.reads.has(conversationId))
      for (const message of messages) this.send(session, encodeBody({ name: 'message.added', message }));
    this.hide(session, conversationId);
  }

  private hide(session: AgentSession, conversationId: string) {
    session.reads.delete(conversationId);
    if (!session.sees.delete(conversationId)) return;
    this.send(session, encodeBody({ name: 'conversation.removed', conversationId }));
  }

  /** After a change of groups or role: what came into sight and what left it. */
  private refreshSight(agentId: string) {
    const session = this.sessions.agent(agentId);
    if (!session || !this.state.config.accounts.has(agentId)) return;
    for (const conversation of this.state.desk.conversations.values()) {
      const routed = routedConversation(this.state.routing, conversation.conversationId);
      const seen = session.sees.has(conversation.conversationId);
      if (seen !== (routed !== null && maySee(this.state, agentId, routed)))
        this.conversationTo(session, conversation, []);
    }
    if (!isSupervisor(this.state, agentId)) return;
    for (const device of this.state.config.devices.values())
      this.send(session, encodeBody({ name: 'device.changed', device: deviceViewOf(device) }));
  }

  private publishNotice({ to, code, conversationId, params }: Notice) {
    const body = encodeBody({ name: 'notice', code, conversationId, params });
    for (const session of this.sessions.allAgents()) {
      const wanted = to === 'supervisors' ? isSupervisor(this.state, session.agentId) : session.agentId === to.agentId;
      if (wanted) this.send(session, body);
    }
  }

  private groupView(group: Group) {
    return groupViewOf(group, this.hours.changesAt(group.groupId));
  }

  private broadcast(body: string) {
    for (const session of this.sessions.allAgents()) this.send(session, body);
  }

  private send(session: Session, body: string) {
    const { seq } = this.state;
    this.outbox.send(seq, session, wrapEvent(session, seq, this.clock.now(), body));
  }
}
