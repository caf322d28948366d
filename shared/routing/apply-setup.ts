import { newAgent, newGroup } from './entities';
import {
  reindexAgent,
  reindexAll,
  removeAgentFromIndexes,
  removeGroupFromIndexes,
  setMembership,
  setStage,
} from './indexes';
import { must } from './must';
import { defaultSettings, mergeSettings } from './settings';
import { type Agent, type Conversation, loadOf, offerOf, type RoutingState, type Unattended } from './state';
import type { RoutingEventOf } from './types';

export function applySettingsUpdated(state: RoutingState, event: RoutingEventOf<'settings.updated'>): void {
  // An earlier version's lack what it did not know.
  state.settings = mergeSettings(defaultSettings(), event.settings);
  reindexAll(state);
}

export function applyGroupPut(state: RoutingState, event: RoutingEventOf<'group.put'>): void {
  const group = state.groups.get(event.groupId) ?? newGroup(state, event.groupId);
  group.name = event.name;
  group.overrides = event.settings;
  state.groups.set(group.id, group);
  reindexAll(state);
}

export function applyGroupRemoved(state: RoutingState, event: RoutingEventOf<'group.removed'>): void {
  const group = must(state.groups, event.groupId);
  const { assistant } = group;
  if (assistant) assistant.groupIds = assistant.groupIds.filter((groupId) => groupId !== group.id);
  removeGroupFromIndexes(state, group);
  state.groups.delete(group.id);
  reindexAll(state);
}

export function applyGroupOpened(state: RoutingState, event: RoutingEventOf<'group.opened'>): void {
  const group = must(state.groups, event.groupId);
  group.open = event.open;
  state.attendance.add(group);
}

export function applyGroupStaffed(state: RoutingState, event: RoutingEventOf<'group.staffed'>): void {
  must(state.groups, event.groupId).staffed = event.staffed;
}

export function applyAgentPut(state: RoutingState, event: RoutingEventOf<'agent.put'>): void {
  const agent = state.agents.get(event.agentId) ?? newAgent(event.agentId, event.at);
  state.agents.set(agent.id, agent);
  agent.name = event.name;
  agent.capacity = event.capacity;
  // CP1: lowering capacity takes nothing away, and I2 tolerates the excess.
  if (loadOf(agent) > agent.capacity) agent.excusedLoad = Math.max(agent.excusedLoad, loadOf(agent));
  reindexAgent(state, agent);
  setMembership(state, agent, event.groups);
}

export function applyAgentRemoved(state: RoutingState, event: RoutingEventOf<'agent.removed'>): void {
  const agent = must(state.agents, event.agentId);
  for (const conversationId of agent.handingOver) {
    const conversation = must(state.conversations, conversationId);
    const offer = offerOf(conversation);
    if (!offer) throw new Error(`${conversationId} is handed over to nobody`);
    offer.fromAgentId = null;
  }
  removeAgentFromIndexes(state, agent);
  state.agents.delete(agent.id);
}

/** AR4: an agent who comes online gets the conversations that wait now one after the other. */
function startFill(state: RoutingState, agent: Agent): void {
  agent.fillBefore = state.seqCount + 1;
}

export function applyAgentConnected(state: RoutingState, event: RoutingEventOf<'agent.connected'>): void {
  const agent = must(state.agents, event.agentId);
  if (event.takeover) return;
  agent.connected = true;
  if (agent.status === 'online') startFill(state, agent);
  reindexAgent(state, agent);
}

export function applyAgentDisconnected(state: RoutingState, event: RoutingEventOf<'agent.disconnected'>): void {
  const agent = must(state.agents, event.agentId);
  agent.connected = false;
  agent.goneAt = event.at;
  agent.pacedUntil = null;
  reindexAgent(state, agent);
}

