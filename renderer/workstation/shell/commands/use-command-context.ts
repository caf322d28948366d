import { useMemo } from 'react';
import type { CommandContext } from '../../commands/commands';
import { useServices } from '../../services/services';
import { useIsSupervisor, useIsUp, useLists, useMyId, useOffice, useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';

type Navigation = Pick<CommandContext, 'openPage' | 'openSettings' | 'openPast' | 'openDialog'>;

export function useCommandContext({ openPage, openSettings, openPast, openDialog }: Navigation): CommandContext {
  const session = useSession();
  const lists = useLists();
  const supervisor = useIsSupervisor();
  const up = useIsUp();
  const myId = useMyId();
  const status = useOffice((state) => state.agents.get(myId)?.status ?? 'offline');
  const desktop = useServices().desktop !== null;
  const act = useAct();
  return useMemo(
    () => ({
      ...{ session, lists, supervisor, up, status, openPage, openSettings, openPast, openDialog, desktop },
      send: (command) => act(session.send(command)),
      accept: async (offerId) => {
        const accepted = session.accept(offerId);
        return accepted !== null && act(accepted);
      },
    }),
    [session, lists, supervisor, up, status, openPage, openSettings, openPast, openDialog, desktop, act],
  );
}
