import type { Rating } from '../../../shared/protocol/rating';
import type { RefusalView } from '../../../shared/protocol/refusals';
import type { AgentView, DiskSpace, HubFault, JoinView } from '../../../shared/protocol/views';
import type { OpeningHours } from '../hours/opening-hours';
import type { HubLimits } from '../limits';
import type { Clock } from '../ports';
import { isMember, isSupervisor } from '../rights/audience';
import type { Outbox } from '../session/outbox';
import type { AgentSession, Session, Sessions } from '../session/session';
import { chatPageOf } from '../state/chat-page';
import { type Group, officeOf } from '../state/config';
import type { HubState } from '../state/hub-state';
import type { HubRecord } from '../state/records';
import { routedAgent } from '../state/routing-view';
import { AccessFanOut } from './access-fan-out';
import { AssistantFanOut } from './assistant-fan-out';
import { Beat } from './beat';
import { CannedReplyFanOut } from './canned-reply-fan-out';
import { ConversationFanOut } from './conversation-fan-out';
import { CustomerFanOut } from './customer-fan-out';
import { type AddedMessage, type AgentEventBody, addedBodies, encodeBody, type Sender, wrapEvent } from './envelope';
import { LeftMessageFanOut } from './left-message-fan-out';
import { type MissedRecords, touchedByRecords } from './missed-records';
import { mentionsIn, type Notice, noticesFor } from './notices';
import { once } from './once';
import { senderOf } from './own-messages';
import { Presence } from './presence';
import { ReadMarks } from './read-marks';
import { Signals } from './signals';
import type { Touched } from './touched';
import { agentViewOf, assistantViewOf, blockViewOf, groupViewOf, webhookViewOf } from './views';

interface ShownAgent {
  /** Their own view as JSON, with a load of 0. */
  apartFromLoad: string;
  load: number;
}

/** Broadcasts what a step changed, and sends a new session a snapshot or catch-up. All of it waits in the outbox. */
export class FanOut {
  readonly customers: CustomerFanOut;
  readonly conversations: ConversationFanOut;
  readonly signals: Signals;
  readonly access: AccessFanOut;
  readonly assistants: AssistantFanOut;
  /** By group, its assistant as last told. */
  private readonly shownAssistants = new Map<string, string>();
  /** What is told of webhooks changes with every delivery. */
  private readonly webhooksBeat: Beat;
  private readonly leftMessages: LeftMessageFanOut;
  private readonly cannedReplies: CannedReplyFanOut;
  /** What was last told of each agent, so that a step that changed nothing visible sends nothing. */
  private readonly shownAgents = new Map<string, ShownAgent>();
  private readonly presence: Presence;
  private readonly customerPresence: Presence;
  /**
   * Agents whose load alone changed, for their colleagues: all together, because in a large office each of them is told
   * to everybody, and a message to a socket costs far more than a frame in it.
   */
  private readonly loads: Beat;
  /** By agent: the `seq` when they were last told without a record of that moment: as disconnected, or a load that waited. */
  private readonly unrecordedSeq = new Map<string, number>();
  private waitingJoins: JoinView[] = [];
  private hubFaults: readonly HubFault[] = [];
  private refused: RefusalView[] = [];
  private space: DiskSpace = 'plenty';
  /** The `seq` when `space` last changed, or at the start. */
  private spaceSeq: number;
  /** Agents last shown with misses in a row. */
  private readonly missing = new Set<string>();

