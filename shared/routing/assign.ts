import {
  type Choice,
  explain,
  isUntouched,
  judge,
  mayTake,
  mayTakeFlagged,
  preferredAgent,
  type Verdict,
} from './choose';
import { ACK_WITHIN_MS, FILL_EVERY_MS, SECOND_MS } from './deadlines';
import { emit, type Run } from './effects';
import { byOrderKey } from './entities';
import { enterQueue, putAside } from './indexes';
import { assertNever } from './must';
import type { Ordered } from './ordered';
import type { Agent, AgentEntry, Conversation, Group } from './state';
import type { Settings, Terms } from './types';

interface Candidate {
  conversation: Conversation;
  group: Group;
  choice: Choice;
}

/**
 * Assigns to a fixpoint (QU4): the oldest conversation somebody may take, over all groups, until none is left (QU2).
 * Only groups that a change has touched are looked at; in all others nothing was possible before and nothing is now.
 */
export function assign(run: Run): void {
  for (;;) {
    let moved = false;
    for (const agent of run.state.newlyAble) moved = bringForward(run, agent) || moved;
    let oldest: Candidate | null = null;
    for (const group of run.state.dirty) {
      const candidate = oldestOf(run, group);
      if (!candidate) run.state.dirty.delete(group);
      else if (!oldest || byOrderKey(candidate.conversation, oldest.conversation) < 0) oldest = candidate;
    }
    if (oldest) giveOrPace(run, oldest);
    else if (!moved) return;
  }
}

function giveOrPace(run: Run, candidate: Candidate): void {
  const { group, conversation, choice } = candidate;
  if (mustPace(group, conversation, choice.agent, run.at)) {
    emit(run, 'agent.paced', { agentId: choice.agent.id, until: (choice.agent.lastFillAt ?? run.at) + FILL_EVERY_MS });
  } else {
    give(run, candidate);
  }
}

/**
 * What was put aside becomes possible when an agent becomes able: the oldest parked one of each of their groups that
 * they may take, and the oldest held one that prefers them. One at a time, as they have room.
 */
function bringForward(run: Run, agent: Agent): boolean {
  const { state, at } = run;
  if (agent.readiness !== 'able') {
    state.newlyAble.delete(agent);
    return false;
  }
  let moved = false;
  let flagged = false;
  for (const { group } of agent.members.values()) {
    moved = bringUpTo(run, group, group.parked, 'none', (parked) => mayTake(parked, agent)) || moved;
    flagged ||= firstFlagged(group, agent, at) !== undefined;
  }
  const wanted = agent.wanted.find((held) => mayTake(held, agent) && held.search.throttledUntil === null);
  if (wanted) {
    enterQueue(state, wanted);
    moved = true;
  }
  if (!moved && !flagged) state.newlyAble.delete(agent);
  return moved;
}

/**
 * Makes ready what was put aside for a reason that no longer holds, in order, up to the first that somebody can have
 * now. What is held from now on comes along and is decided in its turn: it must not hide an older conversation than the
 * next in line (I8), and belongs where the end of its hold is looked for (I7).
 */
function bringUpTo(
  run: Run,
  group: Group,
  aside: Ordered<Conversation>,
  reason: Verdict['kind'],
  concerns: (conversation: Conversation) => boolean,
): boolean {
  let moved = false;
  for (;;) {
    let kind = reason;
    const found = aside.find((conversation) => {
      if (concerns(conversation)) kind = judge(run.state, group, conversation, run.at).kind;
      return kind !== reason;
    });
    if (!found) return moved;
    enterQueue(run.state, found);
    moved = true;
    if (kind === 'give') return moved;
  }
}

function firstFlagged(group: Group, agent: Agent, at: number): Conversation | undefined {
  return group.flagged.find((conversation) => mayTakeFlagged(conversation, agent, at));
}

/** The oldest conversation of the group that somebody may take now; whatever stands before it is put aside. */
function oldestOf(run: Run, group: Group): Candidate | null {
  if (group.able.size === 0) return null;
  bringHeld(run, group);
  const oldest = firstReady(run, group);
  const flagged = flaggedCandidate(run, group);
  if (!oldest || !flagged) return oldest ?? flagged;
  return byOrderKey(flagged.conversation, oldest.conversation) < 0 ? flagged : oldest;
}

function firstReady(run: Run, group: Group): Candidate | null {
  for (;;) {
    const conversation = group.ready.first();
    if (!conversation) return null;
    const verdict = judge(run.state, group, conversation, run.at);
    if (verdict.kind === 'give') return { conversation, group, choice: verdict };
    notNow(run, group, conversation, verdict);
  }
}

