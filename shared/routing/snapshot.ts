import { armOffer } from './deadlines';
import { dueItem } from './due-heap';
import { newAgent, newConversation, newGroup } from './entities';
import { placeConversation, reindexAgent, setMembership } from './indexes';
import { mergeSettings } from './settings';
import {
  type Agent,
  type ClosedConversation,
  type Conversation,
  createRouting,
  type EndedOffer,
  type Group,
  type LastReceptionist,
  type Marks,
  NO_MARKS,
  noteOpen,
  type Offer,
  type RoutingState,
  type WrapUp,
} from './state';
import type { Membership, Settings } from './types';

/*
 * The state as plain JSON. Only facts are saved; every index is rebuilt. A saved state behaves from then on as the
 * one it was taken from.
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
type ConversationDerived = 'sibling' | 'place' | 'wantedBy' | 'due' | 'waitDue';
type ConversationMaps = 'tried' | 'cooling' | 'offeredAtMoment';
type SavedConversation = Omit<Conversation, ConversationDerived | ConversationMaps> &
  Record<ConversationMaps, [string, number][]>;
type SavedOffer = Omit<Offer, 'due'>;
type SavedGroup = Pick<Group, 'id' | 'name' | 'open' | 'overrides' | 'staffed' | 'recentWaitsMs'>;

export interface SavedRouting {
  version: number;
  settings: Settings;
  groups: SavedGroup[];
  agents: SavedAgent[];
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
 * Written out field by field: a spread that leaves fields out would cost V8 ten times as much. The types see to it that
 * no fact is forgotten.
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
  return {
    id: conversation.id,
    customerId: conversation.customerId,
    channel: conversation.channel,
    enqueuedAt: conversation.enqueuedAt,
    openedAt: conversation.openedAt,
    seq: conversation.seq,
    groupId: conversation.groupId,
    priority: conversation.priority,
    stage: conversation.stage,
    waitFrom: conversation.waitFrom,
    agentId: conversation.agentId,
    fromAgentId: conversation.fromAgentId,
    offerId: conversation.offerId,
    flagged: conversation.flagged,
    flaggedAtEvent: conversation.flaggedAtEvent,
    tried: [...conversation.tried],
    lastTryEndedAt: conversation.lastTryEndedAt,
    failedTries: conversation.failedTries,
    cooling: [...conversation.cooling],
    offeredAtMoment: [...conversation.offeredAtMoment],
    holdStartedAt: conversation.holdStartedAt,
    holdOver: conversation.holdOver,
    preferenceHoldStartedAt: conversation.preferenceHoldStartedAt,
    preferenceDropped: conversation.preferenceDropped,
    offerTimes: [...conversation.offerTimes],
    throttledUntil: conversation.throttledUntil,
    assignedAt: conversation.assignedAt,
    attended: conversation.attended,
    ackBy: conversation.ackBy,
    attendBy: conversation.attendBy,
    terms: conversation.terms,
    missed: conversation.missed,
    silentSince: conversation.silentSince,
    silenceNoticedAt: conversation.silenceNoticedAt,
  };
}

function saveGroup({ id, name, open, overrides, staffed, recentWaitsMs }: Group): SavedGroup {
  return { id, name, open, overrides, staffed, recentWaitsMs: [...recentWaitsMs] };
}

export function exportState(state: RoutingState): SavedRouting {
  return {
    version: FORMAT_VERSION,
    settings: state.settings,
    groups: [...state.groups.values()].map(saveGroup),
    agents: [...state.agents.values()].map(saveAgent),
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
  setMembership(state, agent, groups);
  reindexAgent(state, agent, true);
}

function loadMarks(saved: [string, number][]): Marks {
  return saved.length === 0 ? NO_MARKS : new Map(saved);
}

function loadConversation(state: RoutingState, saved: SavedConversation): void {
  const { tried, cooling, offeredAtMoment, ...facts } = saved;
  const { id, customerId, channel, groupId, priority, enqueuedAt, seq } = saved;
  const conversation = newConversation({ id, customerId, channel, groupId, priority, enqueuedAt, seq });
  Object.assign(conversation, facts);
  conversation.offerTimes = [...saved.offerTimes];
  conversation.tried = loadMarks(tried);
  conversation.cooling = loadMarks(cooling);
  conversation.offeredAtMoment = loadMarks(offeredAtMoment);
  state.conversations.set(conversation.id, conversation);
  noteOpen(state, conversation);
  placeConversation(state, conversation);
}

/** The inverse of `exportState`. Throws on another format version; the caller has checked that the file is whole. */
export function importState(saved: SavedRouting): RoutingState {
  if (saved.version !== FORMAT_VERSION) throw new Error(`routing state of version ${saved.version} is not known`);
  const state = createRouting();
  state.settings = saved.settings;
  state.eventCount = saved.eventCount;
  state.seqCount = saved.seqCount;
  state.offerCount = saved.offerCount;
  state.recordedAt = saved.recordedAt;
  state.clockAt = saved.recordedAt ?? Number.NEGATIVE_INFINITY;
  for (const { id, ...facts } of saved.groups) {
    const group = newGroup(state, id);
    Object.assign(group, facts);
    group.recentWaitsMs = [...facts.recentWaitsMs];
    group.settings = mergeSettings(state.settings, group.overrides);
    state.groups.set(id, group);
  }
  for (const agent of saved.agents) loadAgent(state, agent);
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
