import type { Rating } from '../../../shared/protocol/rating';
import type { MessageView } from '../../../shared/protocol/views';
import type { RoutingEvent } from '../../../shared/routing/index';
import type { HubEvent, RecordedEvent } from '../state/records';

/** What a step changed, by entity: the audience is looked up from this, not by scanning the whole state. */
export interface Touched {
  agents: Set<string>;
  /** After a start no workstation is connected (ST3). */
  everyAgent: boolean;
  /** Agents whose memberships or rights changed: what they may see is recomputed. */
  accounts: Set<string>;
  groups: Set<string>;
  /** The office's hours changed, which every group without hours of its own follows (HR1). */
  officeHours: boolean;
  conversations: Set<string>;
  /** Customers whose details changed. */
  customers: Set<string>;
  /** Groups whose queue changed. */
  queues: Set<string>;
  /** Conversations rated by their customers. */
  rated: Map<string, Rating>;
  messages: Map<string, MessageView[]>;
  devices: Set<string>;
  leftMessages: Set<string>;
  cannedReplies: Set<string>;
  /** Erased customers. */
  erased: Set<string>;
  /** Supervisors' passphrases changed, or which agents are supervisors. */
  passphrases: boolean;
  /** Customers who left a message. */
  leftBy: Set<string>;
  /** Groups whose waiting customers may see a change: staffing changed, or the group opened or closed (HR1, HR2). */
  staffing: Set<string>;
  blocks: boolean;
  /** Tokens of the API. */
  apiTokens: boolean;
  /** Assistants, their lines, tokens or groups. */
  assistants: boolean;
  /** Webhooks, or how it goes with them. */
  webhooks: boolean;
  /** Webhooks that the hub has paused. */
  deadWebhooks: Set<string>;
  settings: boolean;
  office: boolean;
  routing: RoutingEvent[];
}

const queueEvents = new Set<RoutingEvent['type']>([
  'conversation.queued',
  'conversation.assigned',
  'conversation.returned',
  'conversation.moved',
  'conversation.closed',
]);

/** Also those that change how many conversations are with one: as `conversation.queued` when it is switched. */
const assistantEvents = new Set<RoutingEvent['type']>([
  'assistant.put',
  'assistant.removed',
  'assistant.connected',
  'assistant.disconnected',
  'group.removed',
  'hub.started',
]);

export function touchedBy(
  events: readonly RecordedEvent[],
  groupOf: (conversationId: string) => string | null,
): Touched {
  const touched: Touched = {
    agents: new Set(),
    everyAgent: false,
    accounts: new Set(),
    groups: new Set(),
    officeHours: false,
    conversations: new Set(),
    customers: new Set(),
    queues: new Set(),
    rated: new Map(),
    messages: new Map(),
    devices: new Set(),
    leftMessages: new Set(),
    cannedReplies: new Set(),
    erased: new Set(),
    passphrases: false,
    leftBy: new Set(),
    staffing: new Set(),
    blocks: false,
    apiTokens: false,
    assistants: false,
    webhooks: false,
    deadWebhooks: new Set(),
    settings: false,
    office: false,
    routing: [],
  };
  for (const recorded of events) {
    if (recorded.of === 'hub') touchedByHub(touched, recorded.event);
    else touchedByRouting(touched, recorded.event, groupOf);
  }
  return touched;
}

function touchedByRouting(touched: Touched, event: RoutingEvent, groupOf: (id: string) => string | null) {
  touched.routing.push(event);
  if (event.type === 'settings.updated') touched.settings = true;
  if (event.type === 'hub.started') touched.everyAgent = true;
  if (assistantEvents.has(event.type)) touched.assistants = true;
  if (event.type === 'group.put' || event.type === 'group.opened' || event.type === 'group.removed')
    touched.groups.add(event.groupId);
  if (event.type === 'group.staffed' || event.type === 'group.put' || event.type === 'group.opened')
    touched.staffing.add(event.groupId);
  for (const key of ['agentId', 'fromAgentId', 'targetAgentId'] as const) {
    const agentId = (event as Partial<Record<typeof key, string>>)[key];
    if (agentId !== undefined) touched.agents.add(agentId);
  }
  if (!('conversationId' in event) || event.conversationId === undefined) return;
  touched.conversations.add(event.conversationId);
  if (!queueEvents.has(event.type)) return;
  const groupId = 'groupId' in event ? event.groupId : groupOf(event.conversationId);
  if (groupId !== null) touched.queues.add(groupId);
}