  constructor(
    private readonly state: HubState,
    private readonly sessions: Sessions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly hours: Pick<OpeningHours, 'changesAt'>,
    limits: Pick<HubLimits, 'positionEveryMs' | 'presenceHoldMs' | 'summaryEveryMs'>,
  ) {
    const send = (session: Session, body: string) => this.send(session, body);
    this.spaceSeq = state.seq;
    const readMarks = new ReadMarks();
    const { positionEveryMs, presenceHoldMs } = limits;
    this.customers = new CustomerFanOut(state, sessions, hours, readMarks, send, { clock, positionEveryMs });
    const isHere = (customerId: string) => sessions.customerConnected(customerId);
    const shown = new Presence(clock, presenceHoldMs, isHere, (customerId) => this.presenceChanged(customerId));
    this.customerPresence = shown;
    this.conversations = new ConversationFanOut(state, sessions, readMarks, shown, send, clock, limits);
    this.loads = new Beat(clock, limits.summaryEveryMs, (agentIds) => this.tellLoads(agentIds));
    const isThere = (agentId: string) => routedAgent(state.routing, agentId)?.connected ?? false;
    this.presence = new Presence(clock, presenceHoldMs, isThere, (agentId) => this.agentGone(agentId));
    this.signals = new Signals(state, sessions, readMarks, this.conversations, this.customers);
    this.access = new AccessFanOut(state, sessions, send);
    this.webhooksBeat = new Beat(clock, limits.summaryEveryMs, () => this.publishWebhooks());
    this.assistants = new AssistantFanOut(state, sessions, send);
    this.leftMessages = new LeftMessageFanOut(state, sessions, shown, send);
    this.cannedReplies = new CannedReplyFanOut(state, sessions, send);
  }

  /** `only`: the record does nothing but add this message. */
  publish(record: HubRecord, only: AddedMessage | null): void {
    if (only) this.messageAdded(only);
    else this.publishTouched(touchedByRecords(this.state, [record]), senderOf(record));
  }

  /** A session's first events: all it may see, as of now. */
  snapshot(session: AgentSession): void {
    this.office(session);
    this.access.snapshot(session);
    this.conversations.snapshot(session);
    this.leftMessages.refreshSight(session);
    this.cannedReplies.snapshot(session);
    this.erasedTo(
      session,
      this.state.erased.entries().map(([customerId]) => customerId),
    );
    if (isSupervisor(this.state, session.agentId)) {
      this.unrecordedTo(session);
      this.blocksTo(session);
      this.assistantsTo(session);
      this.webhooksTo(session);
    }
  }

  /** The catch-up: what the client has missed. */
  resume(session: AgentSession, missed: MissedRecords): void {
    const { since, records, touched } = missed;
    // Disk space is not recorded.
    if (touched.office || since <= this.spaceSeq) this.send(session, this.officeBody());
    for (const body of this.officeBodies(touched)) this.send(session, body);
    if (touched.assistants)
      for (const group of this.state.config.groups.values()) this.send(session, this.groupBody(group));
    const unrecorded = [...this.unrecordedSeq].flatMap(([agentId, seq]) => (seq >= since ? agentId : []));
    for (const agentId of new Set([...touched.agents, ...unrecorded, ...this.loads.held]))
      this.send(session, this.agentBody(agentId, session));
    this.access.resume(session, touched);
    this.conversations.resume(session, missed);
    this.leftMessages.resume(session, missed);
    this.cannedReplies.resume(session, missed);
    this.erasedTo(session, [...touched.erased]);
    if (isSupervisor(this.state, session.agentId)) {
      this.unrecordedTo(session);
      if (touched.blocks) this.blocksTo(session);
      this.assistantsTo(session);
      this.webhooksTo(session);
    }
    for (const record of records)
      for (const notice of noticesFor(this.state, touchedByRecords(this.state, [record])))
        if (this.isFor(notice, session)) this.send(session, encodeNotice(notice, record.seq));
  }

  /** Sends the office, settings, groups and agents. */
  office(session: Session): void {
    const { config, routing } = this.state;
    this.send(session, this.officeBody());
    this.send(session, encodeBody({ name: 'settings.changed', settings: { ...routing.settings } }));
    for (const group of config.groups.values()) this.send(session, this.groupBody(group));
    for (const agentId of config.accounts.keys()) this.send(session, this.agentBody(agentId, session));
  }

  /** A customer's tab was opened or closed. */
  cameOrWent(customerId: string): void {
    if (this.customerPresence.look(customerId)) this.presenceChanged(customerId);
  }

  /** Told to everybody. */
  diskSpace(space: DiskSpace): void {
    this.space = space;
    this.spaceSeq = this.state.seq;
    this.broadcast(this.officeBody());
  }

