import classes from './Labels.module.css';

/** How a conversation ended, and what it was about. */
export function Labels({ labels }: { labels: readonly string[] }) {
  if (labels.length === 0) return null;
  return (
    <div className={classes.labels}>
      {labels.map((each) => (
        <span key={each} className={classes.label}>
          {each}
        </span>
      ))}
    </div>
  );
}
