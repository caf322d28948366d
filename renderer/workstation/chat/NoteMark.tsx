import { IconNote } from '@tabler/icons-react';
import { useText } from '../ui/text';
import classes from './Thread.module.css';

/** Above a note: whom it is for, by icon and word. */
export function NoteMark() {
  const t = useText();
  return (
    <div className={classes.noteMark}>
      <IconNote size={14} aria-hidden="true" />
      {t('note.mark')}
    </div>
  );
}
