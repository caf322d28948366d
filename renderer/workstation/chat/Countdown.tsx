import { useHubNow } from '../session/session-context';
import { formatSpan, secondsLeft } from '../ui/spans';
import { useText } from '../ui/text';
import classes from './IncomingCard.module.css';

const radius = 17;
const round = 2 * Math.PI * radius;
const lateSeconds = 5;

/** A ring that empties from `from` to `to`, both the hub's time: its deadline decides, not this page's. */
export function Countdown({ from, to }: { from: number; to: number }) {
  const t = useText();
  const now = useHubNow();
  const left = secondsLeft(to, now);
  const share = Math.min(1, Math.max(0, (to - now) / Math.max(1, to - from)));
  return (
    <div
      className={classes.ring}
      data-late={left <= lateSeconds}
      role="timer"
      aria-label={t('incoming.secondsLeft', { count: left })}
    >
      <svg width="40" height="40" viewBox="0 0 40 40" aria-hidden="true" fill="none" strokeWidth="3">
        <circle className={classes.track} cx="20" cy="20" r={radius} />
        <circle
          className={classes.rest}
          cx="20"
          cy="20"
          r={radius}
          strokeLinecap="round"
          strokeDasharray={round}
          strokeDashoffset={round * (1 - share)}
        />
      </svg>
      <span className={`${classes.figure} tabular`}>{left < 100 ? left : formatSpan(left * 1000)}</span>
    </div>
  );
}