  /** Devices waiting for approval, told to supervisors. Not recorded. */
  joins(joins: JoinView[]): void {
    this.waitingJoins = joins;
    for (const session of this.sessions.allAgents())
      if (isSupervisor(this.state, session.agentId)) this.joinsTo(session);
  }

  /** Problems of the hub itself, told to supervisors. Not recorded. */
  faults(faults: readonly HubFault[]): void {
    this.hubFaults = faults;
    for (const session of this.sessions.allAgents())
      if (isSupervisor(this.state, session.agentId)) this.faultsTo(session);
  }

  /** Refusals of strangers, told to supervisors. Not recorded. */
  refusals(refusals: RefusalView[]): void {
    this.refused = refusals;
    for (const session of this.sessions.allAgents())
      if (isSupervisor(this.state, session.agentId)) this.refusalsTo(session);
  }

  stop(): void {
    this.customers.stop();
    this.conversations.stop();
    this.presence.stop();
    this.loads.stop();
    this.webhooksBeat.stop();
  }

  /** So that a workstation drops what it keeps by itself: drafts, and conversations that are still open on it. */
  private erasedTo(session: AgentSession, customerIds: string[]) {
    if (customerIds.length > 0) this.send(session, encodeBody({ name: 'customers.erased', customerIds }));
  }

  private unrecordedTo(session: AgentSession) {
    this.joinsTo(session);
    this.faultsTo(session);
    this.refusalsTo(session);
  }

  private refusalsTo(session: AgentSession) {
    const refusals = isSupervisor(this.state, session.agentId) ? this.refused : [];
    this.send(session, encodeBody({ name: 'refusals.changed', refusals }));
  }

  private joinsTo(session: AgentSession) {
    const joins = isSupervisor(this.state, session.agentId) ? this.waitingJoins : [];
    this.send(session, encodeBody({ name: 'joins.changed', joins }));
  }

  private faultsTo(session: AgentSession) {
    const faults = isSupervisor(this.state, session.agentId) ? [...this.hubFaults] : [];
    this.send(session, encodeBody({ name: 'faults.changed', faults }));
  }

  private blocksTo(session: AgentSession) {
    const all = isSupervisor(this.state, session.agentId) ? [...this.state.config.blocks.values()] : [];
    this.send(session, encodeBody({ name: 'blocks.changed', blocks: all.map(blockViewOf) }));
  }

  private assistantsTo(session: AgentSession) {
    const all = isSupervisor(this.state, session.agentId) ? [...this.state.config.assistants.values()] : [];
    const assistants = all.map((each) => assistantViewOf(this.state, each));
    this.send(session, encodeBody({ name: 'assistants.changed', assistants }));
  }

  private webhooksTo(session: AgentSession) {
    const all = isSupervisor(this.state, session.agentId) ? [...this.state.webhooks.values()] : [];
    this.send(session, encodeBody({ name: 'webhooks.changed', webhooks: all.map(webhookViewOf) }));
  }

  private publishWebhooks() {
    for (const session of this.sessions.allAgents())
      if (isSupervisor(this.state, session.agentId)) this.webhooksTo(session);
  }

  /** Everybody is told which groups have an assistant that is there, supervisors more of it. */
  private publishAssistants() {
    for (const group of this.state.config.groups.values()) {
      const shown = JSON.stringify(this.groupView(group).assistant ?? null);
      if ((this.shownAssistants.get(group.groupId) ?? 'null') === shown) continue;
      this.shownAssistants.set(group.groupId, shown);
      this.broadcast(this.groupBody(group));
    }
    for (const session of this.sessions.allAgents())
      if (isSupervisor(this.state, session.agentId)) this.assistantsTo(session);
  }

  private officeBody(): string {
    const sample = this.state.config.office?.sample ?? false;
    const { config, dateJump } = this.state;
    const secrets = config.identity?.secrets ?? [];
    const identitySecrets = secrets.map(({ secretId, madeAt }) => ({ secretId, madeAt }));
    const settings = { ...officeOf(config), chatPage: chatPageOf(config), hours: config.officeHours, identitySecrets };
    const office = { ...settings, sample, diskSpace: this.space, dateJump };
    return encodeBody({ name: 'office.changed', office });
  }