function touchedByHub(touched: Touched, event: HubEvent) {
  switch (event.type) {
    case 'office.changed':
    case 'chatPage.put':
    case 'identitySecret.made':
    case 'identitySecret.removed':
    case 'date.jumped':
    case 'date.confirmed':
      touched.office = true;
      return;
    case 'account.put':
    case 'account.removed':
      touched.agents.add(event.agentId);
      touched.accounts.add(event.agentId);
      touched.passphrases = true;
      return;
    case 'assistant.tokenMade':
    case 'assistant.tokenRevoked':
    case 'assistant.seen':
      touched.assistants = true;
      return;
    case 'apiToken.made':
    case 'apiToken.revoked':
    case 'apiToken.used':
      touched.apiTokens = true;
      return;
    case 'passphrase.set':
    case 'passphrase.voided':
      touched.passphrases = true;
      return;
    case 'customer.seen':
    case 'customer.put':
      touched.customers.add(event.customerId);
      return;
    case 'customer.erased':
      touched.erased.add(event.customerId);
      touched.blocks = true;
      return;
    case 'customer.blocked':
    case 'block.ended':
    case 'history.expired':
      touched.blocks = true;
      return;
    case 'device.added':
      touched.agents.add(event.agentId);
      touched.devices.add(event.deviceId);
      return;
    case 'device.used':
    case 'device.removed':
      touched.devices.add(event.deviceId);
      return;
    case 'message.added': {
      const { conversationId } = event.message;
      touched.conversations.add(conversationId);
      const messages = touched.messages.get(conversationId) ?? [];
      messages.push(event.message);
      touched.messages.set(conversationId, messages);
      return;
    }
    case 'conversation.tagged':
    case 'conversation.wrappedUp':
      touched.conversations.add(event.conversationId);
      return;
    case 'conversation.rated':
      touched.conversations.add(event.conversationId);
      touched.rated.set(event.conversationId, event.rating);
      return;
    case 'hours.put':
      touched.groups.add(event.groupId);
      return;
    case 'officeHours.put':
      touched.office = true;
      touched.officeHours = true;
      return;
    case 'leftMessage.added':
      touched.leftMessages.add(event.leftMessage.leftMessageId);
      touched.leftBy.add(event.leftMessage.customerId);
      return;
    case 'leftMessage.reopened':
      touched.leftMessages.add(event.leftMessage.leftMessageId);
      return;
    case 'leftMessage.put':
    case 'leftMessage.moved':
    case 'leftMessage.done':
      touched.leftMessages.add(event.leftMessageId);
      return;
    case 'cannedReply.put':
      touched.cannedReplies.add(event.cannedReply.cannedReplyId);
      return;
    case 'cannedReply.removed':
      touched.cannedReplies.add(event.cannedReplyId);
      return;
    default:
      touchedByWebhooks(touched, event);
  }
}

function touchedByWebhooks(touched: Touched, event: HubEvent) {
  switch (event.type) {
    case 'webhook.paused':
      if (event.by === 'hub') touched.deadWebhooks.add(event.webhookId);
      touched.webhooks = true;
      return;
    case 'webhook.put':
    case 'webhook.removed':
    case 'webhook.resumed':
    case 'webhook.secretMade':
    case 'webhook.attempted':
    case 'webhook.resent':
      touched.webhooks = true;
      return;
    default:
      return;
  }
}
