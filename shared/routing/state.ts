import { DueHeap, type DueItem } from './due-heap';
import { assertNever } from './must';
import type { Ordered } from './ordered';
import { RecentMap } from './recent-map';
import { defaultSettings } from './settings';
import type {
  AgentStatus,
  ClosedBy,
  GroupSettingsPatch,
  LeftAssistant,
  OfferOutcome,
  Settings,
  StageName,
  StatusAfterThis,
  StatusCause,
  Terms,
  Why,
} from './types';

/** Whether a member can take one more conversation, or the first reason why not; each counts under exactly one. */
export type Readiness = 'able' | 'cooling' | 'full' | 'shortBreak' | 'busy' | 'disconnected' | 'offline';

/** An agent's entry in a group's `able` or `full`; immutable, so that its place in the order can be found again. */
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
  /** ID3 */
  reason: string | null;
  /** ID2 */
  afterThis: { status: StatusAfterThis; reason: string | null } | null;
  /** The group whose settings end an automatic break. */
  breakGroupId: string | null;
  connected: boolean;
  /** When ST2's grace periods began; meaningful only while not connected. */
  goneAt: number;
  automatic: boolean | null;
  offers: Set<string>;
  active: Set<string>;
  handingOver: Set<string>;
  wrapUps: Map<string, WrapUp>;
  missedInARow: number;
  lastMissAt: number | null;
  /** Time of the last offer or end; -1: never (CH1). */
  givenAt: number;
  /** The number of the event at which the agent last became able (RD4). */
  moment: number;
  /** AR4: conversations with a `seq` below this waited when the agent came online; 0: nothing to pace. */
  fillBefore: number;
  lastFillAt: number | null;
  pacedUntil: number | null;
  /** The load that I2 tolerates above capacity, after a lowered capacity, a claim or a transfer. */
  excusedLoad: number;

  // derived
  readiness: Readiness;
  fit: boolean;
  countedOnline: boolean;
  /** Held conversations that prefer this agent (LR2). */
  wanted: Ordered<Conversation>;
  due: DueItem;
}

/** BO1: with its group's assistant, in no queue. */
export interface Assisted {
  readonly kind: 'assisted';
  readonly assistantId: string;
  /** Since when it is awaited: the first of the customer's words that it has not answered, or a restart; null: it is not. */
  readonly awaitedSince: number | null;
}

/** In the queue. */
export interface Waiting {
  readonly kind: 'waiting';
  /** The list of its group that it is in. */
  place: Ordered<Conversation>;
  /** The preferred agent (LR2) in whose `wanted` it also is. */
  wantedBy: Agent | null;
}

/**
 * Offered to one agent; it keeps its place in the queue (QU5). Between an accepted offer's end and the next event it
 * still refers to the ended offer.
 */
export interface Ringing {
  readonly kind: 'offered';
  readonly offer: Offer;
  /** The group's `ringing`. */
  readonly place: Ordered<Conversation>;
}

/** A ringing transfer. The sender (the offer's `fromAgentId`, null once removed) keeps a slot for it (TR2). */
export interface HandedOver {
  readonly kind: 'handedOver';
  readonly offer: Offer;
  /** Its state at the sender; null: attended. */
  readonly unattended: Unattended | null;
}

/** An agent has it. */
export interface Active {
  readonly kind: 'active';
  readonly agentId: string;
  /** Null: attended. */
  readonly unattended: Unattended | null;
}

/** Assigned by automatic reception, without a reply so far. */
export interface Unattended {
  readonly assignedAt: number;
  /** The workstation's deadline to confirm (AR2); null: confirmed. */
  readonly ackBy: number | null;
  /** The deadline for the first reply (RD1); null: redirect was off. */
  readonly attendBy: number | null;
  readonly terms: Terms;
  /** Its miss was counted (SB1). */
  readonly missed: boolean;
}

export type Stage = Assisted | Waiting | Ringing | HandedOver | Active;

/** The search for an agent; a new one begins each time the conversation is attended. */
export interface Search {
  /** Offers per agent in this round. */
  tried: Marks;
  lastTryEndedAt: number | null;
  /** RD4's count. */
  failedTries: number;
  /** By agent: not offered to them before this time (RD6). */
  cooling: Marks;
  /** After ten offers within a second: no offer before this time (I12). */
  throttledUntil: number | null;
  flag: Flag | null;
}

/** RD4: out of redirects, or left unanswered (SB3). */
interface Flag {
  /** The number of the event that flagged it. */
  readonly atEvent: number;
  /** By agent: their `moment` when it was last offered to them. */
  offeredAtMoment: Marks;
}

/** A hold happens at most once per conversation; it can be over without having begun. */
export type Hold = 'possible' | { readonly since: number } | 'over';

/** TR4: the customer has not replied to an agent's message. */
interface Silence {
  readonly since: number;
  readonly noticedAt: number | null;
}

/** UN1: the customer's words have no answer. */
export interface Unanswered {
  /** The time of the first of them. */
  readonly since: number;
  readonly agentToldAt: number | null;
  readonly supervisorsTold: boolean;
}

