import {
  type AssistantWire,
  type AssistedConversation,
  type Connection,
  type ConnectOptions,
  type CustomerMessageView,
  connect,
} from '../../shared/client/index';
import { type Answers, answerTo, noteFor } from './answers';

type Place = Pick<ConnectOptions<AssistantWire>, 'url' | 'openSocket'>;

export interface AssistantOptions extends Place {
  token: string;
  answers: Answers;
  say(what: string): void;
}

/**
 * Answers what it knows, and hands everything else over to a person. It keeps nothing: after a lost line the hub tells
 * it anew what is with it, and what it has not answered is whatever the customer said last.
 */
export function startAssistant({ token, answers, say, ...place }: AssistantOptions): Connection<AssistantWire> {
  const conversations = new Map<string, AssistedConversation>();

  function consider(message: CustomerMessageView): void {
    const { conversationId, from, text, attachments } = message;
    const conversation = conversations.get(conversationId);
    if (!conversation || from.kind !== 'customer') return;
    // Whoever sends a file with a question wants both looked at.
    const answer = attachments ? null : answerTo(answers, conversation.language, text);
    if (answer !== null) {
      void connection.send({ op: 'message.send', conversationId, text: answer });
      return;
    }
    say(`${conversation.customerName} needs a person`);
    void connection.send({ op: 'conversation.handOver', conversationId, note: noteFor(message) });
  }

  const connection = connect<AssistantWire>({
    ...place,
    deviceId: 'example-assistant',
    hello: () => ({ role: 'assistant', token }),
    on: {
      link: (link) => say(link.state === 'refused' ? `refused: ${link.reason}` : link.state),
      welcome: () => conversations.clear(),
      event(event) {
        if (event.name === 'conversation.changed')
          conversations.set(event.conversation.conversationId, event.conversation);
        else if (event.name === 'conversation.removed') conversations.delete(event.conversationId);
        else if (event.name === 'message.added') consider(event.message);
        else {
          const last = event.messages.filter(({ from }) => from.kind !== 'system').at(-1);
          if (last) consider(last);
        }
      },
      caughtUp: () => say('ready'),
    },
  });
  return connection;
}
