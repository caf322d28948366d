import { judge, mayTake } from './choose';
import { armAgent, armConversation, armOffer, OFFERS_PER_SECOND_MAX, SECOND_MS } from './deadlines';
import { assertNever } from './must';
import {
  type Agent,
  type Assistant,
  type Conversation,
  type Group,
  isFlagged,
  loadOf,
  type Offer,
  offerOf,
  type RoutingState,
} from './state';

/**
 * Violations of what must hold between any two commands, as sentences that begin with the invariant's id; empty if
 * there are none. Walks the whole state, so for tests and simulation; they check I10 and I11 by comparing runs.
 */
export function invariantViolations(state: RoutingState): string[] {
  const found: string[] = [];
  for (const conversation of state.conversations.values()) checkConversation(state, conversation, found);
  for (const offer of state.offers.values()) checkOffer(state, offer, found);
  for (const agent of state.agents.values()) checkAgent(state, agent, found);
  for (const assistant of state.assistants.values()) checkAssistant(state, assistant, found);
  for (const group of state.groups.values()) checkGroup(state, group, found);
  checkQueue(state, found);
  checkDeadlines(state, found);
  return found;
}

function checkConversation(state: RoutingState, conversation: Conversation, found: string[]): void {
  const { id, search, offerTimes } = conversation;
  if (!isKept(state, conversation)) found.push(`I1: ${id} is not where its stage says`);
  if (!state.groups.has(conversation.groupId)) found.push(`I1: ${id} is in no group`);
  if (conversation.enqueuedAt !== conversation.openedAt) found.push(`I6: ${id} changed its enqueuedAt`);
  for (const [triedId, times] of search.tried) {
    if (times > 1) found.push(`I9: ${id} was offered to ${triedId} ${times} times in one round`);
  }
  const eleventhBack = offerTimes.at(-1 - OFFERS_PER_SECOND_MAX);
  if (eleventhBack !== undefined && offerTimes.at(-1)! - eleventhBack < SECOND_MS) {
    found.push(`I12: ${id} was offered too often within a second`);
  }
}

/** I1: the queue, the offers and the agents agree with its stage. */
function isKept(state: RoutingState, conversation: Conversation): boolean {
  const { id, stage } = conversation;
  switch (stage.kind) {
    case 'assisted':
      return state.assistants.get(stage.assistantId)?.conversations.has(id) === true;
    case 'waiting':
      return stage.place.has(conversation);
    case 'offered':
      return stage.place.has(conversation) && state.offers.get(stage.offer.id) === stage.offer;
    case 'handedOver': {
      const { offer } = stage;
      const sender = offer.fromAgentId === null ? null : state.agents.get(offer.fromAgentId);
      return state.offers.get(offer.id) === offer && (sender === null || sender?.handingOver.has(id) === true);
    }
    case 'active':
      return state.agents.get(stage.agentId)?.active.has(id) === true;
    default:
      return assertNever(stage);
  }
}

function checkOffer(state: RoutingState, offer: Offer, found: string[]): void {
  const agent = state.agents.get(offer.agentId);
  const conversation = state.conversations.get(offer.conversationId);
  if (!conversation || offerOf(conversation) !== offer)
    found.push(`I3: ${offer.id} is not the offer of its conversation`);
  if (!agent?.offers.has(offer.id)) found.push(`I3: ${offer.id} is not with its agent`);
  if (agent && offer.kind === 'routed' && agent.status !== 'online') {
    found.push(`I4: ${offer.id} rings at ${agent.id}, who is ${agent.status}`);
  }
  if (agent && offer.kind === 'routed' && !agent.connected && agent.goneAt < offer.madeAt) {
    found.push(`I4: ${offer.id} was made to ${agent.id}, who was not connected`);
  }
  if (offer.deadline !== null && offer.deadline <= state.clockAt) found.push(`I5: ${offer.id} is past its deadline`);
}

