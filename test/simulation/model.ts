import type {
  AgentStatus,
  DeepPartial,
  GroupSettingsPatch,
  LeftAssistant,
  Settings,
  StatusCause,
} from '../../shared/routing';

/** A simple model of the events: lists and sets, searched by scanning. It shares no code with the core. */
export interface ModelConversation {
  id: string;
  customerId: string;
  channel: string;
  groupId: string;
  priority: number;
  enqueuedAt: number;
  seq: number;
  /** `between` two stages, only while a command is running. */
  stage: 'assisted' | 'waiting' | 'offered' | 'active' | 'between';
  /** Assisted only. */
  assistantId: string | null;
  /** BO3: since when the assistant is awaited. */
  awaitedSince: number | null;
  /** BO5: since when the customer, with an assistant, has nothing to wait for; and when they were asked. */
  quietSince: number | null;
  askedAt: number | null;
  fromAssistant: LeftAssistant | null;
  agentId: string | null;
  fromAgentId: string | null;
  offerId: string | null;
  attendBy: number | null;
  ackBy: number | null;
  /** An agent has accepted, claimed or replied. */
  attended: boolean;
  assignedAt: number;
  flagged: boolean;
  tried: Set<string>;
  lastTryAt: number;
  cooling: Map<string, number>;
  /** By rule, when the hold began. */
  held: Map<'CH3' | 'LR3', number>;
  /** CH3's only hold has begun, and may be over. */
  wasHeld: boolean;
  /** RD4: the terms of the newest try, and whether it failed. */
  newestTry: { counts: boolean; maxRedirects: number; failed: boolean };
  failedTries: number;
  throttledUntil: number | null;
  preferenceDropped: boolean;
  /** RO1: reopened, and no agent has had it since. */
  reopened: boolean;
  /** UN1: the first of the customer's words without an answer, and who was told of them when. */
  unansweredSince: number | null;
  agentToldAt: number | null;
  supervisorsTold: boolean;
  givenAt: number[];
  /** Flagged only: by agent, their `turns` when it was last offered to them (RD4). */
  offeredAtTurn: Map<string, number>;
}

export interface ModelAgent {
  id: string;
  name: string;
  capacity: number;
  groups: Map<string, number>;
  status: AgentStatus;
  cause: StatusCause;
  statusSince: number;
  /** The group of the missed conversation (SB4). */
  breakGroupId: string;
  connected: boolean;
  disconnectedAt: number | null;
  pacedUntil: number | null;
  automatic: boolean | null;
  /** ID2 */
  afterThis: AgentStatus | null;
  missedInARow: number;
  lastMissAt: number | null;
  wrapUps: Set<string>;
  lastTurnAt: number;
  /** How often the agent has become able. */
  turns: number;
  /** The newest conversation's `seq` when they last came online; later ones are not paced (AR4). */
  seqWhenOnline: number;
  /** When they last got a paced one. */
  lastFillAt: number;
  wasAble: boolean;
}

export interface ModelOffer {
  id: string;
  conversationId: string;
  agentId: string;
  kind: 'routed' | 'transfer';
  deadline: number | null;
  missAt: number | null;
  open: boolean;
}

export interface ModelAssistant {
  id: string;
  groups: Set<string>;
  connected: boolean;
  /** The hub has started since it was connected: it may still come back (BO3). */
  awaited: boolean;
}

export interface ModelGroup {
  id: string;
  settings: GroupSettingsPatch;
  open: boolean;
}

export interface Model {
  at: number;
  settings: Settings | null;
  /** A cache: by a group's own settings, the result of merging them over the hub's. */
  merged: WeakMap<object, { base: Settings; settings: Settings }>;
  groups: Map<string, ModelGroup>;
  agents: Map<string, ModelAgent>;
  assistants: Map<string, ModelAssistant>;
  /** The open conversations. */
  conversations: Map<string, ModelConversation>;
  /** Their ends, by id. */
  closed: Map<
    string,
    { customerId: string; groupId: string; agentId: string | null; closedAt: number; unanswered: boolean }
  >;
  offers: Map<string, ModelOffer>;
  newestSeq: number;
  lastReceptionist: Map<string, { agentId: string; at: number }>;
}

export function createModel(): Model {
  return {
    at: 0,
    settings: null,
    merged: new WeakMap(),
    groups: new Map(),
    agents: new Map(),
    assistants: new Map(),
    conversations: new Map(),
    closed: new Map(),
    offers: new Map(),
    newestSeq: 0,
    lastReceptionist: new Map(),
  };
}

function merge(base: object, patch: object): object {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    const old = merged[key];
    const deeper = typeof value === 'object' && value !== null && typeof old === 'object' && old !== null;
    merged[key] = deeper ? merge(old, value) : value;
  }
  return merged;
}

/** The settings of a group: the hub's, overridden by its own. */
export function settingsOf(model: Model, groupId: string, defaults: Settings): Settings {
  const base = model.settings ?? defaults;
  const patch: DeepPartial<Settings> | undefined = model.groups.get(groupId)?.settings;
  if (!patch) return base;
  const known = model.merged.get(patch);
  if (known?.base === base) return known.settings;
  const settings = merge(base, patch) as Settings;
  model.merged.set(patch, { base, settings });
  return settings;
}

export function openConversations(model: Model): ModelConversation[] {
  return [...model.conversations.values()];
}

/** BO1: the connected assistant of a group. */
export function assistantFor(model: Model, groupId: string): ModelAssistant | null {
  return [...model.assistants.values()].find((each) => each.connected && each.groups.has(groupId)) ?? null;
}

/** The merged queue in QU1's order. */
export function queueOf(model: Model): ModelConversation[] {
  return openConversations(model)
    .filter((each) => each.stage === 'waiting')
    .sort(byOrderKey);
}

export function byOrderKey(a: ModelConversation, b: ModelConversation): number {
  return a.priority - b.priority || a.enqueuedAt - b.enqueuedAt || a.seq - b.seq;
}

export function membersOf(model: Model, groupId: string): ModelAgent[] {
  return [...model.agents.values()].filter((each) => each.groups.has(groupId));
}

/** Offered and active conversations, wrap-ups, and transfers that still ring elsewhere. */
export function loadOf(model: Model, agentId: string): number {
  let load = model.agents.get(agentId)?.wrapUps.size ?? 0;
  for (const each of model.conversations.values()) {
    if (each.agentId === agentId || each.fromAgentId === agentId) load += 1;
  }
  return load;
}

export function isAble(model: Model, agent: ModelAgent): boolean {
  const present = agent.connected && agent.status === 'online' && agent.afterThis === null && agent.pacedUntil === null;
  return present && loadOf(model, agent.id) < agent.capacity;
}

export function isEligible(model: Model, agent: ModelAgent, conversation: ModelConversation): boolean {
  if (!agent.groups.has(conversation.groupId) || !isAble(model, agent)) return false;
  return !conversation.tried.has(agent.id) && !conversation.cooling.has(agent.id);
}

export function conversationOf(model: Model, id: string): ModelConversation {
  const found = model.conversations.get(id);
  if (!found) throw new Error(`an event names the conversation ${id}, which is not there`);
  return found;
}

export function agentOf(model: Model, id: string): ModelAgent {
  const found = model.agents.get(id);
  if (!found) throw new Error(`an event names the agent ${id}, who is not there`);
  return found;
}

/** The agent who has it or is handing it over. */
export function holderOf({ stage, agentId, fromAgentId }: ModelConversation): string | null {
  return stage === 'active' ? agentId : fromAgentId;
}
