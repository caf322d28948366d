import type { CommandType, RoutingEvent, RoutingEventOf, Settings } from '../../shared/routing';
import { brokenByAssistantSaying, brokenByAssisted, brokenBySilence, brokenBySwitch } from './checks-of-assistants';
import { brokenByWhy } from './checks-of-why';
import {
  agentOf,
  assistantFor,
  byOrderKey,
  conversationOf,
  holderOf,
  isAble,
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

/** What the present command may do beyond the usual rules. */
export interface Allowance {
  /** Capacity may be exceeded: a supervisor forced it, or a setting lets claims or transfers do so (CP2). */
  beyondCapacity: boolean;
  /** An agent begins or reopens a conversation (TR5, RO1). */
  byAgent: boolean;
  /** The command that a conversation may leave its assistant for, or go to it (BO2, BO4); null: not known. */
  command: CommandType | null;
  /** Misses may be counted: not after the machine slept or the hub was down (TM1, ST3). */
  miss: boolean;
}

/** The rules that an event breaks, given the state before it. Each line starts with the rule's id. */
export function brokenByEvent(model: Model, event: RoutingEvent, defaults: Settings, allowance: Allowance): string[] {
  switch (event.type) {
    case 'offer.made':
      return brokenByOffer(model, event, defaults, allowance);
    case 'conversation.assigned':
      return brokenByAssignment(model, event, defaults, allowance);
    case 'offer.ended':
      return brokenByOfferEnd(model, event, allowance);
    case 'conversation.queued': {
      const old = model.conversations.get(event.conversationId);
      if (event.reason === 'switched') return brokenBySwitch(model, event, defaults, allowance.command);
      if (!old)
        return [...brokenByOpening(model, event, allowance), ...brokenByReopening(model, event, defaults, allowance)];
      const same = old.enqueuedAt === event.enqueuedAt && old.seq === event.seq;
      return same ? [] : [`I6 ${event.conversationId} lost its place in the queue`];
    }
    case 'conversation.assisted':
      return [...brokenByTwin(model, event), ...brokenByAssisted(model, event, allowance.command)];
    case 'conversation.message':
      return brokenByAssistantSaying(model, event);
    case 'conversation.returned': {
      const { stage } = conversationOf(model, event.conversationId);
      const broken = brokenByMiss(model, event, allowance);
      if (stage !== 'active' && stage !== 'between') broken.push(`I1 ${event.conversationId} returned while ${stage}`);
      return broken;
    }
    case 'conversation.missed':
    case 'offer.missed':
      return brokenByMiss(model, event, allowance);
    case 'conversation.transferFailed': {
      const sender = agentOf(model, event.agentId);
      const gone = !sender.connected || sender.status === 'offline';
      return gone ? [`TR2 ${event.conversationId} goes back to ${sender.id}, who is gone`] : [];
    }
    case 'conversation.overdue':
      return brokenByOverdue(model, event, defaults);
    case 'conversation.held': {
      const { id, wasHeld } = conversationOf(model, event.conversationId);
      return wasHeld && event.rule === 'CH3' ? [`CH3 ${id} is held a second time`] : [];
    }
    case 'conversation.preferenceDropped': {
      const { id, groupId, held } = conversationOf(model, event.conversationId);
      const { lastReceptionistHoldSeconds } = settingsOf(model, groupId, defaults).routing;
      if (lastReceptionistHoldSeconds === 0) return [];
      const over = event.at >= (held.get('LR3') ?? Number.POSITIVE_INFINITY) + lastReceptionistHoldSeconds * 1_000;
      return over ? [] : [`LR3 ${id} is not held long enough for ${event.agentId}`];
    }
    case 'receptionists.forgotten': {
      const busy = openConversations(model).find(({ customerId }) => event.customerIds.includes(customerId));
      return busy ? [`LR5 ${busy.customerId}'s last receptionist is forgotten during ${busy.id}`] : [];
    }
    case 'receptionist.recalled': {
      const known = model.lastReceptionist.get(event.customerId);
      return known && known.at >= event.wroteAt ? [`LR5 ${event.customerId} has had a later receptionist`] : [];
    }
    case 'conversation.flagged': {
      const { id, failedTries, newestTry } = conversationOf(model, event.conversationId);
      const early = newestTry.maxRedirects === 0 || failedTries <= newestTry.maxRedirects;
      return event.reason === 'redirects' && early ? [`RD4 ${id} is flagged after ${failedTries} tries`] : [];
    }
    case 'conversation.roundStarted':
      return brokenByRound(model, event, defaults);
    case 'conversation.closed': {
      if (model.closed.has(event.conversationId)) return [`TR3 ${event.conversationId} ends a second time`];
      const { stage } = conversationOf(model, event.conversationId);
      if (event.reason === 'customerSilent') return brokenBySilence(model, event, defaults);
      return event.reason === 'maxWait' ? brokenByMaxWait(model, event, stage, defaults) : [];
    }
    case 'agent.changed': {
      const byAct = ['self', 'supervisor', 'breakEnded'].includes(event.cause);
      if (event.status === 'online' && !byAct) return [`ST4 ${event.agentId} is online by ${event.cause}`];
      const isOff = (model.settings ?? defaults).presence.awayAfterMinutes === 0;
      if (event.cause === 'idle' && (isOff || agentOf(model, event.agentId).status !== 'online'))
        return [`ID1 ${event.agentId} is away unasked`];
      return brokenByBreak(model, event, defaults);
    }
    case 'conversation.coolingEnded': {
      const until = conversationOf(model, event.conversationId).cooling.get(event.agentId) ?? event.at;
      return event.at < until ? [`RD6 ${event.agentId} cools too short for ${event.conversationId}`] : [];
    }
    case 'agent.paced': {
      const agent = agentOf(model, event.agentId);
      const waited = queueOf(model).some((each) => each.seq <= agent.seqWhenOnline && mayGet(model, agent, each));
      const right = waited && event.until === agent.lastFillAt + 500;
      return right ? [] : [`AR4 ${agent.id} is paced for nothing`];
    }
    case 'agent.removed': {
      // Their ringing transfers may go on (TR2).
      const kept = openConversations(model).filter((each) => each.agentId === event.agentId);
      return kept.length > 0 ? [`SE3 ${event.agentId} is removed and still has ${kept.length}`] : [];
    }
    case 'group.removed': {
      const inside = openConversations(model).filter((each) => each.groupId === event.groupId);
      return inside.length > 0 ? [`SE3 ${event.groupId} is removed with ${inside.length} open conversations`] : [];
    }
    default:
      return [];
  }
}

function brokenByMaxWait(
  model: Model,
  event: RoutingEventOf<'conversation.closed'>,
  stage: string,
  defaults: Settings,
): string[] {
  const conversation = conversationOf(model, event.conversationId);
  const { id, groupId, enqueuedAt } = conversation;
  const free = conversation.held.size === 0 && !conversation.flagged && conversation.throttledUntil === null;
  if (free && membersOf(model, groupId).some((each) => isEligible(model, each, conversation))) {
    return [`QU6 ${id} is ended before assignment`];
  }
  const { maxWaitSeconds } = settingsOf(model, groupId, defaults).queue;
  if (stage !== 'waiting') return [`QU6 ${id} waited too long and was ${stage}`];
  const early = maxWaitSeconds === 0 || event.at < enqueuedAt + maxWaitSeconds * 1_000;
  return early ? [`QU6 ${id} is ended after ${event.at - enqueuedAt} ms of waiting`] : [];
}

function brokenByOpening(model: Model, event: RoutingEventOf<'conversation.queued'>, { byAgent }: Allowance): string[] {
  const assistant = byAgent || event.reason === 'reopened' ? null : assistantFor(model, event.groupId);
  const broken = assistant ? [`BO1 ${event.conversationId} begins without ${assistant.id}, which is connected`] : [];
  return [...broken, ...brokenByTwin(model, event)];
}

function brokenByTwin(
  model: Model,
  event: RoutingEventOf<'conversation.queued'> | RoutingEventOf<'conversation.assisted'>,
): string[] {
  if (model.conversations.has(event.conversationId)) return [];
  const twin = openConversations(model).find(
    (each) => each.customerId === event.customerId && each.channel === event.channel,
  );
  return twin ? [`I1 ${event.customerId} has two open conversations, ${twin.id} and ${event.conversationId}`] : [];
}

/** RO1: one that has ended, within its time, at the end of the queue; by an agent at any time. */
function brokenByReopening(
  model: Model,
  event: RoutingEventOf<'conversation.queued'>,
  defaults: Settings,
  { byAgent }: Allowance,
): string[] {
  const { conversationId: id, groupId } = event;
  const ended = model.closed.get(id);
  if ((event.reason === 'reopened') !== (ended !== undefined)) return [`RO1 ${id} is ${event.reason}`];
  if (!ended) return [];
  const broken: string[] = [];
  if (event.enqueuedAt !== event.at || event.seq <= model.newestSeq) broken.push(`RO1 ${id} is not queued as new`);
  if (ended.customerId !== event.customerId) broken.push(`RO1 ${id} is taken up by ${event.customerId}`);
  const { reopenMinutes } = settingsOf(model, groupId, defaults);
  const late = event.at >= ended.closedAt + reopenMinutes * 60_000;
  if (late && !byAgent) broken.push(`RO1 ${id} is taken up ${event.at - ended.closedAt} ms after its end`);
  if (!byAgent && !model.groups.get(groupId)?.open) broken.push(`HR1 ${id} is taken up while ${groupId} is closed`);
  return broken;
}

function brokenByOffer(
  model: Model,
  event: RoutingEventOf<'offer.made'>,
  defaults: Settings,
  allowance: Allowance,
): string[] {
  const conversation = conversationOf(model, event.conversationId);
  const agent = agentOf(model, event.agentId);
  const settings = settingsOf(model, conversation.groupId, defaults);
  const broken: string[] = [];
  if (conversation.offerId !== null) broken.push(`I3 ${conversation.id} rings twice`);
  if (model.offers.has(event.offerId)) broken.push(`RD2 the offer id ${event.offerId} is used again`);
  const { enabled, afterSeconds } = settings.reception.redirect;
  if (event.kind === 'transfer') {
    if (conversation.stage !== 'active')
      broken.push(`TR2 ${conversation.id} is transferred while ${conversation.stage}`);
    if (event.deadline === null) broken.push(`TR2 the transfer of ${conversation.id} has no deadline`);
    if (!agent.connected) broken.push(`TR2 ${agent.id} is rung while disconnected`);
    if (!allowance.beyondCapacity && loadOf(model, agent.id) >= agent.capacity) {
      broken.push(`CP2 ${agent.id} is full and gets the transfer of ${conversation.id}`);
    }
    return [...broken, ...brokenByPace(conversation, event.at)];
  }
  const deadline = enabled ? event.at + afterSeconds * 1_000 : null;
  if (event.deadline !== deadline) broken.push(`RD1 the offer rings until ${event.deadline}, not ${deadline}`);
  return [...broken, ...brokenByChoice(model, conversation, agent, settings, event)];
}

function brokenByAssignment(
  model: Model,
  event: RoutingEventOf<'conversation.assigned'>,
  defaults: Settings,
  allowance: Allowance,
): string[] {
  const conversation = conversationOf(model, event.conversationId);
  const agent = agentOf(model, event.agentId);
  const settings = settingsOf(model, conversation.groupId, defaults);
  if (event.how === 'automatic') {
    const broken = brokenByChoice(model, conversation, agent, settings, event);
    if (event.ackBy !== event.at + 5_000) broken.push(`AR2 ${conversation.id} is to be acknowledged by ${event.ackBy}`);
    const { enabled, afterSeconds } = settings.reception.redirect;
    const attendBy = enabled ? event.at + afterSeconds * 1_000 : null;
    if ((event.attendBy ?? null) !== attendBy) broken.push(`RD1 attend by ${event.attendBy}, not ${attendBy}`);
    return broken;
  }
  if (conversation.stage === 'assisted') return [`BO4 ${conversation.id} is assigned while with its assistant`];
  if (conversation.stage === 'offered') return [`I3 ${conversation.id} is assigned while it rings`];
  // RO1: the slot of its own wrap-up is the one it takes.
  const wrapUp = allowance.byAgent && agent.wrapUps.has(conversation.id) ? 1 : 0;
  const full = event.how === 'claimed' && loadOf(model, agent.id) - wrapUp >= agent.capacity;
  return full && !allowance.beyondCapacity ? [`CP2 ${agent.id} is full and claims ${conversation.id}`] : [];
}

/** Eligible; for a flagged one: able, and not offered it since they last became able (RD4). */
function mayGet(model: Model, agent: ModelAgent, conversation: ModelConversation): boolean {
  if (!conversation.flagged) return isEligible(model, agent, conversation);
  const { groupId, offeredAtTurn } = conversation;
  return agent.groups.has(groupId) && isAble(model, agent) && offeredAtTurn.get(agent.id) !== agent.turns;
}

/** I2, I4, I8, I9 and CH1 to LR2: whether this is the right conversation for the right agent. */
function brokenByChoice(
  model: Model,
  conversation: ModelConversation,
  agent: ModelAgent,
  settings: Settings,
  event: RoutingEventOf<'offer.made'> | RoutingEventOf<'conversation.assigned'>,
): string[] {
  const broken = brokenByPace(conversation, event.at);
  const named = `${conversation.id} to ${agent.id}`;
  if (conversation.stage !== 'waiting') broken.push(`I1 ${named} while ${conversation.stage}`);
  if (agent.status !== 'online' || !agent.connected) broken.push(`I4 ${named}, who is ${agent.status}`);
  if (!agent.groups.has(conversation.groupId)) broken.push(`I4 ${named}, who is not a member`);
  if (loadOf(model, agent.id) >= agent.capacity) broken.push(`I2 ${named}, who is full`);
  if (conversation.cooling.has(agent.id)) broken.push(`RD6 ${named}, who has just declined it`);
  const tooFast = event.type === 'conversation.assigned' && event.at < agent.lastFillAt + 500;
  if (tooFast && conversation.seq <= agent.seqWhenOnline) broken.push(`AR4 ${named} out of pace`);
  if (conversation.flagged) {
    if (conversation.offeredAtTurn.get(agent.id) === agent.turns) broken.push(`RD4 ${named} twice in one moment`);
  } else if (conversation.tried.has(agent.id)) broken.push(`I9 ${named} twice in one round`);
  for (const other of queueOf(model)) {
    if (byOrderKey(other, conversation) >= 0) break;
    const excused = other.held.size > 0 || other.flagged || other.throttledUntil !== null;
    if (!excused && isEligible(model, agent, other)) broken.push(`I8 ${named} passes over ${other.id}`);
  }
  broken.push(...brokenByWhy(model, conversation, agent, event.why));
  broken.push(...brokenByTries(model, conversation, settings, event));
  const expected = expectedChoice(model, conversation, settings, event.at);
  if (!expected) return broken;
  if (expected.agentId !== agent.id) broken.push(`${expected.rule} ${named} instead of ${expected.agentId}`);
  if (expected.runnerUp !== event.why.runnerUp)
    broken.push(`EX1 ${named}: the runner-up is said to be ${event.why.runnerUp}, not ${expected.runnerUp}`);
  if (expected.rule !== 'LR2') broken.push(...brokenByHold(model, conversation, agent, settings, event.at));
  return broken;
}

/** RD4: a try counts if more than one member was able, and no try follows once they are used up. */
function brokenByTries(
  model: Model,
  conversation: ModelConversation,
  settings: Settings,
  { terms }: RoutingEventOf<'offer.made'> | RoutingEventOf<'conversation.assigned'>,
): string[] {
  const { id, groupId, failedTries, newestTry, flagged } = conversation;
  const able = membersOf(model, groupId).filter((each) => isAble(model, each)).length;
  const { maxRedirects } = settings.reception;
  const right = terms?.counts === able > 1 && terms.maxRedirects === maxRedirects;
  const broken = right ? [] : [`RD4 a try of ${id} with ${able} able is made with ${JSON.stringify(terms)}`];
  const usedUp = newestTry.failed && newestTry.maxRedirects > 0 && failedTries > newestTry.maxRedirects;
  if (usedUp && !flagged) broken.push(`RD4 ${id} rings on after ${failedTries} failed tries`);
  return broken;
}

/** CH3: while an agent of better priority is full, not before the only hold is over. */
function brokenByHold(
  model: Model,
  conversation: ModelConversation,
  agent: ModelAgent,
  settings: Settings,
  at: number,
): string[] {
  const { agentPriority, priorityHoldSeconds } = settings.routing;
  if (!agentPriority || priorityHoldSeconds === 0) return [];
  const { id, groupId, tried, held, wasHeld } = conversation;
  const rank = (each: ModelAgent) => each.groups.get(groupId) ?? 0;
  const better = membersOf(model, groupId).find((each) => {
    // ID2: nothing comes to one who leaves after this.
    const stays = each.connected && each.status === 'online' && each.afterThis === null;
    return stays && !tried.has(each.id) && rank(each) < rank(agent) && loadOf(model, each.id) >= each.capacity;
  });
  if (!better) return [];
  if (!wasHeld) return [`CH3 ${id} to ${agent.id} without a hold for ${better.id}`];
  const until = (held.get('CH3') ?? Number.NEGATIVE_INFINITY) + priorityHoldSeconds * 1_000;
  return at < until ? [`CH3 ${id} to ${agent.id} while it is held for ${better.id}`] : [];
}

function brokenByPace(conversation: ModelConversation, at: number): string[] {
  const recent = conversation.givenAt.filter((each) => each > at - 1_000).length;
  return recent >= 10 ? [`I12 ${conversation.id} is offered ${recent + 1} times within a second`] : [];
}

/** The agent and runner-up by the rules, from a scan of all members. Null where the model can't tell (flagged). */
function expectedChoice(
  model: Model,
  conversation: ModelConversation,
  settings: Settings,
  at: number,
): { agentId: string; runnerUp: string | null; rule: string } | null {
  if (conversation.flagged) return null;
  const eligible = membersOf(model, conversation.groupId).filter(
    (each) =>
      isEligible(model, each, conversation) || (each.pacedUntil !== null && each.seqWhenOnline < conversation.seq),
  );
  if (eligible.some((each) => each.pacedUntil !== null)) return null;
  const rank = (each: ModelAgent) =>
    settings.routing.agentPriority ? (each.groups.get(conversation.groupId) ?? 0) : 0;
  const inOrder = eligible.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      loadOf(model, a.id) / a.capacity - loadOf(model, b.id) / b.capacity ||
      a.lastTurnAt - b.lastTurnAt ||
      (a.id < b.id ? -1 : 1),
  );
  const last = model.lastReceptionist.get(conversation.customerId);
  const recent = last && at - last.at <= settings.routing.lastReceptionistDays * 86_400_000;
  const prefersLast = settings.routing.lastReceptionist || conversation.reopened;
  const prefers = prefersLast && recent && !conversation.preferenceDropped;
  const preferred = prefers ? inOrder.find((each) => each.id === last.agentId) : undefined;
  const chosen = preferred ?? inOrder[0];
  if (!chosen) return null;
  const byOrder = settings.routing.agentPriority ? 'CH2' : 'CH1';
  const runnerUp = inOrder.find((each) => each !== chosen)?.id ?? null;
  return { agentId: chosen.id, runnerUp, rule: preferred ? 'LR2' : byOrder };
}

