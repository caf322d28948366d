import { DueHeap, type DueItem } from './due-heap';
import { assertNever } from './must';
import type { Ordered } from './ordered';
import { RecentMap } from './recent-map';
import { defaultSettings } from './settings';
import type {
  AgentStatus,
  ClosedBy,
  GroupSettingsPatch,
  OfferOutcome,
  Settings,
  StageName,
  StatusCause,
  Terms,
  Why,
} from './types';

/** Why a member can or cannot take one more, in the order in which it is asked; each member counts under one. */
export type Readiness = 'able' | 'cooling' | 'full' | 'shortBreak' | 'busy' | 'disconnected' | 'offline';

/** An agent's place among the able (or the full) of one group; the key is frozen so that it can be found again. */
export interface AgentEntry {
  readonly priority: number;
  readonly loadRatio: number;
  readonly givenAt: number;
  readonly agent: Agent;
}

export interface Member {
  readonly group: Group;
  priority: number;
  able: AgentEntry | null;
  full: AgentEntry | null;
}

export interface WrapUp {
  startedAt: number;
  groupId: string;
}

export interface Agent {
  readonly id: string;
  name: string;
  capacity: number;
  members: Map<string, Member>;
  status: AgentStatus;
  cause: StatusCause;
  statusSince: number;
  /** The group whose settings end an automatic break. */
  breakGroupId: string | null;
  connected: boolean;
  /** The start of the graces of ST2; meaningful while not connected. */
  goneAt: number;
  automatic: boolean | null;
  offers: Set<string>;
  active: Set<string>;
  handingOver: Set<string>;
  wrapUps: Map<string, WrapUp>;
  missedInARow: number;
  lastMissAt: number | null;
  /** Last offer or end; -1: never (CH1). */
  givenAt: number;
  /** The number of the event at which the agent last became able (RD4). */
  moment: number;
  /** AR4: conversations numbered below this were waiting when the agent came online; 0: nothing to pace. */
  fillBefore: number;
  lastFillAt: number | null;
  pacedUntil: number | null;
  /** The load that I2 excuses: what a lowered capacity or a forced claim left. */
  excusedLoad: number;

  // derived
  readiness: Readiness;
  fit: boolean;
  countedOnline: boolean;
  /** Held conversations that prefer this agent (LR2). */
  wanted: Ordered<Conversation>;
  due: DueItem;
}

/** In the queue. */
export interface Waiting {
  readonly kind: 'waiting';
  /** The one of its group's lists that it stands in. */
  place: Ordered<Conversation>;
  /** The last receptionist it is held for (LR3), under whom it stands, too. */
  wantedBy: Agent | null;
}

/**
 * Offered to one agent, and still in the queue: it keeps its place there (QU5). Between the offer's end and the event that
 * follows it still names the offer that ended.
 */
export interface Ringing {
  readonly kind: 'offered';
  readonly offer: Offer;
  /** The group's `ringing`. */
  readonly place: Ordered<Conversation>;
}

/** A transfer that rings: its sender, who is the offer's `fromAgentId` unless they were removed, keeps a slot for it (TR2). */
export interface HandedOver {
  readonly kind: 'handedOver';
  readonly offer: Offer;
  /** How it stood with its sender; null: attended. */
  readonly unattended: Unattended | null;
}

/** With an agent. */
export interface Active {
  readonly kind: 'active';
  readonly agentId: string;
  /** Null: attended. */
  readonly unattended: Unattended | null;
}

/** Given by automatic reception and not answered yet. */
export interface Unattended {
  readonly assignedAt: number;
  /** When the workstation must have confirmed (AR2); null: it has. */
  readonly ackBy: number | null;
  /** When it goes back (RD1); null: redirect was off. */
  readonly attendBy: number | null;
  readonly terms: Terms;
  /** Its miss was counted (SB1). */
  readonly missed: boolean;
}

export type Stage = Waiting | Ringing | HandedOver | Active;

/** The search for an agent, from one time it was attended to the next. */
export interface Search {
  /** Offers per agent in this round. */
  tried: Marks;
  lastTryEndedAt: number | null;
  /** What RD4 counts. */
  failedTries: number;
  /** Until when an agent does not get it (RD6). */
  cooling: Marks;
  /** Ten offers within a second: none before this (I12). */
  throttledUntil: number | null;
  flag: Flag | null;
}

/** RD4: it needs attention. */
interface Flag {
  /** The number of the event that flagged it. */
  readonly atEvent: number;
  /** The agent's moment at which it was last offered to them. */
  offeredAtMoment: Marks;
}