function checkAgent(state: RoutingState, agent: Agent, found: string[]): void {
  const load = loadOf(agent);
  if (load > Math.max(agent.capacity, agent.excusedLoad)) {
    found.push(`I2: ${agent.id} has ${load} of ${agent.capacity}`);
  }
  for (const id of agent.active) {
    const stage = state.conversations.get(id)?.stage;
    if (stage?.kind !== 'active' || stage.agentId !== agent.id)
      found.push(`I1: ${agent.id} has ${id}, which is elsewhere`);
  }
  for (const id of agent.handingOver) {
    const stage = state.conversations.get(id)?.stage;
    if (stage?.kind !== 'handedOver' || stage.offer.fromAgentId !== agent.id)
      found.push(`I1: ${agent.id} does not hand over ${id}`);
  }
  for (const id of agent.offers) {
    if (state.offers.get(id)?.agentId !== agent.id) found.push(`I3: ${agent.id} has the offer ${id} of somebody else`);
  }
}

function checkAssistant(state: RoutingState, assistant: Assistant, found: string[]): void {
  for (const id of assistant.conversations) {
    const conversation = state.conversations.get(id);
    if (conversation?.stage.kind !== 'assisted' || conversation.stage.assistantId !== assistant.id)
      found.push(`I1: ${assistant.id} has ${id}, which is elsewhere`);
    else if (!assistant.connected && conversation.stage.awaitedSince === null)
      found.push(`BO3: ${id} waits for ${assistant.id}, which is gone`);
  }
  const served = [...state.groups.values()].filter((group) => group.assistant === assistant).map(({ id }) => id);
  if (served.sort().join() !== [...assistant.groupIds].sort().join())
    found.push(`BO1: ${assistant.id} serves ${served.join(', ')}`);
}

/** The incremental counts must equal a fresh count (EX1), or every decision is wrong. */
function checkGroup(state: RoutingState, group: Group, found: string[]): void {
  const members = [...state.agents.values()].filter((agent) => agent.members.has(group.id));
  if (members.length !== group.members.size) found.push(`EX1: ${group.id} miscounts its members`);
  for (const [readiness, count] of Object.entries(group.counts)) {
    const real = members.filter((agent) => agent.readiness === readiness).length;
    if (real !== count) found.push(`EX1: ${group.id} counts ${count} ${readiness} of ${real}`);
  }
  if (group.able.size !== group.counts.able) found.push(`EX1: ${group.id} lists ${group.able.size} able`);
  if (group.online !== members.filter(({ status }) => status === 'online').length) {
    found.push(`EX1: ${group.id} miscounts who is online`);
  }
  if (group.staffed !== group.online > 0) found.push(`HR2: ${group.id} is wrong about being staffed`);
}

/** I7 and I8: except for holds, pacing, flags and I12, no conversation waits that an agent could have. */
function checkQueue(state: RoutingState, found: string[]): void {
  for (const conversation of state.conversations.values()) {
    const group = state.groups.get(conversation.groupId);
    if (conversation.stage.kind !== 'waiting' || isFlagged(conversation) || !group) continue;
    const { kind } = judge(state, group, conversation, state.clockAt);
    if (kind === 'held' || kind === 'preferenceHeld' || conversation.search.throttledUntil !== null) continue;
    const idle = group.able.find(({ agent }) => mayTake(conversation, agent));
    if (idle) found.push(`I7: ${conversation.id} waits although ${idle.agent.id} is free`);
  }
}

function checkDeadlines(state: RoutingState, found: string[]): void {
  const check = (name: string, due: { at: number; place: number }, arm: () => void): void => {
    const { at, place } = due;
    const armed = place >= 0;
    arm();
    if (armed !== due.place >= 0 || (armed && at !== due.at)) found.push(`TM1: the deadline of ${name} is out of date`);
  };
  for (const offer of state.offers.values()) check(offer.id, offer.due, () => armOffer(state, offer));
  for (const agent of state.agents.values()) check(agent.id, agent.due, () => armAgent(state, agent));
  for (const conversation of state.conversations.values()) {
    check(conversation.id, conversation.due, () => armConversation(state, conversation));
  }
  const next = state.deadlines.first();
  if (next && next.at <= state.clockAt) found.push(`TM1: ${next.id} was due at ${next.at}`);
}
