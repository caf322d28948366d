import { emit, endOffer, type Run, returnActive, setStatus, switchToPeople, withdrawOffers } from '../effects';
import { must } from '../must';
import { mergeSettings, settingsProblem } from '../settings';
import { offerOf } from '../state';
import type { CommandOf, GroupSettingsPatch, Refusal, SettingsPatch } from '../types';
import { refuse } from './validate';

function settingsRefusal(patch: unknown, forGroup: boolean): Refusal | null {
  const problem = settingsProblem(patch, forGroup);
  if (!problem) return null;
  return refuse('settingInvalid', `${problem.field} ${problem.reason}`, { field: problem.field });
}

export function settingsUpdate(run: Run, command: CommandOf<'settings.update'>): Refusal | null {
  const refusal = settingsRefusal(command.settings, false);
  if (refusal) return refusal;
  emit(run, 'settings.updated', { settings: mergeSettings(run.state.settings, command.settings) });
  return null;
}

/** Without `settings` a known group keeps its overrides; with it they are replaced. */
export function groupPut(run: Run, command: CommandOf<'group.put'>): Refusal | null {
  const { groupId, name, settings } = command;
  if (settings !== undefined) {
    const refusal = settingsRefusal(settings, true);
    if (refusal) return refusal;
  }
  const overrides = settings ?? run.state.groups.get(groupId)?.overrides ?? {};
  emit(run, 'group.put', {
    groupId,
    name,
    settings: mergeSettings<GroupSettingsPatch>({}, overrides as SettingsPatch),
  });
  return null;
}

export function groupRemove(run: Run, command: CommandOf<'group.remove'>): Refusal | null {
  const { groupId, moveTo } = command;
  const { state } = run;
  if (!state.groups.has(groupId)) return unknownGroup(groupId);
  if (moveTo !== undefined && (!state.groups.has(moveTo) || moveTo === groupId)) {
    return refuse('unknownGroup', `there is no other group ${moveTo} to move to`, { field: 'moveTo' });
  }
  const open = [...state.conversations.values()].filter((conversation) => conversation.groupId === groupId);
  if (open.length > 0 && moveTo === undefined) {
    return refuse('groupNotEmpty', 'the group has open conversations: say where they go', {
      field: 'moveTo',
      now: { openConversations: open.length },
    });
  }
  for (const conversation of open) {
    if (moveTo === undefined) break;
    const offer = offerOf(conversation);
    if (offer?.kind === 'routed') endOffer(run, offer, 'withdrawn', { reason: 'groupRemoved' });
    if (conversation.stage.kind === 'assisted') {
      switchToPeople(run, conversation, 'withdrawn', { groupId: moveTo });
      continue;
    }
    const { id: conversationId, customerId, channel, priority, enqueuedAt, seq } = conversation;
    if (conversation.stage.kind === 'waiting') {
      const place = { conversationId, customerId, channel, groupId: moveTo, priority, enqueuedAt, seq };
      emit(run, 'conversation.queued', { ...place, reason: 'moved' });
    } else {
      emit(run, 'conversation.moved', { conversationId, groupId: moveTo });
    }
  }
  emit(run, 'group.removed', { groupId });
  return null;
}

/** HR1: sent by the shell at each change of hours; does not close open conversations. */
export function groupOpen(run: Run, command: CommandOf<'group.open'>): Refusal | null {
  const { groupId, open } = command;
  const group = run.state.groups.get(groupId);
  if (!group) return unknownGroup(groupId);
  if (group.open === open) return null;
  emit(run, 'group.opened', { groupId, open });
  // HR2: the group opens with no agent online.
  if (open && group.online === 0) emit(run, 'group.staffed', { groupId, staffed: false, alert: true });
  return null;
}

export function agentPut(run: Run, command: CommandOf<'agent.put'>): Refusal | null {
  const { agentId, name, capacity } = command;
  const groups = command.groups.map(({ groupId, priority }) => ({ groupId, priority }));
  for (const { groupId } of groups) {
    if (!run.state.groups.has(groupId)) return unknownGroup(groupId, 'groups');
  }
  emit(run, 'agent.put', { agentId, name, capacity, groups });
  const agent = must(run.state.agents, agentId);
  // Offers from a group the agent has left are withdrawn: only members are offered its conversations.
  for (const offerId of [...agent.offers]) {
    const offer = must(run.state.offers, offerId);
    const { groupId } = must(run.state.conversations, offer.conversationId);
    if (offer.kind === 'routed' && !agent.members.has(groupId)) {
      endOffer(run, offer, 'withdrawn', { reason: 'groupLeft' });
    }
  }
  return null;
}

