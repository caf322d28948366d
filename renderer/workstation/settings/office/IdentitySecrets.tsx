import { Alert, Button } from '@mantine/core';
import { useState } from 'react';
import { identitySecretsMax } from '../../../../shared/protocol/identity';
import { useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { FormRow } from '../../ui/FormRow';
import { LinkBox } from '../../ui/LinkBox';
import { useText } from '../../ui/text';
import { useTimes } from '../../ui/use-times';
import classes from './Widget.module.css';

interface Secret {
  secretId: string;
  madeAt: number;
}

/** With which the office's own site signs who its customers are: shown once, two at a time, so that one can replace the other. */
export function IdentitySecrets({ secrets }: { secrets: readonly Secret[] }) {
  const t = useText();
  const session = useSession();
  const { fullDay } = useTimes();
  const { isUp, isBusy, save } = useSave();
  const [shown, setShown] = useState<{ secretId: string; secret: string } | null>(null);
  const make = async () => {
    const answer = await save(() => session.send({ op: 'identitySecret.make' }));
    if (answer?.result) setShown(answer.result);
  };
  const remove = (secretId: string) => {
    if (shown?.secretId === secretId) setShown(null);
    void save(() => session.send({ op: 'identitySecret.remove', secretId }), t('widget.secretRemoved'));
  };
  return (
    <FormRow title={t('widget.secrets')} help={t('widget.secretsHelp')}>
      {secrets.length === 0 ? null : (
        <ul className={classes.secrets}>
          {secrets.map(({ secretId, madeAt }) => (
            <li key={secretId}>
              <span>{t('widget.secretOf', { day: fullDay(madeAt) })}</span>
              <Button
                size="compact-xs"
                variant="subtle"
                color="red"
                disabled={!isUp || isBusy}
                onClick={() => remove(secretId)}
              >
                {t('widget.secretRemove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {shown && secrets.some(({ secretId }) => secretId === shown.secretId) ? (
        <Alert color="teal" title={t('widget.secretOnce')}>
          <LinkBox label={t('widget.secret')} value={shown.secret} />
        </Alert>
      ) : null}
      <div>
        <Button
          size="xs"
          variant="default"
          disabled={!isUp || isBusy || secrets.length >= identitySecretsMax}
          onClick={() => void make()}
        >
          {t('widget.secretMake')}
        </Button>
      </div>
    </FormRow>
  );
}
