import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useOffice, useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { FormRow } from '../../ui/FormRow';
import { isFitPassphrase, NewPassphrase, noPassphrase } from '../../ui/NewPassphrase';
import { useText } from '../../ui/text';

/** A passphrase signs a supervisor in on the hub's machine; on others another supervisor has to confirm, too. */
export function ChangePassphrase() {
  const t = useText();
  const session = useSession();
  const { isUp, isBusy, save } = useSave();
  const hasOne = useOffice((state) => state.passphrase?.own !== 'none');
  const [old, setOld] = useState('');
  const [typed, setTyped] = useState(noPassphrase);
  const isFit = (old !== '' || !hasOne) && isFitPassphrase(typed);

  const change = async () => {
    const command = { op: 'passphrase.change', ...(hasOne ? { old } : {}), new: typed.passphrase } as const;
    if (!(await save(() => session.ask(command), t('passphrase.changed')))) return;
    setOld('');
    setTyped(noPassphrase);
  };
  return (
    <FormRow
      title={t('passphrase.title')}
      help={t(hasOne ? 'passphrase.help' : 'passphrase.helpNone')}
      onSubmit={() => {
        if (isFit) void change();
      }}
    >
      {hasOne ? (
        <PasswordInput
          label={t('passphrase.old')}
          value={old}
          autoComplete="current-password"
          onChange={(event) => setOld(event.currentTarget.value)}
        />
      ) : null}
      <NewPassphrase label={t('passphrase.new')} againLabel={t('passphrase.again')} typed={typed} onType={setTyped} />
      <Button type="submit" variant="default" size="xs" loading={isBusy} disabled={!isFit || !isUp}>
        {t(hasOne ? 'passphrase.go' : 'passphrase.goFirst')}
      </Button>
    </FormRow>
  );
}