/** What becomes of one that no agent may have now. */
function notNow(run: Run, group: Group, conversation: Conversation, verdict: Exclude<Verdict, Choice>): void {
  const conversationId = conversation.id;
  switch (verdict.kind) {
    case 'throttle':
      emit(run, 'conversation.throttled', { conversationId, until: verdict.until });
      return;
    case 'startHold':
      emit(run, 'conversation.held', { conversationId, rule: verdict.rule, until: verdict.until });
      return;
    case 'dropPreference':
      emit(run, 'conversation.preferenceDropped', { conversationId, agentId: verdict.agent.id });
      return;
    case 'preferenceHeld':
      putAside(conversation, group.preferenceHeld, preferredAgent(run.state, group, conversation, run.at));
      return;
    case 'held': {
      // Untried ones are held alike and move together; one that was tried is looked at by itself.
      const alike = isUntouched(conversation);
      const preferred = preferredAgent(run.state, group, conversation, run.at);
      putAside(conversation, alike ? group.held : group.heldTried, preferred);
      return;
    }
    case 'none':
      putAside(conversation, group.parked, null);
      return;
    default:
      assertNever(verdict);
  }
}

/** CH3: if the oldest of those held alike may not go yet, none of them may; the few that were tried are each asked. */
function bringHeld(run: Run, group: Group): void {
  for (;;) {
    const conversation = group.held.first();
    if (!conversation) break;
    const { kind } = judge(run.state, group, conversation, run.at);
    if (kind === 'held') break;
    enterQueue(run.state, conversation);
    if (kind === 'give') break;
  }
  if (group.heldTried.size > 0) bringUpTo(run, group, group.heldTried, 'held', () => true);
}

/** RD4: a flagged conversation goes to an agent whose moment it is; among several, by the order of choice. */
function flaggedCandidate(run: Run, group: Group): Candidate | null {
  if (group.flagged.size === 0) return null;
  let oldest: Conversation | null = null;
  for (const agent of run.state.newlyAble) {
    if (agent.readiness !== 'able' || !group.members.has(agent.id)) continue;
    const conversation = firstFlagged(group, agent, run.at);
    if (conversation && (!oldest || byOrderKey(conversation, oldest) < 0)) oldest = conversation;
  }
  if (!oldest) return null;
  const conversation = oldest;
  let best: Agent | null = null;
  let runnerUp: Agent | null = null;
  for (const { agent } of ableInTheirMoment(run, group)) {
    if (!mayTakeFlagged(conversation, agent, run.at)) continue;
    if (best) {
      runnerUp = agent;
      break;
    }
    best = agent;
  }
  if (!best) return null;
  const preferred = preferredAgent(run.state, group, conversation, run.at);
  const agentPriority = group.settings.routing.agentPriority;
  if (preferred?.readiness === 'able' && mayTakeFlagged(conversation, preferred, run.at)) {
    if (preferred !== best) runnerUp = best;
    return { conversation, group, choice: { kind: 'give', agent: preferred, rule: 'LR2', runnerUp } };
  }
  return { conversation, group, choice: { kind: 'give', agent: best, rule: agentPriority ? 'CH2' : 'CH1', runnerUp } };
}

function ableInTheirMoment(run: Run, group: Group): AgentEntry[] {
  const entries: AgentEntry[] = [];
  for (const agent of run.state.newlyAble) {
    const entry = group.members.get(agent.id)?.able;
    if (entry) entries.push(entry);
  }
  return entries.sort((a, b) => group.able.rank(a) - group.able.rank(b));
}

/** AR5: the group's way, or the agent's own where they may choose. */
function isAutomatic(settings: Settings, agent: Agent): boolean {
  const { automatic, agentMayChoose } = settings.reception;
  return agentMayChoose && agent.automatic !== null ? agent.automatic : automatic;
}

/** AR4: the second of what had waited before they came online comes half a second after the first. */
function mustPace(group: Group, conversation: Conversation, agent: Agent, at: number): boolean {
  if (conversation.seq >= agent.fillBefore || !isAutomatic(group.settings, agent)) return false;
  return agent.lastFillAt !== null && at < agent.lastFillAt + FILL_EVERY_MS;
}

export function termsFor(settings: Settings, at: number, attendBy: number | null, counts: boolean): Terms {
  const { shortBreak, maxRedirects } = settings.reception;
  // SB1: with both on, the earlier of the two; without a short break a timeout is still noted as a miss.
  const breakAt = shortBreak.enabled ? at + shortBreak.afterSeconds * SECOND_MS : null;
  const missAt = breakAt === null || (attendBy !== null && attendBy < breakAt) ? null : breakAt;
  return { missAt, misses: shortBreak.enabled ? shortBreak.misses : 0, maxRedirects, counts };
}

function give(run: Run, { conversation, group, choice }: Candidate): void {
  const { state, at } = run;
  const { settings } = group;
  const { agent } = choice;
  const why = explain(group, conversation, choice);
  const { redirect } = settings.reception;
  const deadline = redirect.enabled ? at + redirect.afterSeconds * SECOND_MS : null;
  // RD4: a try while only one member is able counts none.
  const terms = termsFor(settings, at, deadline, group.able.size > 1);
  if (isAutomatic(settings, agent)) {
    emit(run, 'conversation.assigned', {
      conversationId: conversation.id,
      agentId: agent.id,
      how: 'automatic',
      groupId: group.id,
      why,
      ackBy: at + ACK_WITHIN_MS,
      attendBy: deadline,
      terms,
    });
    return;
  }
  emit(run, 'offer.made', {
    offerId: `o${state.offerCount + 1}`,
    conversationId: conversation.id,
    agentId: agent.id,
    kind: 'routed',
    deadline,
    why,
    terms,
  });
}
