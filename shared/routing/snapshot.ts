import { armOffer } from './deadlines';
import { dueItem } from './due-heap';
import { newAgent, newConversation, newGroup } from './entities';
import { enterQueue, reindexAgent, setMembership, setStage } from './indexes';
import { assertNever, must } from './must';
import { defaultSettings, mergeSettings } from './settings';
import {
  type Agent,
  type Assistant,
  type ClosedConversation,
  type Conversation,
  createRouting,
  type EndedOffer,
  type Group,
  type Hold,
  heldSince,
  type LastReceptionist,
  type Marks,
  NO_MARKS,
  noteOpen,
  type Offer,
  offerOf,
  type RoutingState,
  type Search,
  type Stage,
  stageName,
  type Unanswered,
  type WrapUp,
} from './state';
import type { LeftAssistant, Membership, Settings, StageName, Terms } from './types';

/*
 * The state as plain JSON. Only facts are saved; all indexes are rebuilt on load. A restored state behaves exactly like
 * the one it was taken from.
 */

const FORMAT_VERSION = 1;

type AgentDerived = 'readiness' | 'fit' | 'countedOnline' | 'wanted' | 'due';
type AgentSets = 'offers' | 'active' | 'handingOver';
type SavedAgent = Omit<Agent, AgentDerived | AgentSets | 'members' | 'wrapUps'> & {
  groups: Membership[];
  offers: string[];
  active: string[];
  handingOver: string[];
  wrapUps: [string, WrapUp][];
};
/** One flat shape for all stages: a field of another stage is null or has its initial value. */
interface SavedConversation {
  id: string;
  customerId: string;
  channel: string;
  enqueuedAt: number;
  openedAt: number;
  seq: number;
  groupId: string;
  priority: number;
  stage: Exclude<StageName, 'closed'>;
  waitFrom: number;
  agentId: string | null;
  /** Assisted only. */
  assistantId?: string;
  awaitedSince?: number | null;
  fromAgentId: string | null;
  offerId: string | null;
  flagged: boolean;
  flaggedAtEvent: number;
  tried: [string, number][];
  lastTryEndedAt: number | null;
  failedTries: number;
  cooling: [string, number][];
  offeredAtMoment: [string, number][];
  holdStartedAt: number | null;
  holdOver: boolean;
  preferenceHoldStartedAt: number | null;
  preferenceDropped: boolean;
  offerTimes: number[];
  /** Absent: false. */
  reopened?: true;
  /** Absent: null. */
  fromAssistant?: LeftAssistant;
  placeAtStart: number | null;
  throttledUntil: number | null;
  assignedAt: number;
  attended: boolean;
  ackBy: number | null;
  attendBy: number | null;
  terms: Terms | null;
  missed: boolean;
  silentSince: number | null;
  silenceNoticedAt: number | null;
  /** Absent: saved by an earlier version. */
  unanswered?: Unanswered | null;
}
type SavedAssistant = Omit<Assistant, 'conversations'> & { conversations: string[] };
type SavedOffer = Omit<Offer, 'due'>;
type SavedGroup = Pick<Group, 'id' | 'name' | 'open' | 'overrides' | 'staffed' | 'waitsPerPlaceMs'> & {
  /** Absent: saved by an earlier version. */
  servedAt?: number | null;
};

export interface SavedRouting {
  version: number;
  settings: Settings;
  groups: SavedGroup[];
  agents: SavedAgent[];
  /** Absent: none. */
  assistants?: SavedAssistant[];
  conversations: SavedConversation[];
  offers: SavedOffer[];
  endedOffers: [string, EndedOffer][];
  closed: [string, ClosedConversation][];
  lastReceptionists: [string, LastReceptionist][];
  eventCount: number;
  seqCount: number;
  offerCount: number;
  recordedAt: number | null;
}

/*
 * Written out field by field: a spread with omitted fields costs V8 ten times as much. The types make sure that no fact
 * is forgotten.
 */

function saveAgent(agent: Agent): SavedAgent {
  return {
    id: agent.id,
    name: agent.name,
    capacity: agent.capacity,
    groups: [...agent.members].map(([groupId, { priority }]) => ({ groupId, priority })),
    status: agent.status,
    cause: agent.cause,
    statusSince: agent.statusSince,
    reason: agent.reason,
    afterThis: agent.afterThis,
    breakGroupId: agent.breakGroupId,
    connected: agent.connected,
    goneAt: agent.goneAt,
    automatic: agent.automatic,
    offers: [...agent.offers],
    active: [...agent.active],
    handingOver: [...agent.handingOver],
    wrapUps: [...agent.wrapUps].map(([id, wrapUp]) => [id, { ...wrapUp }]),
    missedInARow: agent.missedInARow,
    lastMissAt: agent.lastMissAt,
    givenAt: agent.givenAt,
    moment: agent.moment,
    fillBefore: agent.fillBefore,
    lastFillAt: agent.lastFillAt,
    pacedUntil: agent.pacedUntil,
    excusedLoad: agent.excusedLoad,
  };
}

