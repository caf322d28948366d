import classes from './CountdownRing.module.css';
import { formatSpan, secondsLeft } from './spans';

const radius = 17;
const round = 2 * Math.PI * radius;
const lateSeconds = 5;

export interface Span {
  from: number;
  to: number;
  now: number;
}

/** A ring that empties from time `from` to `to`, with the remaining seconds in it. */
export function CountdownRing({ from, to, now, label, size = 40 }: Span & { label?: string; size?: number }) {
  const left = secondsLeft(to, now);
  const share = Math.min(1, Math.max(0, (to - now) / Math.max(1, to - from)));
  return (
    <div
      className={classes.ring}
      style={{ width: size, height: size, fontSize: size / 3 }}
      data-late={left <= lateSeconds}
      role="timer"
      aria-label={label}
    >
      <svg width={size} height={size} viewBox="0 0 40 40" aria-hidden="true" fill="none" strokeWidth="3">
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
