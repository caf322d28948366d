import { armAgent, armConversation, armOffer } from './deadlines';
import { must } from './must';
import type { Ordered } from './ordered';
import { mergeSettings } from './settings';
import {
  type Agent,
  type Conversation,
  type Group,
  isFlagged,
  loadOf,
  type Member,
  type Readiness,
  type RoutingState,
  type Stage,
  type Waiting,
} from './state';

/*
 * Derived data for fast decisions: the able and the full agents of each group, the number of members skipped for each
 * reason (EX1), the list each waiting conversation is in. Called only from `apply`, after each change.
 */

function readinessOf(agent: Agent): Readiness {
  if (agent.status === 'offline') return 'offline';
  if (!agent.connected) return 'disconnected';
  if (agent.status !== 'online') return agent.status;
  // ID2: nothing more, so that what they have can end.
  if (agent.afterThis) return 'busy';
  if (loadOf(agent) >= agent.capacity) return 'full';
  return agent.pacedUntil === null ? 'able' : 'cooling';
}

/** Updates everything derived from an agent. `sameMoment`: does not count as becoming able (RD4). */
export function reindexAgent(state: RoutingState, agent: Agent, sameMoment = false): void {
  const was = agent.readiness;
  const now = readinessOf(agent);
  agent.readiness = now;
  const fit = now === 'able' || now === 'cooling';
  if (fit && !agent.fit && !sameMoment) agent.moment = state.eventCount;
  agent.fit = fit;
  agent.excusedLoad = Math.min(agent.excusedLoad, loadOf(agent));
  const online = agent.status === 'online';
  for (const member of agent.members.values()) {
    const group = member.group;
    if (was !== now) {
      group.counts[was] -= 1;
      group.counts[now] += 1;
      // An agent who becomes able or unavailable may end a hold (CH3, LR3).
      state.dirty.add(group);
    }
    if (online !== agent.countedOnline) {
      group.online += online ? 1 : -1;
      state.attendance.add(group);
    }
    placeMember(agent, member);
  }
  agent.countedOnline = online;
  if (now === 'able' && was !== 'able') state.newlyAble.add(agent);
  // LR2, LR3: reconsider what is held for this agent; if they are able, `assign` brings it forward one by one.
  if (was !== now && now !== 'able' && agent.wanted.size > 0) {
    for (const held of agent.wanted.toArray()) enterQueue(state, held);
  }
  armAgent(state, agent);
}

function placeMember(agent: Agent, member: Member): void {
  const group = member.group;
  if (agent.readiness === 'able') {
    const priority = group.settings.routing.agentPriority ? member.priority : 0;
    const loadRatio = loadOf(agent) / agent.capacity;
    const old = member.able;
    const { givenAt } = agent;
    if (!old || old.loadRatio !== loadRatio || old.givenAt !== givenAt || old.priority !== priority) {
      if (old) group.able.delete(old);
      member.able = { priority, loadRatio, givenAt, agent };
      group.able.insert(member.able);
    }
  } else if (member.able) {
    group.able.delete(member.able);
    member.able = null;
  }
  const { agentPriority, priorityHoldSeconds } = group.settings.routing;
  // Only CH3's hold needs the full agents.
  if (agent.readiness === 'full' && agentPriority && priorityHoldSeconds > 0) {
    if (!member.full) {
      member.full = { priority: member.priority, loadRatio: 0, givenAt: 0, agent };
      group.full.insert(member.full);
    }
  } else if (member.full) {
    group.full.delete(member.full);
    member.full = null;
  }
}

function leaveGroup(state: RoutingState, agent: Agent, member: Member): void {
  const group = member.group;
  if (member.able) group.able.delete(member.able);
  if (member.full) group.full.delete(member.full);
  group.counts[agent.readiness] -= 1;
  if (agent.countedOnline) group.online -= 1;
  group.members.delete(agent.id);
  agent.members.delete(group.id);
  state.attendance.add(group);
  state.dirty.add(group);
}

function joinGroup(state: RoutingState, agent: Agent, group: Group, priority: number): void {
  const member: Member = { group, priority, able: null, full: null };
  agent.members.set(group.id, member);
  group.members.set(agent.id, member);
  group.counts[agent.readiness] += 1;
  if (agent.countedOnline) group.online += 1;
  placeMember(agent, member);
  state.attendance.add(group);
  state.dirty.add(group);
}

