import { afterMessage } from '../../../shared/protocol/after-message';
import type { AgentEvent } from '../../../shared/protocol/agent-wire';
import type { AssistantEvent, AssistedConversation } from '../../../shared/protocol/assistant-wire';
import type { BlockView } from '../../../shared/protocol/blocks';
import type { CustomerEvent } from '../../../shared/protocol/customer-wire';
import type {
  AgentView,
  ConversationView,
  CustomerConversationView,
  CustomerGroupView,
  CustomerMessageView,
  DeviceView,
  GroupView,
  LeftMessageView,
  MessageView,
} from '../../../shared/protocol/views';

/** An agent client's state, built by PROTOCOL.md alone: upserts, removals, appends. */
export class AgentPicture {
  office: unknown = null;
  settings: unknown = null;
  readonly groups = new Map<string, GroupView>();
  readonly agents = new Map<string, AgentView>();
  readonly devices = new Map<string, DeviceView>();
  readonly conversations = new Map<string, ConversationView>();
  readonly leftMessages = new Map<string, LeftMessageView>();
  readonly messages = new Map<string, MessageView[]>();
  blocks: readonly BlockView[] = [];
  /** Left messages that were removed, mostly because an agent dealt with them. */
  readonly seenTo = new Set<string>();

  apply(event: AgentEvent): void {
    switch (event.name) {
      case 'office.changed':
        this.office = event.office;
        return;
      case 'settings.changed':
        this.settings = event.settings;
        return;
      case 'group.changed':
        this.groups.set(event.group.groupId, event.group);
        return;
      case 'group.removed':
        this.groups.delete(event.groupId);
        return;
      case 'agent.changed':
        this.agents.set(event.agent.agentId, event.agent);
        return;
      case 'agent.removed':
        this.agents.delete(event.agentId);
        return;
      case 'device.changed':
        this.devices.set(event.device.deviceId, event.device);
        return;
      case 'device.removed':
        this.devices.delete(event.deviceId);
        return;
      case 'conversation.changed':
        this.conversations.set(event.conversation.conversationId, event.conversation);
        return;
      case 'conversation.removed':
        this.conversations.delete(event.conversationId);
        this.messages.delete(event.conversationId);
        return;
      case 'conversation.history':
        this.messages.set(event.conversationId, [...event.messages]);
        return;
      case 'message.added':
        this.add(event.message);
        return;
      case 'leftMessage.added':
        this.leftMessages.set(event.leftMessage.leftMessageId, event.leftMessage);
        return;
      case 'leftMessage.removed':
        this.leftMessages.delete(event.leftMessageId);
        this.seenTo.add(event.leftMessageId);
        return;
      case 'blocks.changed':
        this.blocks = event.blocks;
        return;
    }
  }

  private add(message: MessageView): void {
    const { conversationId } = message;
    if (!addOnce(this.messages.get(conversationId) ?? [], message)) return;
    const conversation = this.conversations.get(conversationId);
    if (conversation) this.conversations.set(conversationId, afterMessage(conversation, message));
  }
}

/** Events from just before the line was lost may be repeated. */
function addOnce<T extends { messageId: string }>(messages: T[], message: T): boolean {
  if (messages.some(({ messageId }) => messageId === message.messageId)) return false;
  messages.push(message);
  return true;
}

/** What an assistant knows: the conversations that are with it. */
export class AssistantPicture {
  readonly conversations = new Map<string, AssistedConversation>();
  readonly messages = new Map<string, CustomerMessageView[]>();

  apply(event: AssistantEvent): void {
    switch (event.name) {
      case 'conversation.changed':
        this.conversations.set(event.conversation.conversationId, event.conversation);
        return;
      case 'conversation.history':
        this.messages.set(event.conversationId, [...event.messages]);
        return;
      case 'message.added':
        addOnce(this.messages.get(event.message.conversationId) ?? [], event.message);
        return;
      case 'conversation.removed':
        this.conversations.delete(event.conversationId);
        this.messages.delete(event.conversationId);
        return;
    }
  }
}

/** The state of a customer's page. */
export class CustomerPicture {
  groups: readonly CustomerGroupView[] = [];
  conversation: CustomerConversationView | null = null;
  private all: CustomerMessageView[] = [];

  /** The messages of the conversation on screen. */
  get messages(): CustomerMessageView[] {
    return this.all.filter(({ conversationId }) => conversationId === this.conversation?.conversationId);
  }

  apply(event: CustomerEvent): void {
    switch (event.name) {
      case 'conversation.changed':
        this.conversation = event.conversation;
        return;
      case 'conversation.history':
        for (const message of event.messages) addOnce(this.all, message);
        return;
      case 'message.added':
        addOnce(this.all, event.message);
        return;
      case 'groups.changed':
        this.groups = event.groups;
        return;
    }
  }
}