function brokenByBreak(model: Model, event: RoutingEventOf<'agent.changed'>, defaults: Settings): string[] {
  const { id, connected, status, cause, statusSince, breakGroupId } = agentOf(model, event.agentId);
  if (event.cause === 'timeout') return connected ? [] : [`SB1 ${id} gets a break without a workstation`];
  if (event.cause !== 'breakEnded') return [];
  const { endAfterSeconds } = settingsOf(model, breakGroupId, defaults).reception.shortBreak;
  const automatic = status === 'shortBreak' && cause === 'timeout' && endAfterSeconds > 0 && connected;
  const over = automatic && event.at >= statusSince + endAfterSeconds * 1_000;
  return over ? [] : [`SB4 ${id}'s break ends by itself after ${event.at - statusSince} ms`];
}

function brokenByMiss(
  model: Model,
  { agentId, miss }: { agentId: string; miss: boolean },
  allowance: Allowance,
): string[] {
  if (!miss) return [];
  if (!allowance.miss) return [`TM1 ${agentId} is charged a miss after a sleep`];
  return agentOf(model, agentId).connected ? [] : [`SB1 ${agentId} is charged a miss without a workstation`];
}

function brokenByOfferEnd(model: Model, event: RoutingEventOf<'offer.ended'>, allowance: Allowance): string[] {
  const offer = model.offers.get(event.offerId);
  if (!offer?.open) return [`RD2 the offer ${event.offerId} ends twice`];
  if (event.miss && event.outcome !== 'timedOut')
    return [`RD6 ${event.agentId} is charged a miss for ${event.outcome}`];
  const unseen = brokenByMiss(model, event, allowance);
  if (unseen.length > 0) return unseen;
  const byHand = event.outcome === 'accepted' || event.outcome === 'declined';
  if (byHand && offer.deadline !== null && event.at >= offer.deadline) {
    return [`TM1 ${event.agentId} ${event.outcome} ${event.offerId}, which was over`];
  }
  const early = event.outcome === 'timedOut' && offer.deadline !== null && offer.missAt === null;
  return early && event.at < offer.deadline! ? [`RD2 the offer ${event.offerId} timed out early`] : [];
}

