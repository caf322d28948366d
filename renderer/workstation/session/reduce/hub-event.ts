import type { AgentEvent } from '../../../../shared/protocol/agent-wire';
import type { AgentView } from '../../../../shared/protocol/views';
import type { Settings } from '../../../../shared/routing/types';
import type { OfficeState } from '../office-state';
import {
  conversationChanged,
  conversationRated,
  conversationRemoved,
  historyCame,
  messageAdded,
} from './conversations';

/** Above this, the oldest notices are dropped. */
const noticesMax = 20;

/** `isSeen`: the agent has the conversation that the event is about before them. Unknown events, of a newer hub, are ignored. */
export function reduceHubEvent(state: OfficeState, event: AgentEvent, isSeen: boolean): OfficeState {
  switch (event.name) {
    case 'office.changed':
      return { ...state, office: event.office };
    case 'settings.changed':
      return { ...state, settings: event.settings as unknown as Settings };
    case 'group.changed':
      return { ...state, groups: state.groups.set(event.group.groupId, event.group) };
    case 'group.removed':
      return { ...state, groups: state.groups.delete(event.groupId) };
    case 'agent.changed':
      return agentChanged(state, event.agent, event.at);
    case 'agent.removed':
      return { ...state, agents: state.agents.delete(event.agentId) };
    case 'device.changed':
      return { ...state, devices: state.devices.set(event.device.deviceId, event.device) };
    case 'device.removed':
      return { ...state, devices: state.devices.delete(event.deviceId) };
    case 'conversation.changed':
      return conversationChanged(state, event.conversation, isSeen);
    case 'conversation.removed':
      return conversationRemoved(state, event.conversationId);
    case 'conversation.rated':
      return conversationRated(state, event);
    case 'message.added':
      return messageAdded(state, event.message, isSeen);
    case 'conversation.history':
      return historyCame(state, event);
    case 'joins.changed':
      return { ...state, joins: event.joins };
    case 'hubKey.changed':
      return { ...state, hubKey: { pins: event.pins, switchesAt: event.switchesAt } };
    case 'passphrase.changed':
      return { ...state, passphrase: { own: event.own, office: event.office } };
    case 'faults.changed':
      return { ...state, faults: event.faults };
    case 'blocks.changed':
      return { ...state, blocks: event.blocks };
    case 'assistants.changed':
      return { ...state, assistants: event.assistants };
    case 'apiTokens.changed':
      return { ...state, api: { apiTokens: event.apiTokens, urls: event.urls } };
    case 'webhooks.changed':
      return { ...state, webhooks: event.webhooks };
    case 'refusals.changed':
      return { ...state, refusals: event.refusals };
    case 'leftMessage.added':
      return {
        ...state,
        leftMessages: state.leftMessages.set(event.leftMessage.leftMessageId, event.leftMessage),
      };
    case 'leftMessage.removed':
      return { ...state, leftMessages: state.leftMessages.delete(event.leftMessageId) };
    case 'cannedReply.changed':
      return {
        ...state,
        cannedReplies: state.cannedReplies.set(event.cannedReply.cannedReplyId, event.cannedReply),
      };
    case 'cannedReply.removed':
      return { ...state, cannedReplies: state.cannedReplies.delete(event.cannedReplyId) };
    case 'notice': {
      const { code, conversationId, params } = event;
      return { ...state, notices: [...state.notices.slice(1 - noticesMax), { code, conversationId, params }] };
    }
    default:
      return state;
  }
}

/** WU1: the hub sends only the ids of this agent's wrap-ups, so their start is noted when they appear. */
function agentChanged(state: OfficeState, agent: AgentView, at: number): OfficeState {
  const before = state.agents.get(agent.agentId);
  const agents = state.agents.set(agent.agentId, agent);
  if (agent.agentId !== state.me?.agentId) return { ...state, agents };
  const known = agent.wrapUps.flatMap((id): [string, number][] => {
    const since = state.wrapUpSince.get(id) ?? (before && !before.wrapUps.includes(id) ? at : null);
    return since === null ? [] : [[id, since]];
  });
  return { ...state, agents, wrapUpSince: new Map(known) };
}
