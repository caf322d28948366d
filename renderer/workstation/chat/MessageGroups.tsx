import { Fragment, useMemo } from 'react';
import type { MessageView } from '../../../shared/protocol/views';
import { useMyId } from '../session/session-context';
import { hasText } from '../ui/refusal-text';
import { useText } from '../ui/text';
import { useTimes } from '../ui/use-times';
import { Attachments } from './Attachments';
import classes from './MessageList.module.css';
import { groupMessages, type MessageGroup } from './message-groups';
import { NoteMark } from './NoteMark';

interface MessageGroupsProps {
  messages: readonly MessageView[];
  newFrom: string | null;
  customerName: string;
}

/** What was said, by day and author; the same for a conversation that runs and one that has ended. */
export function MessageGroups({ messages, newFrom, customerName }: MessageGroupsProps) {
  const groups = useMemo(() => groupMessages(messages, newFrom), [messages, newFrom]);
  return groups.map((group) => <Group key={group.key} group={group} customerName={customerName} />);
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
        <div className={classes.group} data-own={own} data-note={author.kind === 'note'}>
          {author.kind === 'note' ? <NoteMark /> : null}
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