export function applyAgentChanged(state: RoutingState, event: RoutingEventOf<'agent.changed'>): void {
  const agent = must(state.agents, event.agentId);
  const was = agent.status;
  agent.status = event.status;
  agent.cause = event.cause;
  agent.statusSince = event.at;
  agent.reason = event.reason ?? null;
  agent.afterThis = null;
  state.leaving.delete(agent);
  agent.breakGroupId = state.conversations.get(event.conversationId ?? '')?.groupId ?? null;
  // ST2: a status set while disconnected restarts the grace periods; otherwise it would never end.
  if (was === 'offline' && !agent.connected) agent.goneAt = event.at;
  if (event.status !== 'online') agent.pacedUntil = null;
  if (event.status === 'online' && was !== 'online') {
    agent.missedInARow = 0;
    agent.lastMissAt = null;
    if (agent.connected) startFill(state, agent);
  }
  reindexAgent(state, agent);
}

export function applyAfterThisSet(state: RoutingState, event: RoutingEventOf<'agent.afterThisSet'>): void {
  const agent = must(state.agents, event.agentId);
  const { status, reason = null } = event;
  agent.afterThis = status === null ? null : { status, reason };
  if (agent.afterThis) state.leaving.add(agent);
  else state.leaving.delete(agent);
  reindexAgent(state, agent);
}

export function applyAgentReceptionChanged(state: RoutingState, event: RoutingEventOf<'agent.receptionChanged'>): void {
  must(state.agents, event.agentId).automatic = event.automatic;
}

export function applyAgentPaced(state: RoutingState, event: RoutingEventOf<'agent.paced'>): void {
  const agent = must(state.agents, event.agentId);
  agent.pacedUntil = event.until;
  reindexAgent(state, agent);
}

export function applyAgentPaceEnded(state: RoutingState, event: RoutingEventOf<'agent.paceEnded'>): void {
  const agent = must(state.agents, event.agentId);
  agent.pacedUntil = null;
  reindexAgent(state, agent);
}

export function applyWrapUpStarted(state: RoutingState, event: RoutingEventOf<'wrapUp.started'>): void {
  const agent = must(state.agents, event.agentId);
  agent.wrapUps.set(event.conversationId, { startedAt: event.at, groupId: event.groupId });
  reindexAgent(state, agent);
}

export function applyWrapUpEnded(state: RoutingState, event: RoutingEventOf<'wrapUp.ended'>): void {
  const agent = must(state.agents, event.agentId);
  agent.wrapUps.delete(event.conversationId);
  reindexAgent(state, agent);
}

/** ST3: no agent is connected; all grace periods and clocks of active conversations restart now. */
export function applyHubStarted(state: RoutingState, event: RoutingEventOf<'hub.started'>): void {
  for (const agent of state.agents.values()) {
    agent.connected = false;
    agent.goneAt = event.at;
    agent.pacedUntil = null;
    reindexAgent(state, agent);
  }
  for (const assistant of state.assistants.values()) assistant.connected = false;
  for (const conversation of state.conversations.values()) restartClocks(state, conversation, event.at);
}

function restartClocks(state: RoutingState, conversation: Conversation, at: number): void {
  const { stage, silence } = conversation;
  if (stage.kind !== 'active' && stage.kind !== 'assisted') return;
  if (silence) conversation.silence = { since: at, noticedAt: silence.noticedAt === null ? null : at };
  if (stage.kind === 'assisted') {
    // BO3: its assistant has as long to come back as it has to answer.
    setStage(state, conversation, { ...stage, awaitedSince: at });
    return;
  }
  const unattended = stage.unattended && afterRestart(stage.unattended, at);
  setStage(state, conversation, { ...stage, unattended });
}

/** The deadlines restart with their full length; the workstation no longer has to confirm. */
function afterRestart({ assignedAt, attendBy, terms, missed }: Unattended, at: number): Unattended {
  const later = (time: number | null) => (time === null ? null : time + at - assignedAt);
  const { missAt } = terms;
  return { assignedAt: at, ackBy: null, attendBy: later(attendBy), terms: { ...terms, missAt: later(missAt) }, missed };
}