/** A hold happens once in the life of a conversation, or is over without having happened. */
export type Hold = 'possible' | { readonly since: number } | 'over';

/** TR4: an agent wrote and the customer has not answered. */
interface Silence {
  readonly since: number;
  readonly noticedAt: number | null;
}

export interface Conversation {
  readonly id: string;
  readonly customerId: string;
  readonly channel: string;
  readonly enqueuedAt: number;
  /** The same once more, so that a change would show (I6). */
  readonly openedAt: number;
  readonly seq: number;
  groupId: string;
  priority: number;
  /** Since when it waits to be attended: what `queue.maxWaitSeconds` counts from. */
  waitFrom: number;
  /** Replaced whole by each transition. */
  stage: Stage;
  /** Replaced whole when it is over. */
  search: Search;
  /** For a better agent (CH3). */
  priorityHold: Hold;
  /** For the last receptionist (LR3); over: they are no longer preferred (LR4). */
  preferenceHold: Hold;
  /** Times of the last eleven offers: one more than a second may have (I12). */
  offerTimes: number[];
  /** The place it came in at, until the wait for its first agent has been counted (QU5). */
  placeAtStart: number | null;
  silence: Silence | null;

  // derived
  /** The same customer's next open conversation, in another channel. */
  sibling: Conversation | null;
  due: DueItem;
  waitDue: DueItem;
}

export interface Offer {
  readonly id: string;
  readonly number: number;
  readonly conversationId: string;
  readonly agentId: string;
  readonly kind: 'routed' | 'transfer';
  readonly madeAt: number;
  readonly deadline: number | null;
  readonly why: Why;
  readonly terms: Terms;
  fromAgentId: string | null;
  readonly note: string | null;
  missed: boolean;
  due: DueItem;
}

export interface Group {
  readonly id: string;
  name: string;
  open: boolean;
  overrides: GroupSettingsPatch;
  staffed: boolean;
  /** The last waits for a first agent, each divided by the place it began at; oldest first (QU5). */
  waitsPerPlaceMs: number[];

  // derived
  settings: Settings;
  members: Map<string, Member>;
  counts: Record<Readiness, number>;
  online: number;
  able: Ordered<AgentEntry>;
  /** Kept only while CH3 may hold something for them. */
  full: Ordered<AgentEntry>;
  /** Waiting, and not known to be stuck. */
  ready: Ordered<Conversation>;
  /** Nobody able may take it now: unblocked by an agent who becomes able, or by a deadline of its own. */
  parked: Ordered<Conversation>;
  /** Untried and waiting for a better agent (CH3): all of them move together. */
  held: Ordered<Conversation>;
  /** Held like those, but tried: each has its own reasons. */
  heldTried: Ordered<Conversation>;
  /** Waiting for their last receptionist (LR3). */
  preferenceHeld: Ordered<Conversation>;
  flagged: Ordered<Conversation>;
  /** Offered to one of its members. */
  ringing: Ordered<Conversation>;
}

export interface EndedOffer {
  conversationId: string;
  agentId: string;
  outcome: OfferOutcome;
  endedAt: number;
}

export interface ClosedConversation {
  customerId: string;
  channel: string;
  groupId: string;
  priority: number;
  enqueuedAt: number;
  by: ClosedBy;
  agentId: string | null;
  closedAt: number;
}

export interface LastReceptionist {
  agentId: string;
  at: number;
}

export interface RoutingState {
  settings: Settings;
  groups: Map<string, Group>;
  agents: Map<string, Agent>;
  conversations: Map<string, Conversation>;
  offers: Map<string, Offer>;
  /** The last ENDED_KEPT_MAX and some more: to answer a late accept. */
  endedOffers: RecentMap<EndedOffer>;
  closed: RecentMap<ClosedConversation>;
  /** Oldest first. */
  lastReceptionists: Map<string, LastReceptionist>;
  eventCount: number;
  seqCount: number;
  offerCount: number;
  /** Time of the last event; null before the first. */
  recordedAt: number | null;

  // derived, or for the running command only
  /** Time of the last command. */
  clockAt: number;
  /** The newest open conversation of each customer; the others follow by `sibling`. */
  openByCustomer: Map<string, Conversation>;
  deadlines: DueHeap;
  /** `queue.maxWaitSeconds`, looked at after assignment (QU6). */
  waitLimits: DueHeap;
  dirty: Set<Group>;
  newlyAble: Set<Agent>;
  attendance: Set<Group>;
}

