import { inspect, queuePosition, type RoutingState, type RoutingView, type Settings } from '../../shared/routing';
import { brokenWithAssistant } from './checks-of-assistants';
import {
  byOrderKey,
  isEligible,
  loadOf,
  type Model,
  type ModelAgent,
  type ModelConversation,
  membersOf,
  openConversations,
  queueOf,
  settingsOf,
} from './model';

/** The rules broken after a command, by the model's state. Each line starts with the rule's id. */
export function brokenAfterCommand(model: Model, defaults: Settings, at: number): string[] {
  const broken: string[] = [];
  for (const conversation of openConversations(model)) {
    broken.push(...brokenStage(model, conversation, at));
    broken.push(...brokenWithAssistant(model, conversation, defaults, at));
    broken.push(...unsaid(model, conversation, defaults, at));
    if (conversation.stage === 'waiting') broken.push(...brokenWait(model, conversation, defaults, at));
  }
  for (const agent of model.agents.values()) {
    const has = openConversations(model).some(
      (each) => each.fromAgentId === agent.id || (each.stage === 'active' && each.agentId === agent.id),
    );
    if (agent.afterThis !== null && !has) broken.push(`ID2 ${agent.id} has ended all and stays ${agent.status}`);
    if (agent.pacedUntil !== null && agent.pacedUntil <= at) broken.push(`AR4 ${agent.id} is paced too long`);
  }
  return broken;
}

function brokenStage(model: Model, conversation: ModelConversation, at: number): string[] {
  const { id, stage } = conversation;
  const broken: string[] = [];
  if (stage === 'between') broken.push(`I1 ${id} is in no stage`);
  if ((stage === 'offered') !== (conversation.offerId !== null)) broken.push(`I1 ${id} is ${stage}, its offer is not`);
  if ((stage === 'offered' || stage === 'active') !== (conversation.agentId !== null)) {
    broken.push(`I1 ${id} is ${stage} with the owner ${conversation.agentId}`);
  }
  const offer = model.offers.get(conversation.offerId ?? '');
  if (offer && offer.deadline !== null && offer.deadline <= at) broken.push(`I5 ${id} rings past its deadline`);
  if (stage === 'active' && conversation.ackBy !== null && conversation.ackBy <= at)
    broken.push(`AR2 ${id} was never acknowledged`);
  if (stage === 'active' && conversation.attendBy !== null && conversation.attendBy <= at)
    broken.push(`RD1 ${id} stays unattended`);
  const { throttledUntil } = conversation;
  if (stage === 'waiting' && throttledUntil !== null && throttledUntil <= at) broken.push(`I12 ${id} waits too long`);
  for (const [agentId, until] of conversation.cooling) {
    if (stage === 'waiting' && until <= at) broken.push(`RD6 ${agentId} cools too long for ${id}`);
  }
  return broken;
}

/** UN1: no words without an answer that nobody was told of in time. */
function unsaid(model: Model, conversation: ModelConversation, defaults: Settings, at: number): string[] {
  const { id, unansweredSince, agentToldAt, supervisorsTold } = conversation;
  if (conversation.stage === 'assisted') return [];
  const limitMs = settingsOf(model, conversation.groupId, defaults).unanswered.alertMinutes * 60_000;
  if (limitMs === 0 || unansweredSince === null || supervisorsTold) return [];
  const dueAt = Math.max(unansweredSince + limitMs, agentToldAt === null ? 0 : agentToldAt + 60_000);
  return at < dueAt ? [] : [`UN1 ${id} waits for an answer unsaid`];
}

function brokenWait(model: Model, conversation: ModelConversation, defaults: Settings, at: number): string[] {
  const { id } = conversation;
  if (conversation.flagged || conversation.throttledUntil !== null) return [];
  const members = membersOf(model, conversation.groupId);
  const eligible = members.filter((each) => isEligible(model, each, conversation));
  const settings = settingsOf(model, conversation.groupId, defaults);
  const hold = holdFor(model, conversation, eligible, settings, at);
  if (eligible.length > 0) return hold ? [] : [`I7 ${id} waits while ${eligible[0]!.id} could take it`];
  // RD3: an able member who was tried already gets it again after the pause, not later.
  const pauseOver = conversation.lastTryAt + settings.reception.roundPauseSeconds * 1_000 <= at;
  const roundIsDue = conversation.tried.size > 0 && pauseOver && !hold;
  const forgotten = { ...conversation, tried: new Set<string>() };
  const able = roundIsDue ? members.find((each) => isEligible(model, each, forgotten)) : undefined;
  return able ? [`RD3 ${id} waits for its next round while ${able.id} is able`] : [];
}