export interface Conversation {
  readonly id: string;
  readonly customerId: string;
  readonly channel: string;
  readonly enqueuedAt: number;
  /** A second copy of `enqueuedAt`, to detect a change (I6). */
  readonly openedAt: number;
  readonly seq: number;
  groupId: string;
  priority: number;
  /** Start of the present wait, from which `queue.maxWaitSeconds` counts. */
  waitFrom: number;
  /** Each transition replaces the whole object. */
  stage: Stage;
  /** A new search replaces the whole object. */
  search: Search;
  /** Hold for an agent of better priority (CH3). */
  priorityHold: Hold;
  /** Hold for the last receptionist (LR3); `over`: they are no longer preferred (LR4). */
  preferenceHold: Hold;
  /** Times of the last eleven offers, one more than allowed within a second (I12). */
  offerTimes: number[];
  /** It had ended before (RO1): the last receptionist is preferred whatever the setting, until an agent has it. */
  reopened: boolean;
  /** Why it left its assistant, for people; null: it was with none, or is with one (BO2, BO3). */
  fromAssistant: LeftAssistant | null;
  /** Its place on arrival; null once the wait for its first agent has been counted (QU5). */
  placeAtStart: number | null;
  silence: Silence | null;
  unanswered: Unanswered | null;

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

/** A program that speaks first in its groups (BO1). */
export interface Assistant {
  readonly id: string;
  name: string;
  groupIds: readonly string[];
  connected: boolean;
  /** The conversations that are with it, the longest first. */
  conversations: Set<string>;
}

export interface Group {
  readonly id: string;
  name: string;
  open: boolean;
  overrides: GroupSettingsPatch;
  staffed: boolean;
  /** Recent waits for a first agent, each divided by its place on arrival; oldest first (QU5). */
  waitsPerPlaceMs: number[];
  /** When an agent last got one of its conversations; null: never (QU5). */
  servedAt: number | null;

  // derived
  settings: Settings;
  assistant: Assistant | null;
  members: Map<string, Member>;
  counts: Record<Readiness, number>;
  online: number;
  able: Ordered<AgentEntry>;
  /** Maintained only while CH3's hold is on. */
  full: Ordered<AgentEntry>;
  /** Waiting, to be considered by the next assignment. */
  ready: Ordered<Conversation>;
  /** No able agent may take it: unblocked when an agent becomes able, or by its own deadline. */
  parked: Ordered<Conversation>;
  /** Held for an agent of better priority (CH3), without tried agents: all have the same reason and move together. */
  held: Ordered<Conversation>;
  /** Held under CH3 too, but with tried or cooling agents: each is judged by itself. */
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
  /** UN1: it ended before the customer's words had an answer. */
  unanswered?: true;
}

export interface LastReceptionist {
  agentId: string;
  at: number;
}

export interface RoutingState {
  settings: Settings;
  groups: Map<string, Group>;
  agents: Map<string, Agent>;
  assistants: Map<string, Assistant>;
  conversations: Map<string, Conversation>;
  offers: Map<string, Offer>;
  /** At least the last ENDED_OFFERS_KEPT_MAX, to answer a late accept. */
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
  /** Deadlines of `queue.maxWaitSeconds`, handled after assignment (QU6). */
  waitLimits: DueHeap;
  dirty: Set<Group>;
  newlyAble: Set<Agent>;
  attendance: Set<Group>;
  /** Agents with `afterThis`. */
  leaving: Set<Agent>;
}

const ENDED_OFFERS_KEPT_MAX = 10_000;
const CLOSED_KEPT_MAX = 1_000;
export const RECENT_WAITS_MAX = 20;

export function createRouting(): RoutingState {
  return {
    settings: defaultSettings(),
    groups: new Map(),
    agents: new Map(),
    assistants: new Map(),
    conversations: new Map(),
    offers: new Map(),
    endedOffers: new RecentMap(ENDED_OFFERS_KEPT_MAX),
    closed: new RecentMap(CLOSED_KEPT_MAX),
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
    leaving: new Set(),
  };
}

/** A number per agent, on one conversation. As most have none, they share one empty Map. */
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

/** The stage's public name. */
export function stageName({ stage }: Conversation): Exclude<StageName, 'closed'> {
  return stage.kind === 'handedOver' ? 'offered' : stage.kind;
}

/** The agent who has it or is handing it over, and keeps a slot for it. */
export function holderOf({ stage }: Conversation): string | null {
  switch (stage.kind) {
    case 'assisted':
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

/** The deadlines of an unattended assignment; null: attended, or not active. */
export function unattendedOf({ stage }: Conversation): Unattended | null {
  return stage.kind === 'active' ? stage.unattended : null;
}

/** The offer that rings. */
export function offerOf({ stage }: Conversation): Offer | null {
  return stage.kind === 'offered' || stage.kind === 'handedOver' ? stage.offer : null;
}

/** BO1: the group's assistant, if it is connected. */
export function assistantFor({ assistant }: Group): Assistant | null {
  return assistant?.connected ? assistant : null;
}

/** The assistant that it is with. */
export function assistantOf({ stage }: Conversation): string | null {
  return stage.kind === 'assisted' ? stage.assistantId : null;
}

/** In the queue: waiting, or ringing and keeping its place (QU5). */
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

/** The settings that apply to a group; the hub's own if the group is gone. */
export function settingsFor(state: RoutingState, groupId: string): Settings {
  return state.groups.get(groupId)?.settings ?? state.settings;
}
