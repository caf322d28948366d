import { useEffect, useLayoutEffect, useState } from 'react';
import type { ConversationView, MessageView } from '../../../../shared/protocol/views';
import { useServices } from '../../services/services';
import { useOffice, useSession } from '../../session/session-context';
import { Thread } from '../../thread/Thread';
import { useSending } from '../../thread/use-sending';
import { PaneNote } from '../../ui/Pane';
import { useText } from '../../ui/text';

const noMessages: readonly MessageView[] = [];

/** The messages of an open conversation. */
export function MessageList({ conversation }: { conversation: ConversationView }) {
  const t = useText();
  const session = useSession();
  const { conversationId, customerName } = conversation;
  const messages = useOffice((state) => state.messages.get(conversationId) ?? noMessages);
  const earlier = useOffice((state) => state.hasEarlier.has(conversationId));
  const newFrom = useOffice((state) => state.newFrom.get(conversationId) ?? null);
  const sending = useSending(conversationId);
  const [away, setAway] = useState(false);
  const typing = useOffice((state) => state.typing.has(conversationId));
  useSeen(conversationId, away);
  useLooked(conversationId, away);
  useRead(conversationId, away ? null : (messages.at(-1)?.messageId ?? null));
  return (
    <Thread
      key={conversationId}
      customerName={customerName}
      messages={messages}
      earlier={earlier}
      onEarlier={() => session.loadEarlier(conversationId)}
      sending={sending}
      newFrom={newFrom}
      seenByCustomer={conversation.seenByCustomer}
      typing={typing}
      head={messages.length === 0 ? <PaneNote title={t('conversation.empty')} /> : null}
      isLive
      onAway={setAway}
    />
  );
}

/** Its newest messages are on the screen; while the window is in front too, the agent has them before them. */
function useSeen(conversationId: string, away: boolean) {
  const session = useSession();
  const { foreground } = useServices();
  const unread = useOffice((state) => state.unread.get(conversationId));
  useLayoutEffect(() => (away ? undefined : session.show(conversationId)), [session, conversationId, away]);
  useEffect(() => {
    if (away || !unread) return;
    const look = () => {
      if (foreground.isInFront()) session.seen(conversationId);
    };
    look();
    return foreground.subscribe(look);
  }, [session, foreground, conversationId, away, unread]);
}

/** Sends the read receipt for the newest message once it is on screen. */
function useRead(conversationId: string, lastId: string | null) {
  const session = useSession();
  const { foreground } = useServices();
  const up = useOffice((state) => state.link.state === 'up');
  useEffect(() => {
    const tell = () => {
      if (up && lastId !== null && foreground.isInFront()) session.read(conversationId, lastId);
    };
    tell();
    return foreground.subscribe(tell);
  }, [session, foreground, conversationId, lastId, up]);
}

const readMs = 8_000;

/** The "new" line disappears once it has been on screen long enough to be noticed. */
function useLooked(conversationId: string, away: boolean) {
  const session = useSession();
  const newFrom = useOffice((state) => state.newFrom.get(conversationId) ?? null);
  useEffect(() => {
    if (newFrom === null || away) return;
    const timer = setTimeout(() => {
      if (document.hasFocus()) session.looked(conversationId);
    }, readMs);
    return () => clearTimeout(timer);
  }, [session, conversationId, newFrom, away]);
}
