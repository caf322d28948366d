import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { FirstRun } from '../first-run/FirstRun';
import { HubFailed } from '../first-run/HubFailed';
import { SignIn } from '../first-run/SignIn';
import { SessionProvider } from '../session/session-context';
import { Workstation } from '../shell/Workstation';
import { PaneLoading, PaneNote } from '../ui/Pane';
import { Problems } from '../ui/Problems';
import { useLanguage, useText } from '../ui/text';
import { usePhase } from './app-context';
import { useServices } from './services';

export function App() {
  const { language } = useLanguage();
  const { keep } = useServices();
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    keep.write('language', language);
  }, [language, keep]);
  return (
    <Problems fallback={() => <Failed />}>
      <Phase />
    </Problems>
  );
}

function Phase() {
  const t = useText();
  const phase = usePhase();
  switch (phase.phase) {
    case 'starting':
      return <PaneLoading label={t('app.starting')} />;
    case 'firstRun':
      return <FirstRun sample={phase.sample} />;
    case 'signIn':
      return <SignIn key={phase.agentUrl} agentUrl={phase.agentUrl} mode={phase.mode} />;
    case 'hubFailed':
      return <HubFailed {...phase} />;
    case 'work':
      return (
        <SessionProvider key={phase.profile.deviceId} session={phase.session}>
          <Workstation />
        </SessionProvider>
      );
  }
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
