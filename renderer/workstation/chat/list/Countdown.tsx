import { useHubNow } from '../../session/session-context';
import { CountdownRing } from '../../ui/CountdownRing';
import { secondsLeft } from '../../ui/spans';
import { useText } from '../../ui/text';

/** What is left of an offer, both times the hub's: its deadline decides, not this page's. */
export function Countdown({ from, to }: { from: number; to: number }) {
  const t = useText();
  const now = useHubNow();
  return (
    <CountdownRing from={from} to={to} now={now} label={t('incoming.secondsLeft', { count: secondsLeft(to, now) })} />
  );
}
