import { DAY_MS, OFFERS_PER_SECOND_MAX, SECOND_MS } from './deadlines';
import { type Agent, type AgentEntry, type Conversation, type Group, heldSince, type RoutingState } from './state';
import type { Skipped, Why, WhyRule } from './types';

export interface Choice {
  kind: 'give';
  agent: Agent;
  rule: WhyRule;
  runnerUp: Agent | null;
}

/** The decision about a waiting conversation. All kinds but `give` leave it where it is. */
export type Verdict =
  | Choice
  /** No able agent may take it. */
  | { kind: 'none' }
  /** Ten offers within a second: not before `until` (I12). */
  | { kind: 'throttle'; until: number }
  /** A hold begins with this decision (CH3, LR3). */
  | { kind: 'startHold'; rule: 'CH3' | 'LR3'; until: number }
  | { kind: 'held' }
  | { kind: 'preferenceHeld' }
  /** The last receptionist is full, so another agent gets it and the preference is over for good (LR3). */
  | { kind: 'dropPreference'; agent: Agent };

const NONE: Verdict = { kind: 'none' };
const HELD: Verdict = { kind: 'held' };
const PREFERENCE_HELD: Verdict = { kind: 'preferenceHeld' };

/** For an able agent: whether anything excludes them from this conversation: tried (RD3) or cooling (RD6). */
export function mayTake({ search }: Conversation, agent: Agent): boolean {
  return !search.tried.has(agent.id) && !search.cooling.has(agent.id);
}

/** LR1, LR2, RO1: the member who last wrote to this customer, if they are to be preferred and it is recent enough. */
export function preferredAgent(
  state: RoutingState,
  group: Group,
  conversation: Conversation,
  at: number,
): Agent | null {
  const { lastReceptionist, lastReceptionistDays } = group.settings.routing;
  const { preferenceHold, reopened } = conversation;
  if ((!lastReceptionist && !reopened) || preferenceHold === 'over') return null;
  const last = state.lastReceptionists.get(conversation.customerId);
  if (!last || at - last.at > lastReceptionistDays * DAY_MS || !group.members.has(last.agentId)) return null;
  return state.agents.get(last.agentId) ?? null;
}

/** No agent has been tried in this round, and none is cooling for it. */
export function isUntouched({ search }: Conversation): boolean {
  return search.tried.size === 0 && search.cooling.size === 0;
}

/** The first able member in order of choice who may take it, and the one after. */
function bestTwo(group: Group, conversation: Conversation): [Agent | null, Agent | null] {
  if (isUntouched(conversation)) {
    return [group.able.first()?.agent ?? null, group.able.second()?.agent ?? null];
  }
  let best: Agent | null = null;
  const second = group.able.find(({ agent }) => {
    if (!mayTake(conversation, agent)) return false;
    if (best) return true;
    best = agent;
    return false;
  });
  return [best, second?.agent ?? null];
}

/** CH3: a member with a better priority than `agent`, online, untried and full. */
function betterIsFull(group: Group, conversation: Conversation, agent: Agent): boolean {
  const priority = group.members.get(agent.id)?.priority ?? Number.POSITIVE_INFINITY;
  const found = group.full.find(
    (entry) => entry.priority >= priority || !conversation.search.tried.has(entry.agent.id),
  );
  return found !== undefined && found.priority < priority;
}

export function throttledUntil(conversation: Conversation, at: number): number | null {
  const { offerTimes } = conversation;
  const tenthBack = offerTimes[offerTimes.length - OFFERS_PER_SECOND_MAX];
  if (tenthBack === undefined) return null;
  const until = tenthBack + SECOND_MS;
  return until > at ? until : null;
}

/** LR2 and LR3; null: decide by priority and load. */
function byPreference(
  group: Group,
  conversation: Conversation,
  preferred: Agent,
  best: Agent,
  second: Agent | null,
  at: number,
): Verdict | null {
  if (preferred.readiness === 'able' && mayTake(conversation, preferred)) {
    return { kind: 'give', agent: preferred, rule: 'LR2', runnerUp: best === preferred ? second : best };
  }
  if (preferred.readiness !== 'full' || conversation.search.tried.has(preferred.id)) return null;
  const holdMs = group.settings.routing.lastReceptionistHoldSeconds * SECOND_MS;
  const since = heldSince(conversation.preferenceHold);
  if (since === null && holdMs > 0) return { kind: 'startHold', rule: 'LR3', until: at + holdMs };
  if (since !== null && at < since + holdMs) return PREFERENCE_HELD;
  return { kind: 'dropPreference', agent: preferred };
}

