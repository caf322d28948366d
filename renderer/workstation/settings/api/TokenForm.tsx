import { Button, Checkbox, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Scope } from '../../../../shared/protocol/api-tokens';
import { nameMax } from '../../../../shared/protocol/limits';
import { useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { DialogFoot } from '../../ui/DialogFoot';
import { useText } from '../../ui/text';

const scopes: readonly Scope[] = ['conversations:read', 'conversations:write', 'messages:write', 'customers:read'];

interface TokenFormProps {
  onDone: () => void;
  onMade: (made: { name: string; token: string }) => void;
}

/** A new token: its name, which customers see as well, and what it may do. */
export function TokenForm({ onDone, onMade }: TokenFormProps) {
  const t = useText();
  const session = useSession();
  const { isUp, isBusy, save } = useSave();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<Scope[]>([]);
  const submit = async () => {
    const answer = await save(() => session.send({ op: 'apiToken.make', name, scopes: chosen }));
    if (!answer) return;
    // A repeated command is answered without the token, which then has to be revoked and made anew.
    if (answer.result) onMade({ name, token: answer.result.token });
    onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('api.name')}
          description={t('api.nameHelp')}
          maxLength={nameMax}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Checkbox.Group
          label={t('api.scopes')}
          description={t('api.scopesHelp')}
          value={chosen}
          onChange={(next) => setChosen(scopes.filter((each) => next.includes(each)))}
        >
          <Stack gap="xs" mt="xs">
            {scopes.map((each) => (
              <Checkbox key={each} value={each} label={t(`api.scope.${each}`)} description={each} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Stack>
      <DialogFoot onCancel={onDone}>
        <Button type="submit" disabled={!isUp || isBusy || name.trim() === '' || chosen.length === 0}>
          {t('api.make')}
        </Button>
      </DialogFoot>
    </form>
  );
}
