import { useEffect, useState } from 'react';
import { useServices } from '../services/services';

/** The invitation link last opened outside the app, or null. It is only shown: the user decides whether to join. */
export function useInvitation(): string | null {
  const { desktop } = useServices();
  const [invitation, setInvitation] = useState<string | null>(null);
  useEffect(() => {
    if (!desktop) return;
    const take = () => {
      desktop.call('invitation.take').then(
        (link) => link !== null && setInvitation(link),
        () => {},
      );
    };
    take();
    return desktop.on('invitation.opened', take);
  }, [desktop]);
  return invitation;
}
