import type { AssistedConversation } from '../../../shared/protocol/assistant-wire';
import type { AssistantSession, Sessions } from '../session/session';
import type { HubState } from '../state/hub-state';
import { routedConversation } from '../state/routing-view';
import type { Thread } from '../state/thread';
import { type AddedBodies, addedFor, encodeBody } from './envelope';
import { customerPage, nothingHeld } from './message-pages';
import { withOwnCids } from './own-messages';

/** What assistants are told: of the conversations that are with them, as their customers read them. Never notes. */
export class AssistantFanOut {
  constructor(
    private readonly state: HubState,
    private readonly sessions: Sessions,
    private readonly send: (session: AssistantSession, body: string) => void,
  ) {}

  /** A session's first events. */
  snapshot(session: AssistantSession): void {
    for (const conversation of this.state.threads.values()) this.tell(session, conversation, []);
  }

  /** One that a step has touched. */
  publish(conversation: Thread, added: readonly AddedBodies[]): void {
    for (const session of this.sessions.allAssistants()) this.tell(session, conversation, added);
  }

  messageAdded({ conversationId }: Thread, added: AddedBodies): void {
    const { assistantId } = routedConversation(this.state.routing, conversationId) ?? {};
    const session = assistantId === undefined ? null : this.sessions.assistant(assistantId);
    if (session?.conversations.has(conversationId)) this.messages(session, [added]);
  }

  /** After an erasure, which leaves no conversation to tell of. */
  removeErased(): void {
    for (const session of this.sessions.allAssistants())
      for (const conversationId of session.conversations)
        if (!this.state.threads.get(conversationId)) this.remove(session, conversationId);
  }

  private tell(session: AssistantSession, conversation: Thread, added: readonly AddedBodies[]) {
    const { conversationId } = conversation;
    const routed = routedConversation(this.state.routing, conversationId);
    if (routed?.assistantId !== session.assistantId) {
      if (session.conversations.has(conversationId)) this.remove(session, conversationId);
      return;
    }
    if (session.conversations.has(conversationId)) this.messages(session, added);
    this.send(session, encodeBody({ name: 'conversation.changed', conversation: this.viewOf(conversation) }));
    if (session.conversations.has(conversationId)) return;
    session.conversations.add(conversationId);
    const { messages, earlier } = customerPage(conversation, null) ?? nothingHeld;
    const told = withOwnCids(this.state, session, messages);
    this.send(session, encodeBody({ name: 'conversation.history', conversationId, messages: told, earlier }));
  }

  private viewOf({ conversationId, customerId, groupId }: Thread): AssistedConversation {
    const { name: customerName = '', language = 'en' } = this.state.customers.get(customerId) ?? {};
    const groupName = this.state.config.groups.get(groupId)?.name ?? '';
    return { conversationId, groupId, groupName, customerName, language };
  }

  private messages(session: AssistantSession, added: readonly AddedBodies[]) {
    for (const { forCustomers, sender } of added) {
      const body = forCustomers();
      if (body !== null) this.send(session, addedFor(session, body, sender));
    }
  }

  private remove(session: AssistantSession, conversationId: string) {
    session.conversations.delete(conversationId);
    this.send(session, encodeBody({ name: 'conversation.removed', conversationId }));
  }
}