  /** Settings and groups. */
  private officeBodies(touched: Touched): string[] {
    const { config, routing } = this.state;
    const bodies: AgentEventBody[] = [];
    if (touched.settings) bodies.push({ name: 'settings.changed', settings: { ...routing.settings } });
    for (const groupId of touched.groups) {
      const group = config.groups.get(groupId);
      if (group) bodies.push({ name: 'group.changed', group: this.groupView(group) });
      else bodies.push({ name: 'group.removed', groupId });
    }
    // A removed group ends its members' memberships; the events of a removed device and of an erased customer do not
    // name the agents concerned.
    const isGone = [...touched.groups].some((id) => !config.groups.has(id));
    if (
      touched.everyAgent ||
      isGone ||
      touched.erased.size > 0 ||
      [...touched.devices].some((id) => !config.devices.has(id))
    )
      for (const agentId of config.accounts.keys()) touched.agents.add(agentId);
    return bodies.map(encodeBody);
  }

  private publishTouched(touched: Touched, sender: Sender | null) {
    if (touched.accounts.size > 0 || touched.groups.size > 0) this.conversations.accountsChanged();
    if (touched.office) this.broadcast(this.officeBody());
    for (const body of this.officeBodies(touched)) this.broadcast(body);
    for (const agentId of touched.agents) this.publishAgent(agentId);
    for (const conversationId of touched.conversations) {
      const conversation = this.state.threads.get(conversationId);
      if (!conversation) continue;
      const messages = touched.messages.get(conversationId) ?? [];
      const added = messages.map((each) => addedBodies(each, each.from.kind === 'system' ? null : sender));
      this.conversations.publish(conversation, added);
      this.assistants.publish(conversation, added);
      this.customers.conversation(conversation, added);
    }
    for (const [conversationId, rating] of touched.rated) this.publishRating(conversationId, rating);
    for (const agentId of touched.accounts) this.refreshSight(agentId);
    this.access.publish(touched);
    this.leftMessages.publish(touched);
    this.cannedReplies.publish(touched);
    if (touched.blocks)
      for (const session of this.sessions.allAgents())
        if (isSupervisor(this.state, session.agentId)) this.blocksTo(session);
    if (touched.assistants) this.publishAssistants();
    if (touched.webhooks) this.webhooksBeat.changed('all');
    if (touched.erased.size > 0) this.assistants.removeErased();
    if (touched.erased.size > 0)
      for (const session of this.sessions.allAgents()) this.erasedTo(session, [...touched.erased]);
    for (const notice of noticesFor(this.state, touched)) this.publishNotice(notice);
    this.customers.publish(touched);
  }

  /** Who has left the conversation on screen sees it there; of one that has left the state, the history tells. */
  private publishRating(conversationId: string, rating: Rating) {
    const thread = this.state.threads.get(conversationId);
    if (!thread) return;
    const body = encodeBody({ name: 'conversation.rated', conversationId, rating });
    for (const session of this.sessions.allAgents())
      if (isSupervisor(this.state, session.agentId) || isMember(this.state, session.agentId, thread.groupId))
        this.send(session, body);
  }

  private messageAdded({ message, added }: AddedMessage) {
    const conversation = this.state.threads.get(message.conversationId);
    if (!conversation) return;
    const { from } = message;
    // An agent's first answer ends their misses in a row.
    if (from.kind === 'agent' && this.missing.has(from.agentId)) this.publishAgent(from.agentId);
    this.conversations.messageAdded(conversation, added);
    this.assistants.messageAdded(conversation, added);
    this.customers.messageAdded(conversation, added);
    for (const notice of mentionsIn(this.state, message)) this.publishNotice(notice);
  }

  private publishAgent(agentId: string) {
    this.presence.look(agentId);
    const agent = this.agentView(agentId, true);
    if (agent && agent.missedInARow > 0) this.missing.add(agentId);
    else this.missing.delete(agentId);
    const shown = this.shownAgents.get(agentId);
    const apartFromLoad = JSON.stringify(agent && { ...agent, load: 0 });
    if (shown?.apartFromLoad === apartFromLoad) {
      if (agent && shown.load !== agent.load) this.loadChanged(agentId, shown, agent);
      return;
    }
    this.loads.settled(agentId);
    if (agent) this.shownAgents.set(agentId, { apartFromLoad, load: agent.load });
    else this.forgetAgent(agentId);
    this.toOwn(agentId, agent);
    this.toColleagues(agentId);
  }

