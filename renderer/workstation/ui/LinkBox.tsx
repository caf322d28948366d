import { CopyButton } from './CopyButton';
import classes from './LinkBox.module.css';

/** An address to be read or copied. */
export function LinkBox({ label, value }: { label: string; value: string }) {
  return (
    <div className={classes.box}>
      <code data-testid="address">{value}</code>
      <CopyButton what={label} value={value} />
    </div>
  );
}
