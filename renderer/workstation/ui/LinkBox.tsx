import { CopyButton } from './CopyButton';
import classes from './LinkBox.module.css';

/** Shows an address with a button to copy it. */
export function LinkBox({ label, value }: { label: string; value: string }) {
  return (
    <div className={classes.box}>
      <code data-testid="address">{value}</code>
      <CopyButton what={label} value={value} />
    </div>
  );
}
