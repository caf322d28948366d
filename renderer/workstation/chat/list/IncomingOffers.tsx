import { useState } from 'react';
import { useLists } from '../../session/session-context';
import { IncomingCard } from './IncomingCard';
import { IncomingRow } from './IncomingRow';

interface IncomingOffersProps {
  /** Whether the first is a card unasked. */
  firstUnfolded: boolean;
  onAccepted?: () => void;
}

/** One offer as a card, the others folded to rows; a row unfolds on a click. */
export function IncomingOffers({ firstUnfolded, onAccepted }: IncomingOffersProps) {
  const { incoming } = useLists();
  const [chosen, setChosen] = useState<string | null>(null);
  const [first] = incoming;
  const unfolded = chosen !== null && incoming.includes(chosen) ? chosen : firstUnfolded ? first : null;
  return incoming.map((id) => {
    const props = { conversationId: id, first: id === first, ...(onAccepted ? { onAccepted } : {}) };
    return id === unfolded ? (
      <IncomingCard key={id} {...props} />
    ) : (
      <IncomingRow key={id} {...props} onUnfold={() => setChosen(id)} />
    );
  });
}