function brokenByRound(model: Model, event: RoutingEventOf<'conversation.roundStarted'>, defaults: Settings): string[] {
  const conversation = conversationOf(model, event.conversationId);
  const { roundPauseSeconds } = settingsOf(model, conversation.groupId, defaults).reception;
  if (conversation.stage !== 'waiting') return [`RD3 a round of ${conversation.id} starts while ${conversation.stage}`];
  if (event.at >= conversation.lastTryAt + roundPauseSeconds * 1_000) return [];
  return [`RD3 the round of ${conversation.id} starts ${event.at - conversation.lastTryAt} ms after the last try`];
}

function brokenByOverdue(model: Model, event: RoutingEventOf<'conversation.overdue'>, defaults: Settings): string[] {
  const conversation = conversationOf(model, event.conversationId);
  const { id, unansweredSince, agentToldAt, supervisorsTold } = conversation;
  const limitMs = settingsOf(model, conversation.groupId, defaults).unanswered.alertMinutes * 60_000;
  const broken: string[] = [];
  if (conversation.stage === 'assisted') broken.push(`UN1 ${id} alerts while with its assistant`);
  if (limitMs === 0) broken.push(`UN1 ${id} alerts although it is off`);
  if (unansweredSince === null || event.at < unansweredSince + limitMs) broken.push(`UN1 ${id} alerts too early`);
  if (supervisorsTold || (event.to === 'agent' && agentToldAt !== null)) broken.push(`UN1 ${id} alerts a second time`);
  const holderId = holderOf(conversation);
  if ((event.agentId ?? null) !== holderId) broken.push(`UN1 ${id} names ${event.agentId}, but ${holderId} has it`);
  if (event.to === 'agent' && holderId === null) broken.push(`UN1 ${id} alerts an agent, but nobody has it`);
  const agentFirst = holderId !== null || agentToldAt !== null;
  if (event.to === 'supervisors' && agentFirst && (agentToldAt === null || event.at < agentToldAt + 60_000))
    broken.push(`UN1 ${id} alerts supervisors before its agent had a minute`);
  return broken;
}
