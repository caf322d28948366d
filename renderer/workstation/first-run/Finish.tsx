import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useApp } from '../lifecycle/app-context';
import { useServices } from '../services/services';
import { useText } from '../ui/text';
import { Card } from './Card';
import type { Entered } from './entered';
import classes from './FirstRun.module.css';

/** Only here is anything kept on this machine. */
export function Finish({ entered }: { entered: Entered }) {
  const t = useText();
  const app = useApp();
  const { desktop } = useServices();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [inFile, setInFile] = useState(false);

  useEffect(() => {
    desktop?.call('app.info').then(
      (info) => setInFile(!info.secureTokens),
      () => {},
    );
  }, [desktop]);

  const go = async () => {
    setBusy(true);
    try {
      await app.enter(entered.profile);
    } catch (error) {
      setProblem(t('finish.failed', { reason: error instanceof Error ? error.message : String(error) }));
      setBusy(false);
    }
  };
  const title = entered.agentName === '' ? t('finish.title') : t('join.welcome', { name: entered.agentName });
  return (
    <Card title={title} lead={t('finish.body')} foot={inFile ? t('finish.tokenFile') : undefined}>
      {problem === null ? null : (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={classes.actions}>
        <Button loading={busy} onClick={go}>
          {t(busy ? 'finish.saving' : 'finish.go')}
        </Button>
      </div>
    </Card>
  );
}