function saveConversation(conversation: Conversation): SavedConversation {
  const { stage, search, priorityHold, preferenceHold, silence } = conversation;
  const offer = offerOf(conversation);
  const held = stage.kind === 'active' || stage.kind === 'handedOver' ? stage : null;
  const unattended = held?.unattended ?? null;
  return {
    id: conversation.id,
    customerId: conversation.customerId,
    channel: conversation.channel,
    enqueuedAt: conversation.enqueuedAt,
    openedAt: conversation.openedAt,
    seq: conversation.seq,
    groupId: conversation.groupId,
    priority: conversation.priority,
    stage: stageName(conversation),
    waitFrom: conversation.waitFrom,
    agentId: stage.kind === 'active' ? stage.agentId : null,
    ...(stage.kind === 'assisted' ? { assistantId: stage.assistantId, awaitedSince: stage.awaitedSince } : {}),
    fromAgentId: offer?.fromAgentId ?? null,
    offerId: offer?.id ?? null,
    flagged: search.flag !== null,
    flaggedAtEvent: search.flag?.atEvent ?? 0,
    tried: [...search.tried],
    lastTryEndedAt: search.lastTryEndedAt,
    failedTries: search.failedTries,
    cooling: [...search.cooling],
    offeredAtMoment: [...(search.flag?.offeredAtMoment ?? NO_MARKS)],
    holdStartedAt: heldSince(priorityHold),
    holdOver: priorityHold === 'over',
    preferenceHoldStartedAt: heldSince(preferenceHold),
    preferenceDropped: preferenceHold === 'over',
    offerTimes: [...conversation.offerTimes],
    ...(conversation.reopened ? { reopened: true } : {}),
    ...(conversation.fromAssistant === null ? {} : { fromAssistant: conversation.fromAssistant }),
    placeAtStart: conversation.placeAtStart,
    throttledUntil: search.throttledUntil,
    assignedAt: unattended?.assignedAt ?? conversation.enqueuedAt,
    attended: held !== null && unattended === null,
    ackBy: unattended?.ackBy ?? null,
    attendBy: unattended?.attendBy ?? null,
    terms: unattended?.terms ?? null,
    missed: unattended?.missed ?? false,
    silentSince: silence?.since ?? null,
    silenceNoticedAt: silence?.noticedAt ?? null,
    unanswered: conversation.unanswered,
  };
}

function saveAssistant({ id, name, groupIds, connected, conversations }: Assistant): SavedAssistant {
  return { id, name, groupIds: [...groupIds], connected, conversations: [...conversations] };
}

function saveGroup({ id, name, open, overrides, staffed, waitsPerPlaceMs, servedAt }: Group): SavedGroup {
  return { id, name, open, overrides, staffed, waitsPerPlaceMs: [...waitsPerPlaceMs], servedAt };
}

export function exportState(state: RoutingState): SavedRouting {
  return {
    version: FORMAT_VERSION,
    settings: state.settings,
    groups: [...state.groups.values()].map(saveGroup),
    agents: [...state.agents.values()].map(saveAgent),
    ...(state.assistants.size === 0 ? {} : { assistants: [...state.assistants.values()].map(saveAssistant) }),
    conversations: [...state.conversations.values()].map(saveConversation),
    offers: [...state.offers.values()].map(({ due: _due, ...facts }) => facts),
    endedOffers: state.endedOffers.entries(),
    closed: state.closed.entries(),
    lastReceptionists: [...state.lastReceptionists],
    eventCount: state.eventCount,
    seqCount: state.seqCount,
    offerCount: state.offerCount,
    recordedAt: state.recordedAt,
  };
}

function loadAgent(state: RoutingState, saved: SavedAgent): void {
  const { groups, offers, active, handingOver, wrapUps, ...facts } = saved;
  const agent = newAgent(saved.id, saved.statusSince);
  Object.assign(agent, facts);
  agent.offers = new Set(offers);
  agent.active = new Set(active);
  agent.handingOver = new Set(handingOver);
  agent.wrapUps = new Map(wrapUps.map(([id, wrapUp]) => [id, { ...wrapUp }]));
  state.agents.set(agent.id, agent);
  if (agent.afterThis) state.leaving.add(agent);
  setMembership(state, agent, groups);
  reindexAgent(state, agent, true);
}

function loadAssistant(state: RoutingState, { conversations, ...facts }: SavedAssistant): void {
  const assistant = { ...facts, conversations: new Set(conversations) };
  state.assistants.set(assistant.id, assistant);
  for (const groupId of assistant.groupIds) must(state.groups, groupId).assistant = assistant;
}

