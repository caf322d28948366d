import { type Connection, createConnection } from '../../shared/client/connection';
import type { Transport } from '../../shared/client/transport';
import type { AssistantWire } from '../../shared/client/wire';
import type { AssistedConversation } from '../../shared/protocol/assistant-wire';
import { protocolVersion } from '../../shared/protocol/fields';
import type { CustomerMessageView } from '../../shared/protocol/views';
import { type Answers, answerTo } from './answers';

export interface AssistantOptions {
  transport: Transport;
  clock: Parameters<typeof createConnection<AssistantWire>>[0]['clock'];
  random: () => number;
  url: string;
  token: string;
  answers: Answers;
  say(what: string): void;
}

/**
 * Answers what it knows, and hands everything else over to a person. It keeps nothing: after a lost line the hub tells
 * it anew what is with it, and what it has not answered is whatever the customer said last.
 */
export function startAssistant(options: AssistantOptions): Connection<AssistantWire> {
  const { answers, say, token } = options;
  const conversations = new Map<string, AssistedConversation>();
  let kept: string | null = null;

  function consider({ conversationId, from, text }: CustomerMessageView): void {
    const conversation = conversations.get(conversationId);
    if (!conversation || from.kind !== 'customer') return;
    const answer = answerTo(answers, conversation.language, text);
    if (answer !== null) {
      void connection.send({ op: 'message.send', conversationId, text: answer });
      return;
    }
    say(`${conversation.customerName} needs a person`);
    void connection.send({ op: 'conversation.handOver', conversationId, note: `Asked: ${text}`.slice(0, 500) });
  }

  const connection = createConnection<AssistantWire>({
    transport: options.transport,
    clock: options.clock,
    random: options.random,
    storage: {
      read: () => kept,
      write: (text) => {
        kept = text;
      },
    },
    url: options.url,
    deviceId: 'example-assistant',
    proto: protocolVersion,
    hello: () => ({ role: 'assistant', token }),
    on: {
      link: (link) => say(link.state),
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
  connection.start();
  return connection;
}