/** Decides about one waiting conversation that is not flagged. Read-only; costs O(log n) plus the agents tried. */
export function judge(state: RoutingState, group: Group, conversation: Conversation, at: number): Verdict {
  if (conversation.search.throttledUntil !== null) return NONE;
  const [best, second] = bestTwo(group, conversation);
  if (!best) return NONE;
  const until = throttledUntil(conversation, at);
  if (until !== null) return { kind: 'throttle', until };
  const preferred = preferredAgent(state, group, conversation, at);
  if (preferred) {
    const verdict = byPreference(group, conversation, preferred, best, second, at);
    if (verdict) return verdict;
  }
  const { agentPriority, priorityHoldSeconds } = group.settings.routing;
  const { priorityHold } = conversation;
  if (agentPriority && priorityHoldSeconds > 0 && priorityHold !== 'over' && betterIsFull(group, conversation, best)) {
    const since = heldSince(priorityHold);
    const holdMs = priorityHoldSeconds * SECOND_MS;
    if (since === null) return { kind: 'startHold', rule: 'CH3', until: at + holdMs };
    if (at < since + holdMs) return HELD;
  }
  return { kind: 'give', agent: best, rule: agentPriority ? 'CH2' : 'CH1', runnerUp: second };
}

/** RD4: whether the agent has become able since it was flagged, and not been offered it since they did. */
export function mayTakeFlagged(conversation: Conversation, agent: Agent, at: number): boolean {
  const { flag, cooling, throttledUntil: until } = conversation.search;
  return (
    flag !== null &&
    agent.moment > flag.atEvent &&
    flag.offeredAtMoment.get(agent.id) !== agent.moment &&
    !cooling.has(agent.id) &&
    until === null &&
    throttledUntil(conversation, at) === null
  );
}

/** EX1, from the maintained counts; iterates only over agents tried or cooling for this conversation. */
export function explain(group: Group, conversation: Conversation, choice: Choice): Why {
  const { counts } = group;
  const { tried, cooling } = conversation.search;
  const skipped: Skipped = {
    offline: counts.offline,
    disconnected: counts.disconnected,
    busy: counts.busy,
    shortBreak: counts.shortBreak,
    full: counts.full,
    cooling: counts.cooling,
    tried: 0,
    lowerPriority: 0,
  };
  const own = group.members.get(choice.agent.id)?.able ?? null;
  const isLower = (entry: AgentEntry) => own !== null && entry.priority > own.priority;
  if (choice.rule === 'CH2' && own) {
    skipped.lowerPriority = group.able.size - group.able.rank({ ...own, loadRatio: Number.POSITIVE_INFINITY });
  }
  for (const agentId of tried.keys()) {
    const entry = group.members.get(agentId)?.able;
    if (!entry || agentId === choice.agent.id) continue;
    skipped.tried += 1;
    if (choice.rule === 'CH2' && isLower(entry)) skipped.lowerPriority -= 1;
  }
  for (const agentId of cooling.keys()) {
    const entry = group.members.get(agentId)?.able;
    if (!entry || agentId === choice.agent.id || tried.has(agentId)) continue;
    skipped.cooling += 1;
    if (choice.rule === 'CH2' && isLower(entry)) skipped.lowerPriority -= 1;
  }
  const { fromAssistant } = conversation;
  const from = fromAssistant === null ? {} : { fromAssistant };
  return { rule: choice.rule, runnerUp: choice.runnerUp?.id ?? null, skipped, ...from };
}

/** The reason of a claim or transfer: a person chose, so no agents were compared. */
export function explainByHand(rule: 'TR1' | 'TR2', group: Group | undefined): Why {
  const { offline = 0, disconnected = 0, busy = 0, shortBreak = 0, full = 0, cooling = 0 } = group?.counts ?? {};
  return {
    rule,
    runnerUp: null,
    skipped: { offline, disconnected, busy, shortBreak, full, cooling, tried: 0, lowerPriority: 0 },
  };
}
