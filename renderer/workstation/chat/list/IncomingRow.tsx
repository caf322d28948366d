import { UnstyledButton } from '@mantine/core';
import { memo } from 'react';
import { useRow } from '../../session/session-context';
import { useText } from '../../ui/text';
import { AcceptButton } from './AcceptButton';
import { Countdown } from './Countdown';
import classes from './IncomingCard.module.css';
import { useAnswer } from './use-answer';

interface IncomingRowProps {
  conversationId: string;
  first: boolean;
  onAccepted?: () => void;
  onUnfold: () => void;
}

/** An offer in one row: the time that is left, who, the first words, and Accept. */
export const IncomingRow = memo(function IncomingRow({
  conversationId,
  first,
  onAccepted,
  onUnfold,
}: IncomingRowProps) {
  const t = useText();
  const conversation = useRow('conversations', conversationId);
  const answer = useAnswer(conversationId, conversation?.offerId ?? '', onAccepted);
  if (!conversation?.offerId) return null;
  const { customerName, preview, deadline, since } = conversation;
  return (
    <article className={classes.folded} aria-label={t('incoming.label', { name: customerName })}>
      {deadline === null ? null : <Countdown from={since} to={deadline} size={32} />}
      <UnstyledButton
        className={classes.who}
        aria-expanded={false}
        aria-label={t('incoming.unfold', { name: customerName })}
        onClick={onUnfold}
      >
        <span className={classes.name} dir="auto">
          {customerName}
        </span>
        <span className={classes.sub} dir="auto">
          {preview === '' ? t('incoming.noWords') : `“${preview}”`}
        </span>
      </UnstyledButton>
      <AcceptButton compact first={first} possible={answer.possible} onAccept={answer.accept} />
    </article>
  );
});
