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
 * Assigns to a fixpoint (QU4): each time the oldest conversation of all groups that an agent may take (QU2). Looks only
 * at groups changed since the last run; in all others there was nothing to assign then, so there is nothing now.
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
 * Moves conversations that were put aside back to `ready` when an agent becomes able: the oldest parked one that they
 * may take of each of their groups, and the oldest held one that prefers them. One at a time, while they have room.
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
 * Moves conversations back to `ready` whose `reason` for being put aside no longer holds, in order, up to and including
 * the first that an agent can have now. One whose hold begins now is moved too and decided in its turn: it must not
 * hide an older one than the next in line (I8), and has to be in the list where ends of holds are checked (I7).
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

/** The oldest conversation of the group that an agent may take now; those before it are put aside. */
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

/** Records a hold, throttle or dropped preference, or puts the conversation aside. */
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
      // All untried ones have the same reason and move together; one with tried agents is judged by itself.
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

/** CH3: while the oldest of the untried is held, all of them are; the few with tried agents are each judged. */
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

/** RD4: a flagged conversation goes to an agent who has just become able; among several, by the order of choice. */
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

/** AR5: the group's setting, or the agent's own choice if the group allows one. */
function isAutomatic(settings: Settings, agent: Agent): boolean {
  const { automatic, agentMayChoose } = settings.reception;
  return agentMayChoose && agent.automatic !== null ? agent.automatic : automatic;
}

/** AR4: conversations that waited before the agent came online are given half a second apart. */
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
  // RD4: a try while only one member is able does not count.
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
