import type { AssistantSignal } from '../../../shared/protocol/assistant-wire';
import type { AgentSignal, CustomerSignal, SignalToAgent, SignalToCustomer } from '../../../shared/protocol/signals';
import type { AgentSession, AssistantSession, CustomerSession, Sessions } from '../session/session';
import type { HubState } from '../state/hub-state';
import { routedConversation } from '../state/routing-view';
import type { ConversationFanOut } from './conversation-fan-out';
import type { CustomerFanOut } from './customer-fan-out';
import type { ReadMarks } from './read-marks';

/** With more unsent bytes than this a line is too slow for signals, which are soon out of date. */
const slowBytes = 64 * 1024;

/** Relays typing and read receipts between a customer and the agent who serves them. */
export class Signals {
  constructor(
    private readonly state: HubState,
    private readonly sessions: Sessions,
    private readonly readMarks: ReadMarks,
    private readonly conversations: ConversationFanOut,
    private readonly customers: CustomerFanOut,
  ) {}

  fromCustomer({ customerId }: CustomerSession, signal: Exclude<CustomerSignal, { type: 'page' }>): void {
    const conversation = this.state.threads.latestOf(customerId);
    if (!conversation || !routedConversation(this.state.routing, conversation.conversationId)) return;
    const { conversationId } = conversation;
    if (signal.type === 'seen') {
      if (this.readMarks.mark(conversation, 'byCustomer', signal.messageId)) this.conversations.unrecorded(customerId);
      return;
    }
    const frame: SignalToAgent = { type: 'typing', conversationId, on: signal.on };
    tell(this.conversations.readers(conversationId), frame);
    const { assistantId } = routedConversation(this.state.routing, conversationId) ?? {};
    const assistant = assistantId === undefined ? null : this.sessions.assistant(assistantId);
    if (assistant) tell([assistant], frame);
  }

  fromAssistant({ assistantId }: AssistantSession, { conversationId, on }: AssistantSignal): void {
    const conversation = this.state.threads.get(conversationId);
    const routed = routedConversation(this.state.routing, conversationId);
    if (!conversation || routed?.assistantId !== assistantId) return;
    tell(this.sessions.customer(conversation.customerId), { type: 'typing', on });
  }

  fromAgent({ agentId }: AgentSession, signal: AgentSignal): void {
    const conversation = this.state.threads.get(signal.conversationId);
    const routed = routedConversation(this.state.routing, signal.conversationId);
    if (!conversation || !routed) return;
    // While a transfer rings, the agent who transfers still serves.
    const serves = routed.stage === 'active' ? routed.agentId === agentId : routed.fromAgentId === agentId;
    if (!serves || this.state.threads.latestOf(conversation.customerId) !== conversation) return;
    if (signal.type === 'seen') {
      if (this.readMarks.mark(conversation, 'byAgent', signal.messageId)) this.customers.conversation(conversation, []);
      return;
    }
    const frame: SignalToCustomer = { type: 'typing', on: signal.on };
    tell(this.sessions.customer(conversation.customerId), frame);
  }
}

function tell(
  sessions: readonly (AgentSession | AssistantSession | CustomerSession)[],
  frame: SignalToAgent | SignalToCustomer,
): void {
  const text = JSON.stringify(frame);
  for (const { life, catchingUp, line } of sessions)
    if (life === 'open' && !catchingUp && line.bufferedBytes < slowBytes) line.send(text);
}
