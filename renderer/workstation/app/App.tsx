import { Button } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { FirstRun } from '../first-run/FirstRun';
import { HostReady } from '../first-run/HostReady';
import { HubFailed } from '../first-run/HubFailed';
import { SignIn } from '../first-run/SignIn';
import { useInvitation } from '../first-run/use-invitation';
import { usePhase } from '../lifecycle/app-context';
import { useServices } from '../services/services';
import { SessionProvider } from '../session/session-context';
import { Workstation } from '../shell/Workstation';
import { PaneLoading, PaneNote } from '../ui/Pane';
import { Problems } from '../ui/Problems';
import { useLanguage, useText } from '../ui/text';

export function App() {
  const { language } = useLanguage();
  const { storage } = useServices();
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    storage.write('language', language);
  }, [language, storage]);
  return (
    <Problems fallback={() => <Failed />}>
      <Phase />
      <FirstToasts />
    </Problems>
  );
}

function Phase() {
  const t = useText();
  const phase = usePhase();
  const invitation = useInvitation();
  const isTeamed = phase.phase === 'signIn' || phase.phase === 'work';
  useEffect(() => {
    if (invitation !== null && isTeamed)
      notifications.show({ message: t('first.invitedElsewhere'), autoClose: 15_000 });
  }, [invitation, isTeamed, t]);
  switch (phase.phase) {
    case 'starting':
      return <PaneLoading label={t('app.starting')} />;
    case 'firstRun':
      return <FirstRun key={invitation} sample={phase.sample} invitation={invitation} />;
    case 'signIn':
      return (
        <SignIn
          key={phase.agentUrl}
          agentUrl={phase.agentUrl}
          mode={phase.mode}
          isRestored={phase.isRestored ?? false}
        />
      );
    case 'hubFailed':
      return <HubFailed {...phase} />;
    case 'work':
      return (
        <SessionProvider key={phase.profile.deviceId} session={phase.session}>
          {phase.newHub ? <HostReady {...phase.newHub} /> : <Workstation />}
        </SessionProvider>
      );
  }
}

/** The workstation has a place of its own for toasts. */
function FirstToasts() {
  const phase = usePhase();
  return phase.phase === 'work' && !phase.newHub ? null : <Notifications position="bottom-right" />;
}

function Failed() {
  const t = useText();
  const { reload } = useServices();
  return (
    <PaneNote title={t('app.failed')}>
      <p>{t('app.failedHelp')}</p>
      <Button onClick={reload}>{t('app.reload')}</Button>
    </PaneNote>
  );
}