const ENDED_KEPT_MAX = 10_000;
export const RECENT_WAITS_MAX = 20;

export function createRouting(): RoutingState {
  return {
    settings: defaultSettings(),
    groups: new Map(),
    agents: new Map(),
    conversations: new Map(),
    offers: new Map(),
    endedOffers: new RecentMap(ENDED_KEPT_MAX),
    closed: new RecentMap(ENDED_KEPT_MAX),
    lastReceptionists: new Map(),
    eventCount: 0,
    seqCount: 0,
    offerCount: 0,
    recordedAt: null,
    clockAt: Number.NEGATIVE_INFINITY,
    openByCustomer: new Map(),
    deadlines: new DueHeap(),
    waitLimits: new DueHeap(),
    dirty: new Set(),
    newlyAble: new Set(),
    attendance: new Set(),
  };
}

/** A number per agent, on one conversation. Most conversations never get any, so none of them owns an empty Map. */
export type Marks = ReadonlyMap<string, number>;
export const NO_MARKS: Marks = new Map();

export function withMark(marks: Marks, agentId: string, value: number): Marks {
  return marks === NO_MARKS ? new Map([[agentId, value]]) : (marks as Map<string, number>).set(agentId, value);
}

export function withoutMark(marks: Marks, agentId: string): Marks {
  if (marks.size === 0 || (marks.size === 1 && marks.has(agentId))) return NO_MARKS;
  (marks as Map<string, number>).delete(agentId);
  return marks;
}

export function noteOpen(state: RoutingState, conversation: Conversation): void {
  conversation.sibling = state.openByCustomer.get(conversation.customerId) ?? null;
  state.openByCustomer.set(conversation.customerId, conversation);
}

export function noteClosed(state: RoutingState, conversation: Conversation): void {
  const first = state.openByCustomer.get(conversation.customerId);
  if (first !== conversation) {
    let before = first;
    while (before && before.sibling !== conversation) before = before.sibling ?? undefined;
    if (before) before.sibling = conversation.sibling;
  } else if (conversation.sibling) {
    state.openByCustomer.set(conversation.customerId, conversation.sibling);
  } else {
    state.openByCustomer.delete(conversation.customerId);
  }
}

/** The customer's open conversation in this channel. */
export function openOf(state: RoutingState, customerId: string, channel: string): Conversation | null {
  let conversation = state.openByCustomer.get(customerId) ?? null;
  while (conversation && conversation.channel !== channel) conversation = conversation.sibling;
  return conversation;
}

/** As everybody outside calls it. */
export function stageName({ stage }: Conversation): Exclude<StageName, 'closed'> {
  return stage.kind === 'handedOver' ? 'offered' : stage.kind;
}

/** Who has it or is handing it over, and keeps a slot for it. */
export function holderOf({ stage }: Conversation): string | null {
  switch (stage.kind) {
    case 'waiting':
    case 'offered':
      return null;
    case 'handedOver':
      return stage.offer.fromAgentId;
    case 'active':
      return stage.agentId;
    default:
      return assertNever(stage);
  }
}

/** What its agent owes it; null: nothing, or no agent has it. */
export function unattendedOf({ stage }: Conversation): Unattended | null {
  return stage.kind === 'active' ? stage.unattended : null;
}

/** The offer that rings. */
export function offerOf({ stage }: Conversation): Offer | null {
  return stage.kind === 'offered' || stage.kind === 'handedOver' ? stage.offer : null;
}

/** In the queue: it waits, or rings and keeps its place (QU5). */
export function isQueued({ stage }: Conversation): boolean {
  return stage.kind === 'waiting' || stage.kind === 'offered';
}

export function isFlagged({ search }: Conversation): boolean {
  return search.flag !== null;
}

export function newSearch(): Search {
  return { tried: NO_MARKS, lastTryEndedAt: null, failedTries: 0, cooling: NO_MARKS, throttledUntil: null, flag: null };
}

/** When a running hold began. */
export function heldSince(hold: Hold): number | null {
  return typeof hold === 'object' ? hold.since : null;
}

export function loadOf(agent: Agent): number {
  return agent.offers.size + agent.active.size + agent.handingOver.size + agent.wrapUps.size;
}

/** The settings that hold for a group; the hub's own when the group is gone. */
export function settingsFor(state: RoutingState, groupId: string): Settings {
  return state.groups.get(groupId)?.settings ?? state.settings;
}
