import { LinkedText } from './LinkedText';
import classes from './NoteWords.module.css';

/** What a colleague has written for colleagues, in the colour of notes. */
export function NoteWords({ children }: { children: string }) {
  return (
    <p className={classes.note} dir="auto">
      <LinkedText>{children}</LinkedText>
    </p>
  );
}
