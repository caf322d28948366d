import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useApp } from '../lifecycle/app-context';
import { useServices } from '../services/services';
import { useText } from '../ui/text';
import { useAttempt } from '../ui/use-attempt';
import type { Entered } from './entered';
import { ProblemNote } from './ProblemNote';
import { StepActions, StepPage } from './StepPage';

/** The last step: only here is the sign-in stored on this machine. */
export function Finish({ entered }: { entered: Entered }) {
  const t = useText();
  const app = useApp();
  const { desktop } = useServices();
  const { isBusy, problem, attempt } = useAttempt((reason) => t('finish.failed', { reason }));
  const [inFile, setInFile] = useState(false);

  useEffect(() => {
    desktop?.call('app.info').then(
      (info) => setInFile(!info.secureTokens),
      () => {},
    );
  }, [desktop]);

  const enter = () =>
    attempt(async () => {
      await app.enter(entered.profile);
      return null;
    });
  const title = entered.agentName === '' ? t('finish.title') : t('join.welcome', { name: entered.agentName });
  return (
    <StepPage title={title} lead={t('finish.body')} foot={inFile ? t('finish.tokenFile') : undefined}>
      <ProblemNote words={problem} />
      <StepActions>
        <Button loading={isBusy} onClick={enter}>
          {t(isBusy ? 'finish.saving' : 'finish.go')}
        </Button>
      </StepActions>
    </StepPage>
  );
}
