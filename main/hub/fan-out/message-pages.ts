import { type MessagePage, pageOf } from '../../../shared/protocol/message-page';
import type { CustomerMessageView, MessageView } from '../../../shared/protocol/views';
import type { EarlierMessages } from '../state/thread';
import { customerMessageOf } from './views';

interface HeldMessages {
  messages: readonly MessageView[];
  earlier: EarlierMessages | null;
}

/** The newest messages, or those before `before`; null: no longer in memory, to be read from disk. */
export function agentPage({ messages, earlier }: HeldMessages, before: string | null): MessagePage<MessageView> | null {
  return withEarlier(pageOf(messages, before), earlier !== null);
}

/** The same, of the messages that the customer may read. */
export function customerPage(
  { messages, earlier }: HeldMessages,
  before: string | null,
): MessagePage<CustomerMessageView> | null {
  const seen = messages.flatMap((message) => customerMessageOf(message) ?? []);
  return withEarlier(pageOf(seen, before), earlier !== null);
}

/** For a conversation with so many notes that its customer may read none of the messages held in memory. */
export const nothingHeld = { messages: [], earlier: true };

function withEarlier<T>(page: MessagePage<T>, hasEarlier: boolean): MessagePage<T> | null {
  if (!hasEarlier) return page;
  return page.messages.length > 0 ? { ...page, earlier: true } : null;
}
