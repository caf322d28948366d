import { useLists } from '../../session/session-context';
import { useText } from '../../ui/text';
import { IncomingCard } from './IncomingCard';
import classes from './IncomingElsewhere.module.css';

/** Ringing offers, on the pages that do not list conversations. */
export function IncomingElsewhere({ onAccepted }: { onAccepted: () => void }) {
  const t = useText();
  const { incoming } = useLists();
  if (incoming.length === 0) return null;
  return (
    <section className={classes.over} aria-label={t('list.incoming')} data-pane="incoming" tabIndex={-1}>
      {incoming.map((id, i) => (
        <IncomingCard key={id} conversationId={id} first={i === 0} onAccepted={onAccepted} />
      ))}
    </section>
  );
}
