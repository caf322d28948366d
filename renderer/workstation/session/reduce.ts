import { saysSame } from '../../../shared/client/says-same';
import { afterMessage } from '../../../shared/protocol/after-message';
import type { AgentEvent } from '../../../shared/protocol/agent-wire';
import type { AgentView, ConversationView, MessageView } from '../../../shared/protocol/views';
import type { Settings } from '../../../shared/routing/types';
import type { OfficeState, SendingMessage } from './office-state';

/** Older notices than these are of no use to anybody. */
const noticesMax = 20;
/** More wrap-ups than this nobody has. */
const latelyMax = 200;

/** One event of the hub: changes the maps in place and returns what else is new. */
export function reduceEvent(state: OfficeState, event: AgentEvent, seen: boolean): Partial<OfficeState> {
  switch (event.name) {
    case 'office.changed':
      return { office: event.office };
    case 'settings.changed':
      return { settings: event.settings as unknown as Settings };
    case 'group.changed':
      state.groups.set(event.group.groupId, event.group);
      return { groupsRevision: state.groupsRevision + 1 };
    case 'group.removed':
      state.groups.delete(event.groupId);
      return { groupsRevision: state.groupsRevision + 1 };
    case 'agent.changed':
      return agentChanged(state, event.agent, event.at);
    case 'agent.removed':
      state.agents.delete(event.agentId);
      return { agentsRevision: state.agentsRevision + 1 };
    case 'device.changed':
      state.devices.set(event.device.deviceId, event.device);
      return { devicesRevision: state.devicesRevision + 1 };
    case 'device.removed':
      state.devices.delete(event.deviceId);
      return { devicesRevision: state.devicesRevision + 1 };
    case 'conversation.changed':
      return conversationChanged(state, event.conversation);
    case 'conversation.removed':
      return conversationRemoved(state, event.conversationId);
    case 'message.added':
      return messageAdded(state, event.message, seen);
    case 'conversation.history':
      state.messages.set(event.conversationId, event.messages);
      if (event.earlier) state.hasEarlier.add(event.conversationId);
      else state.hasEarlier.delete(event.conversationId);
      return {
        messagesRevision: state.messagesRevision + 1,
        // What was sent is in the history now.
        sending: state.sending.filter((m) => m.state !== 'sent' || m.conversationId !== event.conversationId),
      };
    case 'joins.changed':
      return { joins: event.joins };
    case 'hubKey.changed':
      return { hubKey: { pins: event.pins, switchesAt: event.switchesAt } };
    case 'passphrase.changed':
      return { passphrase: { own: event.own, office: event.office } };
    case 'faults.changed':
      return { faults: event.faults };
    case 'blocks.changed':
      return { blocks: event.blocks };
    case 'refusals.changed':
      return { refusals: event.refusals };
    case 'leftMessage.added':
      state.leftMessages.set(event.leftMessage.leftMessageId, event.leftMessage);
      return { leftMessagesRevision: state.leftMessagesRevision + 1 };
    case 'leftMessage.removed':
      state.leftMessages.delete(event.leftMessageId);
      return { leftMessagesRevision: state.leftMessagesRevision + 1 };
    case 'cannedReply.changed':
      state.cannedReplies.set(event.cannedReply.cannedReplyId, event.cannedReply);
      return { cannedRepliesRevision: state.cannedRepliesRevision + 1 };
    case 'cannedReply.removed':
      state.cannedReplies.delete(event.cannedReplyId);
      return { cannedRepliesRevision: state.cannedRepliesRevision + 1 };
    case 'notice':
      return {
        notices: [
          ...state.notices.slice(1 - noticesMax),
          { code: event.code, conversationId: event.conversationId, params: event.params },
        ],
      };
    default:
      return {};
  }
}

/** WU1: the hub names my wrap-ups by id; since when is noted as they begin. */
function agentChanged(state: OfficeState, agent: AgentView, at: number): Partial<OfficeState> {
  const before = state.agents.get(agent.agentId);
  state.agents.set(agent.agentId, agent);
  const change = { agentsRevision: state.agentsRevision + 1 };
  if (agent.agentId !== state.me?.agentId) return change;
  const known = agent.wrapUps.flatMap((id): [string, number][] => {
    const since = state.wrapUpSince.get(id) ?? (before && !before.wrapUps.includes(id) ? at : null);
    return since === null ? [] : [[id, since]];
  });
  return { ...change, wrapUpSince: new Map(known) };
}

function keepLately(state: OfficeState, conversation: ConversationView) {
  state.lately.delete(conversation.conversationId);
  state.lately.set(conversation.conversationId, conversation);
  const [oldest] = state.lately.keys();
  if (state.lately.size > latelyMax && oldest !== undefined) state.lately.delete(oldest);
}

function conversationChanged(state: OfficeState, conversation: ConversationView): Partial<OfficeState> {
  if (conversation.stage === 'closed') {
    // The end is shown to whoever has it open; the lists are for what is open.
    const ghost = state.selectedId === conversation.conversationId ? { ghost: conversation } : {};
    state.conversations.delete(conversation.conversationId);
    keepLately(state, conversation);
    return { conversationsRevision: state.conversationsRevision + 1, ...ghost };
  }
  state.conversations.set(conversation.conversationId, conversation);
  const back = state.ghost?.conversationId === conversation.conversationId ? { ghost: null } : {};
  return { conversationsRevision: state.conversationsRevision + 1, ...back };
}

function conversationRemoved(state: OfficeState, conversationId: string): Partial<OfficeState> {
  const last = state.conversations.get(conversationId);
  state.conversations.delete(conversationId);
  if (last) keepLately(state, last);
  const change = { conversationsRevision: state.conversationsRevision + 1 };
  if (state.selectedId === conversationId) {
    return last ? { ...change, ghost: state.ghost ?? last } : change;
  }
  state.messages.delete(conversationId);
  state.newFrom.delete(conversationId);
  return { ...change, sending: state.sending.filter((message) => message.conversationId !== conversationId) };
}

function messageAdded(state: OfficeState, message: MessageView, seen: boolean): Partial<OfficeState> {
  const id = message.conversationId;
  const known = state.messages.get(id) ?? [];
  if (known.some((each) => each.messageId === message.messageId)) return {};
  state.messages.set(id, [...known, message]);
  const change: Partial<OfficeState> = { messagesRevision: state.messagesRevision + 1 };
  const conversation = state.conversations.get(id);
  if (conversation) {
    state.conversations.set(id, afterMessage(conversation, message));
    change.conversationsRevision = state.conversationsRevision + 1;
  }
  if (message.from.kind === 'customer' && !seen && !state.newFrom.has(id)) state.newFrom.set(id, message.messageId);
  const { from } = message;
  if ((from.kind === 'agent' || from.kind === 'note') && from.agentId === state.me?.agentId) {
    if (from.kind === 'agent') state.newFrom.delete(id);
    change.sending = withoutEchoed(state.sending, message);
  }
  return change;
}

/** The hub's copy of a reply takes the place of the own one, whether its `ack` came before or comes after. */
function withoutEchoed(sending: readonly SendingMessage[], message: MessageView): readonly SendingMessage[] {
  const echoed = sending.find(
    (each) =>
      each.state !== 'failed' &&
      each.conversationId === message.conversationId &&
      (each.kind === 'note') === (message.from.kind === 'note') &&
      saysSame(each, message),
  );
  return echoed ? sending.filter((each) => each !== echoed) : sending;
}
