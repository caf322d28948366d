import { VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import type { FoundConversation } from '../../../shared/protocol/history';
import { ChatPage } from '../chat/ChatPage';
import { IncomingElsewhere } from '../chat/list/IncomingElsewhere';
import { HistoryPage } from '../history/HistoryPage';
import type { Dialog, Page } from '../navigation/pages';
import type { SettingsTab } from '../navigation/settings-tabs';
import { useOffice, useSession } from '../session/session-context';
import { SettingsPage } from '../settings/SettingsPage';
import { noDrafts } from '../settings/settings-drafts';
import { TeamPage } from '../team/TeamPage';
import { PaneNote } from '../ui/Pane';
import { Problems } from '../ui/Problems';
import { useText } from '../ui/text';
import { useRoom } from '../ui/use-room';
import { Banners } from './Banners';
import { ClosedScreen } from './ClosedScreen';
import { CommandCentre } from './commands/CommandCentre';
import { useCommandContext } from './commands/use-command-context';
import { Notices } from './Notices';
import { Rail } from './Rail';
import { TopBar } from './TopBar';
import { useSurroundings } from './use-surroundings';
import classes from './Workstation.module.css';

/** Everything a signed-in person sees. */
export function Workstation() {
  const t = useText();
  const [page, setPage] = useState<Page>('chats');
  const [tab, setTab] = useState<SettingsTab>('routing');
  const [drafts, setDrafts] = useState(noDrafts);
  const [past, setPast] = useState<FoundConversation | null>(null);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const { select } = useSession();
  const room = useRoom();
  const refused = useOffice((state) => (state.link.state === 'refused' ? state.link.reason : null));
  const spoken = useSurroundings(() => setPage('chats'));
  const openSettings = (to: SettingsTab) => {
    setTab(to);
    setPage('settings');
  };
  const openLive = (conversationId: string) => {
    setPage('chats');
    select(conversationId);
  };
  const openPast = (found: FoundConversation) => {
    setPast(found);
    setPage('history');
  };
  const context = useCommandContext({ openPage: setPage, openSettings, openPast, openDialog: setDialog });

  if (refused !== null) return <ClosedScreen reason={refused} />;
  return (
    <div className={classes.frame}>
      <TopBar onSettings={() => openSettings('routing')} onDialog={setDialog} />
      <Banners onPassphrase={() => openSettings('access')} />
      <div className={classes.below}>
        <Rail page={page} onPage={setPage} />
        <div className={classes.page} data-page={page} data-room={room}>
          <Problems key={page} fallback={(error) => <PaneNote title={t('app.failed')}>{error.message}</PaneNote>}>
            {page === 'chats' ? <ChatPage /> : null}
            {page === 'history' ? <HistoryPage opened={past} onOpen={setPast} onLive={openLive} /> : null}
            {page === 'team' ? <TeamPage /> : null}
            {page === 'settings' ? (
              <SettingsPage tab={tab} onTab={setTab} drafts={drafts} onDrafts={setDrafts} />
            ) : null}
          </Problems>
          <IncomingElsewhere page={page} onAccepted={() => setPage('chats')} />
          <div className={classes.toasts}>
            <Notices onOpen={() => setPage('chats')} />
          </div>
        </div>
      </div>
      <CommandCentre context={context} dialog={dialog} onClose={() => setDialog(null)} />
      <VisuallyHidden role="status">
        <span key={spoken.n}>{spoken.words}</span>
      </VisuallyHidden>
    </div>
  );
}
