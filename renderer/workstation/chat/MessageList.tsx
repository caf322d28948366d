import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { Fragment, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ConversationView, MessageView } from '../../../shared/protocol/views';
import { useMyId, useOffice, useSession } from '../session/session-context';
import { PaneNote } from '../ui/Pane';
import { hasText } from '../ui/refusal-text';
import { useText } from '../ui/text';
import { useTimes } from '../ui/use-times';
import { Attachments } from './Attachments';
import classes from './MessageList.module.css';
import { groupMessages, type MessageGroup } from './message-groups';
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
  const groups = useMemo(() => groupMessages(messages, newFrom), [messages, newFrom]);
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
          {groups.map((group) => (
            <Group key={group.key} group={group} customerName={conversation.customerName} />
          ))}
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

function Group({ group, customerName }: { group: MessageGroup; customerName: string }) {
  const t = useText();
  const myId = useMyId();
  const { clockTime, dayName } = useTimes();
  const { author, messages } = group;
  const last = messages[messages.length - 1];
  const own = author?.kind === 'agent';
  const name =
    author === null
      ? ''
      : author.kind === 'customer'
        ? customerName
        : author.agentId === myId
          ? t('conversation.you')
          : author.name;
  return (
    <>
      {group.newDay !== null ? <p className={classes.day}>{dayName(group.newDay)}</p> : null}
      {group.hasNewLine ? (
        <p className={classes.newLine}>
          <span>{t('conversation.new')}</span>
        </p>
      ) : null}
      {author === null ? (
        messages.map((message) => <Line key={message.messageId} message={message} customerName={customerName} />)
      ) : (
        <div className={classes.group} data-own={own}>
          {messages.map((message) => (
            <Fragment key={message.messageId}>
              <Attachments conversationId={message.conversationId} attachments={message.attachments ?? []} />
              {message.text !== '' ? <div className={classes.bubble}>{message.text}</div> : null}
            </Fragment>
          ))}
          {last ? (
            <div className={classes.by}>
              {name} · {clockTime(last.at)}
            </div>
          ) : null}
        </div>
      )}
    </>
  );
}

function Line({ message, customerName }: { message: MessageView; customerName: string }) {
  const t = useText();
  const { clockTime } = useTimes();
  const key = `line.${message.line?.code ?? ''}`;
  if (!hasText(key)) return null;
  return (
    <p className={classes.line}>
      {t(key, { name: customerName, agentName: '', ...message.line?.params })} · {clockTime(message.at)}
    </p>
  );
}