  /** Their own workstation goes by it, and is told at once. */
  private loadChanged(agentId: string, shown: ShownAgent, agent: AgentView) {
    shown.load = agent.load;
    this.toOwn(agentId, agent);
    this.loads.changed(agentId);
  }

  private tellLoads(agentIds: readonly string[]) {
    this.outbox.together(() => {
      for (const agentId of agentIds) {
        this.unrecordedSeq.set(agentId, this.state.seq);
        this.toColleagues(agentId);
      }
    });
  }

  private toOwn(agentId: string, agent: AgentView | null) {
    const own = this.sessions.agent(agentId);
    if (own) this.send(own, encodeAgent(agentId, agent));
  }

  private toColleagues(agentId: string) {
    const body = once(() => encodeAgent(agentId, this.agentView(agentId, false)));
    for (const session of this.sessions.allAgents()) if (session.agentId !== agentId) this.send(session, body());
  }

  private forgetAgent(agentId: string) {
    this.shownAgents.delete(agentId);
    this.presence.forget(agentId);
    this.unrecordedSeq.delete(agentId);
  }

  private presenceChanged(customerId: string) {
    this.conversations.unrecorded(customerId);
    this.leftMessages.unrecorded(customerId);
  }

  private agentGone(agentId: string) {
    this.unrecordedSeq.set(agentId, this.state.seq);
    this.publishAgent(agentId);
  }

  private agentBody(agentId: string, session: Session): string {
    return encodeAgent(agentId, this.agentView(agentId, session.kind === 'agent' && session.agentId === agentId));
  }

  /** `own`: as the agent themselves sees it. */
  private agentView(agentId: string, own: boolean): AgentView | null {
    const agent = agentViewOf(this.state, agentId, own);
    return agent && { ...agent, connected: this.presence.isShown(agentId) };
  }

  /** The agent's groups or role changed: sends what they may see now, and removes what they no longer may. */
  private refreshSight(agentId: string) {
    const session = this.sessions.agent(agentId);
    if (!session || !this.state.config.accounts.has(agentId)) return;
    this.conversations.refreshSight(session);
    this.leftMessages.refreshSight(session);
    this.access.devices(session);
    this.unrecordedTo(session);
    this.blocksTo(session);
    this.assistantsTo(session);
    this.access.apiTokensTo(session);
    this.webhooksTo(session);
  }

  private publishNotice(notice: Notice) {
    const body = encodeNotice(notice, this.state.seq);
    for (const session of this.sessions.allAgents()) if (this.isFor(notice, session)) this.send(session, body);
  }

  private isFor({ to }: Notice, { agentId }: AgentSession): boolean {
    return to === 'supervisors' ? isSupervisor(this.state, agentId) : agentId === to.agentId;
  }

  private groupView(group: Group) {
    return groupViewOf(this.state, group, this.hours.changesAt(group.groupId));
  }

  private groupBody(group: Group): string {
    return encodeBody({ name: 'group.changed', group: this.groupView(group) });
  }

  private broadcast(body: string) {
    for (const session of this.sessions.allAgents()) this.send(session, body);
  }

  private send(session: Session, body: string) {
    const { seq } = this.state;
    this.outbox.send(seq, session, wrapEvent(session, seq, this.clock.now(), body));
  }
}

/** `seq`: of the record that caused it. */
function encodeNotice({ code, conversationId, params }: Notice, seq: number): string {
  const noticeId = [seq, code, conversationId ?? params.group ?? params.name].join('.');
  return encodeBody({ name: 'notice', noticeId, code, conversationId, params });
}

function encodeAgent(agentId: string, agent: AgentView | null): string {
  return encodeBody(agent ? { name: 'agent.changed', agent } : { name: 'agent.removed', agentId });
}
