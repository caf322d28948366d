import { Button, Group } from '@mantine/core';
import { memo, type Ref, useState } from 'react';
import type { LeftMessageView } from '../../../../shared/protocol/views';
import { Since } from '../../session/Figures';
import { useGroupName, useIsUp, useMyId, useOffice, useSession, useTable } from '../../session/session-context';
import { useAct } from '../../session/use-act';
import { Labels } from '../../ui/Labels';
import { LinkedText } from '../../ui/LinkedText';
import { NoteWords } from '../../ui/NoteWords';
import { useText } from '../../ui/text';
import { useFocusKept } from '../../ui/use-focus-kept';
import classes from '../list/ConversationList.module.css';
import { UndoButton } from '../thread/UndoButton';
import { LeftActions } from './LeftActions';
import { LeftLabels } from './LeftLabels';
import message from './LeftMessages.module.css';

/** Messages left while no agent could serve the customer, the oldest first, until one has dealt with them. */
export function LeftMessages() {
  const t = useText();
  const leftMessages = useTable('leftMessages');
  if (leftMessages.size === 0) return null;
  return (
    <section aria-label={t('left.title')}>
      <h2 className={classes.head}>
        {t('left.title')} <span>{leftMessages.size}</span>
      </h2>
      {[...leftMessages.values()]
        .sort((a, b) => a.at - b.at)
        .map((each) => (
          <LeftMessage key={each.leftMessageId} leftMessage={each} />
        ))}
    </section>
  );
}

/** Memoised: a new card does not render the hundreds above it again. */
const LeftMessage = memo(function LeftMessage({ leftMessage }: { leftMessage: LeftMessageView }) {
  const t = useText();
  const { leftMessageId, customerName, contact, groupId, text, at, takenBy, note, tags = [] } = leftMessage;
  const myId = useMyId();
  const doneAt = useOffice((state) => state.closing.get(leftMessageId));
  const [isEdited, setEdited] = useState(false);
  const button = useFocusKept(doneAt !== undefined);
  const group = useGroupName(groupId);
  const takenWords = takenBy && (takenBy.agentId === myId ? t('left.mine') : t('left.takenBy', { name: takenBy.name }));
  return (
    <article className={message.card} aria-label={t('left.label', { name: customerName })}>
      <header className={message.head}>
        <h3 className={message.name} dir="auto">
          {customerName}
        </h3>
        <Since at={at} className={message.soft} />
      </header>
      <p className={message.soft}>
        {group} · {contact === '' ? t('left.noContact') : <bdi className={message.contact}>{contact}</bdi>}
        {takenWords === undefined ? null : ` · ${takenWords}`}
      </p>
      <p className={message.text} dir="auto">
        <LinkedText>{text}</LinkedText>
      </p>
      {isEdited ? (
        <LeftLabels leftMessage={leftMessage} onClose={() => setEdited(false)} />
      ) : (
        <>
          {note === undefined ? null : <NoteWords>{note}</NoteWords>}
          <Labels labels={tags} />
        </>
      )}
      {doneAt !== undefined ? <Undo ref={button} leftMessage={leftMessage} doneAt={doneAt} /> : null}
      {/* Nothing ends it while its note is being written. */}
      {doneAt !== undefined || isEdited ? null : (
        <Group gap={6} mt={8}>
          <LeftActions leftMessage={leftMessage} onEdit={() => setEdited(true)} />
          <Done ref={button} leftMessage={leftMessage} />
        </Group>
      )}
    </article>
  );
});

interface ButtonProps {
  ref: Ref<HTMLButtonElement>;
  leftMessage: LeftMessageView;
}

function Done({ ref, leftMessage: { leftMessageId, customerName: name } }: ButtonProps) {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const done = async () => {
    const answer = await session.markDone(leftMessageId);
    if (answer) await act(Promise.resolve(answer));
  };
  return (
    <Button
      ref={ref}
      size="compact-xs"
      variant="default"
      disabled={!up}
      aria-label={t('left.doneLabel', { name })}
      onClick={() => void done()}
    >
      {t('left.done')}
    </Button>
  );
}

function Undo({ ref, leftMessage, doneAt }: ButtonProps & { doneAt: number }) {
  const t = useText();
  const { leftMessageId, customerName: name } = leftMessage;
  return (
    <Group gap="xs" mt={8}>
      <UndoButton ref={ref} size="compact-xs" id={leftMessageId} at={doneAt} label={t('left.undoLabel', { name })} />
      <span className={message.soft}>{t('left.closing')}</span>
    </Group>
  );
}
