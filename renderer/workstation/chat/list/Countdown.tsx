import { useHubNow } from '../../session/session-context';
import { CountdownRing } from '../../ui/CountdownRing';
import { secondsLeft } from '../../ui/spans';
import { useText } from '../../ui/text';

/** The remaining time of an offer, computed in the hub's time. */
export function Countdown({ from, to, size }: { from: number; to: number; size?: number }) {
  const t = useText();
  const now = useHubNow();
  return (
    <CountdownRing
      from={from}
      to={to}
      now={now}
      label={t('incoming.secondsLeft', { count: secondsLeft(to, now) })}
      {...(size === undefined ? {} : { size })}
    />
  );
}
