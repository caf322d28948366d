import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ConversationView, MessageView } from '../../../shared/protocol/views';
import { useOffice, useSession } from '../session/session-context';
import { PaneNote } from '../ui/Pane';
import { useText } from '../ui/text';
import { MessageGroups } from './MessageGroups';
import classes from './MessageList.module.css';
import { SendingList } from './SendingList';

const noMessages: readonly MessageView[] = [];
/** This close to the end counts as reading the newest. */
const atEndPx = 60;

export function MessageList({ conversation }: { conversation: ConversationView }) {
  const t = useText();
  const { conversationId } = conversation;
  const messages = useOffice((state) => state.messages.get(conversationId) ?? noMessages);
  const newFrom = useOffice((state) => state.newFrom.get(conversationId) ?? null);
  // Drawn by SendingList; asked for here so that the box follows it.
  useOffice((state) => state.sending);
  const { box, away, toEnd, onScroll } = useStickToEnd();
  useLooked(conversationId, away);
  return (
    <div className={classes.frame}>
      <div
        className={classes.scroll}
        ref={box}
        role="log"
        aria-label={t('conversation.messages')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: reading back needs the keyboard too
        tabIndex={0}
        onScroll={onScroll}
      >
        <div className={classes.inner}>
          {messages.length === 0 ? <PaneNote title={t('conversation.empty')} /> : null}
          <MessageGroups messages={messages} newFrom={newFrom} customerName={conversation.customerName} />
          <SendingList conversationId={conversationId} />
        </div>
      </div>
      {away ? (
        <Button
          className={classes.newer}
          size="compact-sm"
          variant="default"
          radius="xl"
          leftSection={<IconArrowDown size={14} />}
          onClick={toEnd}
          data-command="messages.newest"
        >
          {t('conversation.newer')}
        </Button>
      ) : null}
    </div>
  );
}

function useStickToEnd() {
  const box = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const stuck = useRef(true);
  const toEnd = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  // After every drawing: whatever grew, the newest stays in sight.
  useLayoutEffect(() => {
    if (stuck.current) toEnd();
  });
  const onScroll = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = box.current ?? {};
    stuck.current = scrollHeight - scrollTop - clientHeight < atEndPx;
    setAway(!stuck.current);
  };
  return { box, away, toEnd, onScroll };
}

const readMs = 8_000;

/** The "new" line stays long enough to be found, then goes: it was read. */
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