/** A hold needs a reason: an agent who is full and preferred over the able ones (CH3, LR3). */
function holdFor(
  model: Model,
  conversation: ModelConversation,
  eligible: ModelAgent[],
  settings: Settings,
  at: number,
): 'CH3' | 'LR3' | undefined {
  const { priorityHoldSeconds, lastReceptionistHoldSeconds, agentPriority } = settings.routing;
  const full = membersOf(model, conversation.groupId).filter((each) => {
    const stays = each.connected && each.status === 'online' && each.afterThis === null;
    return stays && !conversation.tried.has(each.id) && loadOf(model, each.id) >= each.capacity;
  });
  const runs = (rule: 'CH3' | 'LR3', seconds: number) =>
    at < (conversation.held.get(rule) ?? -Infinity) + seconds * 1_000;
  const last = model.lastReceptionist.get(conversation.customerId)?.agentId;
  if (runs('LR3', lastReceptionistHoldSeconds) && full.some((each) => each.id === last)) return 'LR3';
  const rank = (each: ModelAgent) => each.groups.get(conversation.groupId) ?? 0;
  const best = Math.min(...eligible.map(rank));
  if (agentPriority && runs('CH3', priorityHoldSeconds) && full.some((each) => rank(each) < best)) return 'CH3';
  return undefined;
}

/** The core's own view against the model: every stage, owner, load, status and the order of the queue. */
export function differences(model: Model, state: RoutingState): string[] {
  const view = inspect(state);
  const found: string[] = [];
  const same = (what: string, core: unknown, mine: unknown) => {
    if (core === mine) return;
    const [a, b] = [JSON.stringify(core ?? null), JSON.stringify(mine ?? null)];
    if (a !== b) found.push(`view: ${what} is ${a} in the core and ${b} by the events`);
  };
  same(
    'the queue',
    view.queue.map((each) => each.conversationId),
    queueOf(model).map((each) => each.id),
  );
  same(
    'the set of open conversations',
    Object.keys(view.conversations)
      .filter((id) => view.conversations[id]!.stage !== 'closed')
      .sort(),
    openConversations(model)
      .map((each) => each.id)
      .sort(),
  );
  compareConversations(model, view, same);
  same('the set of agents', Object.keys(view.agents).sort(), [...model.agents.keys()].sort());
  for (const agent of model.agents.values()) {
    const core = view.agents[agent.id];
    same(`${agent.id}'s status`, core?.status, agent.status);
    same(`${agent.id}'s connection`, core?.connected, agent.connected);
    same(`${agent.id}'s load`, core?.load, loadOf(model, agent.id));
    same(`${agent.id}'s capacity`, core?.capacity, agent.capacity);
    same(`${agent.id}'s misses`, core?.missedInARow, agent.missedInARow);
    same(`${agent.id}'s wrap-ups`, core && [...core.wrapUps].sort(), [...agent.wrapUps].sort());
  }
  compareAssistants(model, view, same);
  comparePositions(model, state, same);
  return found;
}

type Same = (what: string, core: unknown, mine: unknown) => void;

function compareAssistants(model: Model, view: RoutingView, same: Same): void {
  same('the set of assistants', Object.keys(view.assistants).sort(), [...model.assistants.keys()].sort());
  for (const { id, connected, groups } of model.assistants.values()) {
    const core = view.assistants[id];
    same(`${id}'s connection`, core?.connected, connected);
    same(`${id}'s groups`, core && [...core.groupIds].sort(), [...groups].sort());
    const assisting = openConversations(model).filter((each) => each.assistantId === id).length;
    same(`${id}'s conversations`, core?.assisting, assisting);
  }
}

function compareConversations(model: Model, view: RoutingView, same: Same): void {
  for (const mine of openConversations(model)) {
    const core = view.conversations[mine.id];
    const offer = model.offers.get(mine.offerId ?? '');
    same(`${mine.id}'s stage`, core?.stage, mine.stage);
    same(`${mine.id}'s group`, core?.groupId, mine.groupId);
    same(`${mine.id}'s priority`, core?.priority, mine.priority);
    same(`${mine.id}'s place`, core?.enqueuedAt, mine.enqueuedAt);
    same(`${mine.id}'s assistant`, core?.assistantId, mine.assistantId);
    same(`${mine.id}'s agent`, core?.agentId, mine.agentId);
    same(`${mine.id}'s sender`, core?.fromAgentId, mine.fromAgentId);
    same(`${mine.id}'s offer`, core?.offerId, mine.offerId);
    same(`${mine.id}'s deadline`, core?.deadline, offer?.deadline);
    same(`${mine.id}'s time to answer`, core?.attendBy, mine.attendBy);
    same(`${mine.id}'s flag`, core?.flagged, mine.flagged);
  }
}

/** QU5: the place is counted among all of the group's conversations that no agent has; a ringing one keeps it. */
function comparePositions(model: Model, state: RoutingState, same: Same): void {
  const counted = new Map<string, number>();
  // A transfer that rings has no place, also when its sender has been removed meanwhile.
  const isRouted = ({ offerId }: ModelConversation) => model.offers.get(offerId ?? '')?.kind === 'routed';
  const unattended = openConversations(model).filter(
    (each) => each.stage === 'waiting' || (each.stage === 'offered' && isRouted(each)),
  );
  for (const waiting of unattended.sort(byOrderKey)) {
    const position = (counted.get(waiting.groupId) ?? 0) + 1;
    counted.set(waiting.groupId, position);
    same(`${waiting.id}'s position`, queuePosition(state, waiting.id, model.at)?.position, position);
  }
}
