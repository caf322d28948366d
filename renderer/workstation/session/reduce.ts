import type { AgentEvent } from '../../../shared/protocol/agent-wire';
import type { MessageView } from '../../../shared/protocol/views';
import type { Settings } from '../../../shared/routing/types';
import type { OfficeState, SendingMessage } from './office-state';

/** Older notices than these are of no use to anybody. */
const noticesMax = 20;

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
      state.agents.set(event.agent.agentId, event.agent);
      return { agentsRevision: state.agentsRevision + 1 };
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
      return {
        messagesRevision: state.messagesRevision + 1,
        // What was sent is in the history now.
        sending: state.sending.filter((m) => m.state !== 'sent' || m.conversationId !== event.conversationId),
      };
    case 'notice':
      return {
        notices: [
          ...state.notices.slice(1 - noticesMax),
          { id: event.seq, code: event.code, conversationId: event.conversationId, params: event.params },
        ],
      };
    default:
      return {};
  }
}

function conversationChanged(
  state: OfficeState,
  conversation: OfficeState['conversations'] extends Map<string, infer C> ? C : never,
): Partial<OfficeState> {
  if (conversation.stage === 'closed') {
    // The end is shown to whoever has it open; the lists are for what is open.
    const ghost = state.selectedId === conversation.conversationId ? { ghost: conversation } : {};
    state.conversations.delete(conversation.conversationId);
    return { conversationsRevision: state.conversationsRevision + 1, ...ghost };
  }
  state.conversations.set(conversation.conversationId, conversation);
  const back = state.ghost?.conversationId === conversation.conversationId ? { ghost: null } : {};
  return { conversationsRevision: state.conversationsRevision + 1, ...back };
}

function conversationRemoved(state: OfficeState, conversationId: string): Partial<OfficeState> {
  const last = state.conversations.get(conversationId);
  state.conversations.delete(conversationId);
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
  if (message.from.kind === 'customer' && !seen && !state.newFrom.has(id)) state.newFrom.set(id, message.messageId);
  if (message.from.kind === 'agent' && message.from.agentId === state.me?.agentId) {
    state.newFrom.delete(id);
    change.sending = withoutEchoed(state.sending, message);
  }
  return change;
}

/** The hub's copy of a reply takes the place of the own one, whether its `ack` came before or comes after. */
function withoutEchoed(sending: readonly SendingMessage[], message: MessageView): readonly SendingMessage[] {
  const echoed = sending.find(
    (each) => each.state !== 'failed' && each.conversationId === message.conversationId && each.text === message.text,
  );
  return echoed ? sending.filter((each) => each !== echoed) : sending;
}