function loadMarks(saved: [string, number][]): Marks {
  return saved.length === 0 ? NO_MARKS : new Map(saved);
}

function loadSearch(saved: SavedConversation): Search {
  const { lastTryEndedAt, failedTries, throttledUntil } = saved;
  const flag = { atEvent: saved.flaggedAtEvent, offeredAtMoment: loadMarks(saved.offeredAtMoment) };
  return {
    tried: loadMarks(saved.tried),
    lastTryEndedAt,
    failedTries,
    cooling: loadMarks(saved.cooling),
    throttledUntil,
    flag: saved.flagged ? flag : null,
  };
}

function loadHold(since: number | null, over: boolean): Hold {
  if (over) return 'over';
  return since === null ? 'possible' : { since };
}

function loadUnattended({ attended, assignedAt, ackBy, attendBy, terms, missed }: SavedConversation) {
  return attended || !terms ? null : { assignedAt, ackBy, attendBy, terms, missed };
}

function loadStage(state: RoutingState, saved: SavedConversation): Stage {
  switch (saved.stage) {
    case 'assisted': {
      const { id: assistantId } = must(state.assistants, saved.assistantId);
      return { kind: 'assisted', assistantId, awaitedSince: saved.awaitedSince ?? null };
    }
    case 'waiting':
      return { kind: 'waiting', place: must(state.groups, saved.groupId).ready, wantedBy: null };
    case 'offered': {
      const offer = must(state.offers, saved.offerId);
      if (offer.kind === 'transfer') return { kind: 'handedOver', offer, unattended: loadUnattended(saved) };
      return { kind: 'offered', offer, place: must(state.groups, saved.groupId).ringing };
    }
    case 'active':
      return { kind: 'active', agentId: must(state.agents, saved.agentId).id, unattended: loadUnattended(saved) };
    default:
      return assertNever(saved.stage);
  }
}

function loadConversation(state: RoutingState, saved: SavedConversation): void {
  const { silentSince, silenceNoticedAt } = saved;
  const stage = loadStage(state, saved);
  const conversation = newConversation(saved, stage);
  conversation.waitFrom = saved.waitFrom;
  conversation.search = loadSearch(saved);
  conversation.priorityHold = loadHold(saved.holdStartedAt, saved.holdOver);
  conversation.preferenceHold = loadHold(saved.preferenceHoldStartedAt, saved.preferenceDropped);
  conversation.offerTimes = [...saved.offerTimes];
  conversation.reopened = saved.reopened ?? false;
  conversation.fromAssistant = saved.fromAssistant ?? null;
  conversation.placeAtStart = saved.placeAtStart;
  conversation.silence = silentSince === null ? null : { since: silentSince, noticedAt: silenceNoticedAt };
  conversation.unanswered = saved.unanswered ?? null;
  state.conversations.set(conversation.id, conversation);
  noteOpen(state, conversation);
  if (stage.kind === 'waiting') enterQueue(state, conversation);
  else setStage(state, conversation, stage);
}

/** The inverse of `exportState`. Throws on another format version; the caller has verified the file's integrity. */
export function importState(saved: SavedRouting): RoutingState {
  if (saved.version !== FORMAT_VERSION) throw new Error(`routing state of version ${saved.version} is not known`);
  const state = createRouting();
  state.settings = mergeSettings(defaultSettings(), saved.settings);
  state.eventCount = saved.eventCount;
  state.seqCount = saved.seqCount;
  state.offerCount = saved.offerCount;
  state.recordedAt = saved.recordedAt;
  state.clockAt = saved.recordedAt ?? Number.NEGATIVE_INFINITY;
  for (const { id, ...facts } of saved.groups) {
    const group = newGroup(state, id);
    Object.assign(group, facts);
    group.waitsPerPlaceMs = [...facts.waitsPerPlaceMs];
    group.settings = mergeSettings(state.settings, group.overrides);
    state.groups.set(id, group);
  }
  for (const agent of saved.agents) loadAgent(state, agent);
  for (const assistant of saved.assistants ?? []) loadAssistant(state, assistant);
  for (const facts of saved.offers) {
    const offer: Offer = { ...facts, due: dueItem(0, facts.number, facts.id) };
    state.offers.set(offer.id, offer);
    armOffer(state, offer);
  }
  for (const conversation of saved.conversations) loadConversation(state, conversation);
  for (const [id, ended] of saved.endedOffers) state.endedOffers.add(id, ended);
  for (const [id, closed] of saved.closed) state.closed.add(id, closed);
  state.lastReceptionists = new Map(saved.lastReceptionists);
  return state;
}
