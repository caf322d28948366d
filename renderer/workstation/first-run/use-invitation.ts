import { useEffect, useState } from 'react';
import { useServices } from '../services/services';

/** The invitation that was last opened outside; null for none. It is only ever shown: a person decides. */
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