export function agentRemove(run: Run, command: CommandOf<'agent.remove'>): Refusal | null {
  const { agentId } = command;
  const agent = run.state.agents.get(agentId);
  if (!agent) return unknownAgent(agentId);
  // Offline first, so that nothing is assigned to them while their conversations are returned.
  if (agent.connected) emit(run, 'agent.disconnected', { agentId, cause: 'command' });
  withdrawOffers(run, agent);
  returnActive(run, agent, 'agentRemoved');
  emit(run, 'agent.removed', { agentId });
  return null;
}

export function agentConnect(run: Run, command: CommandOf<'agent.connect'>): Refusal | null {
  const { agentId } = command;
  const agent = run.state.agents.get(agentId);
  if (!agent) return unknownAgent(agentId);
  // ST5: a second sign-in takes over; routing does not change.
  emit(run, 'agent.connected', { agentId, takeover: agent.connected });
  return null;
}

export function agentDisconnect(run: Run, command: CommandOf<'agent.disconnect'>): Refusal | null {
  const { agentId } = command;
  const agent = run.state.agents.get(agentId);
  if (!agent) return unknownAgent(agentId);
  if (agent.connected) emit(run, 'agent.disconnected', { agentId, cause: 'command' });
  return null;
}

export function agentStatus(run: Run, command: CommandOf<'agent.status'>): Refusal | null {
  const { agentId, status, reason, by } = command;
  const agent = run.state.agents.get(agentId);
  if (!agent) return unknownAgent(agentId);
  const cause = by === undefined || by === agentId ? 'self' : 'supervisor';
  // Choosing the same status again drops `afterThis`, may give another reason, and makes a break the person's own (SB4).
  const isOwn = agent.cause !== 'timeout' && agent.cause !== 'idle';
  const sameReason = status === 'online' || (reason ?? null) === agent.reason;
  if (agent.status === status && isOwn && sameReason) {
    if (agent.afterThis) emit(run, 'agent.afterThisSet', { agentId, status: null });
    return null;
  }
  setStatus(run, agent, status, cause, {
    ...(reason === undefined ? {} : { reason }),
    ...(by === undefined ? {} : { by }),
  });
  return null;
}

/** ID1. Says nothing new of an agent who is not online, or while it is off. */
export function agentIdle(run: Run, { agentId }: CommandOf<'agent.idle'>): Refusal | null {
  const { agents, settings } = run.state;
  const agent = agents.get(agentId);
  if (!agent) return unknownAgent(agentId);
  if (agent.status === 'online' && settings.presence.awayAfterMinutes > 0) setStatus(run, agent, 'shortBreak', 'idle');
  return null;
}

/** ID2: with nothing to end it takes effect at once, as `settle` finds. */
export function agentAfterThis(run: Run, command: CommandOf<'agent.afterThis'>): Refusal | null {
  const { agentId, status, reason } = command;
  const agent = run.state.agents.get(agentId);
  if (!agent) return unknownAgent(agentId);
  const { afterThis } = agent;
  if ((afterThis?.status ?? null) === status && (afterThis?.reason ?? null) === (reason ?? null)) return null;
  emit(run, 'agent.afterThisSet', { agentId, status, ...(reason === undefined ? {} : { reason }) });
  return null;
}

/** AR5: stored even while agents may not choose; takes effect once they may. */
export function agentReception(run: Run, command: CommandOf<'agent.reception'>): Refusal | null {
  const { agentId, automatic } = command;
  const agent = run.state.agents.get(agentId);
  if (!agent) return unknownAgent(agentId);
  if (agent.automatic !== automatic) emit(run, 'agent.receptionChanged', { agentId, automatic });
  return null;
}

export function wrapUpDone(run: Run, command: CommandOf<'wrapUp.done'>): Refusal | null {
  const { agentId, conversationId } = command;
  const agent = run.state.agents.get(agentId);
  if (!agent) return unknownAgent(agentId);
  if (!agent.wrapUps.has(conversationId)) {
    return refuse('unknownWrapUp', 'there is no wrap-up of this conversation', { field: 'conversationId' });
  }
  emit(run, 'wrapUp.ended', { agentId, conversationId });
  return null;
}

/** ST3: offers are void and return (a transfer to its sender), then all agents count as disconnected. */
export function hubStarted(run: Run): Refusal | null {
  for (const offer of [...run.state.offers.values()]) endOffer(run, offer, 'withdrawn', { reason: 'hubStarted' });
  emit(run, 'hub.started', {});
  return null;
}

export function unknownAgent(agentId: string, field = 'agentId'): Refusal {
  return refuse('unknownAgent', `there is no agent ${agentId}`, { field });
}

export function unknownGroup(groupId: string, field = 'groupId'): Refusal {
  return refuse('unknownGroup', `there is no group ${groupId}`, { field });
}

export function unknownAssistant(assistantId: string): Refusal {
  return refuse('unknownAssistant', `there is no assistant ${assistantId}`, { field: 'assistantId' });
}
