import classes from './ProblemNote.module.css';

/** Why a step did not work; nothing while it is null. */
export function ProblemNote({ words }: { words: string | null }) {
  if (words === null) return null;
  return (
    <p className={classes.problem} role="alert">
      {words}
    </p>
  );
}
