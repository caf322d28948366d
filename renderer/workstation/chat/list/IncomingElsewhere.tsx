import type { Page } from '../../navigation/pages';
import { useLists, useOffice } from '../../session/session-context';
import { useText } from '../../ui/text';
import { useRoom } from '../../ui/use-room';
import classes from './IncomingElsewhere.module.css';
import { IncomingOffers } from './IncomingOffers';

/** Ringing offers above the page, where the list is not in sight. */
export function IncomingElsewhere({ page, onAccepted }: { page: Page; onAccepted: () => void }) {
  const t = useText();
  const room = useRoom();
  const { incoming } = useLists();
  const covered = useOffice((state) => state.selectedId !== null || state.selectedErased);
  if (incoming.length === 0 || (page === 'chats' && !(room === 'one' && covered))) return null;
  return (
    <section className={classes.band} aria-label={t('list.incoming')} data-pane="incoming" tabIndex={-1}>
      <IncomingOffers firstUnfolded={false} onAccepted={onAccepted} />
    </section>
  );
}
