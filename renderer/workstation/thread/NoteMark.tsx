import { IconNote } from '@tabler/icons-react';
import { useMyId } from '../session/session-context';
import { useText } from '../ui/text';
import classes from './Thread.module.css';

/** Marks a note as meant for colleagues, by icon and text. */
export function NoteMark({ mentions = [] }: { mentions?: readonly string[] | undefined }) {
  const t = useText();
  const myId = useMyId();
  return (
    <div className={classes.noteMark}>
      <IconNote size={14} aria-hidden="true" />
      {t(mentions.includes(myId) ? 'note.markYou' : 'note.mark')}
    </div>
  );
}