/** Sets an agent's groups in the given order (TR2: the first may decide). A new group counts as becoming able (RD4). */
export function setMembership(
  state: RoutingState,
  agent: Agent,
  groups: { groupId: string; priority: number }[],
): void {
  const had = new Set(agent.members.keys());
  for (const member of [...agent.members.values()]) leaveGroup(state, agent, member);
  for (const { groupId, priority } of groups) {
    const group = must(state.groups, groupId);
    joinGroup(state, agent, group, priority);
    if (had.has(groupId)) continue;
    if (agent.fit) agent.moment = state.eventCount;
    // The new member may be the last receptionist of a customer held there (LR2).
    for (const held of group.held.toArray()) enterQueue(state, held);
  }
  if (agent.readiness === 'able') state.newlyAble.add(agent);
  for (const held of agent.wanted.toArray()) enterQueue(state, held);
}

export function removeAgentFromIndexes(state: RoutingState, agent: Agent): void {
  for (const held of agent.wanted.toArray()) enterQueue(state, held);
  for (const member of [...agent.members.values()]) leaveGroup(state, agent, member);
  state.newlyAble.delete(agent);
  state.leaving.delete(agent);
  state.deadlines.set(agent.due, null);
}

export function removeGroupFromIndexes(state: RoutingState, group: Group): void {
  for (const { agent } of [...group.able.toArray(), ...group.full.toArray()]) {
    leaveGroup(state, agent, must(agent.members, group.id));
  }
  for (const agentId of [...group.members.keys()]) {
    const agent = must(state.agents, agentId);
    leaveGroup(state, agent, must(agent.members, group.id));
  }
  state.dirty.delete(group);
  state.attendance.delete(group);
}

/** Removes a conversation from the queue, if it is in it; to be called before its stage, priority or group changes. */
export function leaveQueue(conversation: Conversation): void {
  const { stage } = conversation;
  if (stage.kind !== 'waiting' && stage.kind !== 'offered') return;
  stage.place.delete(conversation);
  if (stage.kind === 'waiting') stage.wantedBy?.wanted.delete(conversation);
}

/** Puts a conversation in the queue at its place, to be considered by the next assignment. */
export function enterQueue(state: RoutingState, conversation: Conversation): void {
  leaveQueue(conversation);
  const group = must(state.groups, conversation.groupId);
  const flagged = isFlagged(conversation);
  stand(conversation, flagged ? group.flagged : group.ready, null);
  if (!flagged) state.dirty.add(group);
  armConversation(state, conversation);
}

/** Puts a waiting conversation aside; `wantedBy`: also lists it with its preferred agent (LR2). */
export function putAside(conversation: Conversation, place: Ordered<Conversation>, wantedBy: Agent | null): void {
  leaveQueue(conversation);
  stand(conversation, place, wantedBy);
}

function stand(conversation: Conversation, place: Ordered<Conversation>, wantedBy: Agent | null): void {
  conversation.stage = { kind: 'waiting', place, wantedBy };
  place.insert(conversation);
  wantedBy?.wanted.insert(conversation);
}

/** QU5: the place among all conversations waiting or ringing in its group; 1 is next. O(log n). */
export function placeIn(group: Group, conversation: Conversation): number {
  const { ready, parked, held, heldTried, preferenceHeld, flagged, ringing } = group;
  let before = 0;
  for (const part of [ready, parked, held, heldTried, preferenceHeld, flagged, ringing]) {
    if (part.size > 0) before += part.rank(conversation);
  }
  return before + 1;
}

/** Assigns a conversation to an agent, or offers it to one. */
export function setStage(state: RoutingState, conversation: Conversation, stage: Exclude<Stage, Waiting>): void {
  leaveQueue(conversation);
  conversation.stage = stage;
  if (stage.kind === 'offered') stage.place.insert(conversation);
  armConversation(state, conversation);
}

/** After a change of data: reconsiders a waiting conversation, recomputes the deadlines of any other. */
export function reindexConversation(state: RoutingState, conversation: Conversation): void {
  if (conversation.stage.kind === 'waiting') enterQueue(state, conversation);
  else armConversation(state, conversation);
}

/** After a change of settings: recomputes all groups' settings, orders and deadlines. */
export function reindexAll(state: RoutingState): void {
  for (const group of state.groups.values()) group.settings = mergeSettings(state.settings, group.overrides);
  for (const agent of state.agents.values()) reindexAgent(state, agent);
  for (const offer of state.offers.values()) armOffer(state, offer);
  for (const conversation of state.conversations.values()) reindexConversation(state, conversation);
}
