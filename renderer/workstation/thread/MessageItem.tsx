import type { MessageView } from '../../../shared/protocol/views';
import { useMyId } from '../session/session-context';
import { LinkedText } from '../ui/LinkedText';
import { hasText } from '../ui/refusal-text';
import { useText } from '../ui/text';
import { useTimes } from '../ui/use-times';
import { Attachments } from './Attachments';
import { NoteMark } from './NoteMark';
import classes from './Thread.module.css';
import type { Author, MessageRow } from './thread-rows';

interface MessageItemProps {
  row: MessageRow;
  customerName: string;
  /** Search terms to mark; empty: none. */
  query: string;
}

/** One message, of an open or an ended conversation. */
export function MessageItem({ row, customerName, query }: MessageItemProps) {
  const t = useText();
  const { clockTime, dayName } = useTimes();
  const { message, newDay, hasNewLine, author, begins, ends, read } = row;
  const { conversationId, attachments = [], text, at } = message;
  const note = author?.kind === 'note';
  return (
    <div className={classes.item} data-begins={begins}>
      {newDay !== null ? <p className={classes.day}>{dayName(newDay)}</p> : null}
      {hasNewLine ? (
        <p className={classes.newLine}>
          <span>{t('conversation.new')}</span>
        </p>
      ) : null}
      {author === null ? (
        <Line message={message} customerName={customerName} />
      ) : (
        <div className={classes.message} data-own={author.kind !== 'customer' && !note} data-note={note}>
          {message.from.kind === 'note' ? <NoteMark mentions={message.from.mentions} /> : null}
          <Attachments
            conversationId={conversationId}
            attachments={attachments}
            fromCustomer={author.kind === 'customer'}
          />
          {text !== '' ? (
            <div className={classes.bubble} dir="auto">
              <LinkedText query={query}>{text}</LinkedText>
            </div>
          ) : null}
          {ends ? (
            <div className={classes.by}>
              <By author={author} customerName={customerName} /> · {clockTime(at)}
              {read ? ` · ${t('conversation.read')}` : null}
            </div>
          ) : null}
        </div>
      )}
    </div>
  );
}

function By({ author, customerName }: { author: Author; customerName: string }) {
  const t = useText();
  const myId = useMyId();
  if (author.kind === 'customer') return <bdi>{customerName}</bdi>;
  if (author.kind === 'assistant' || author.kind === 'program')
    return (
      <>
        <bdi>{author.name}</bdi> ·{' '}
        {t(author.kind === 'program' ? 'conversation.programMark' : 'conversation.assistantMark')}
      </>
    );
  return author.agentId === myId ? t('conversation.you') : <bdi>{author.name}</bdi>;
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
