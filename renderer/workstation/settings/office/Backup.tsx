import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { AgentResult } from '../../../../shared/protocol/agent-results';
import { useApp } from '../../lifecycle/app-context';
import { useServices } from '../../services/services';
import { useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { FormRow } from '../../ui/FormRow';
import { isFitPassphrase, NewPassphrase, noPassphrase } from '../../ui/NewPassphrase';
import { useText } from '../../ui/text';

type Kind = 'sealed' | 'plain';

/** A backup of all the hub's data in one file, made without stopping the hub. */
export function Backup() {
  const t = useText();
  const session = useSession();
  const { isUp, isBusy, save } = useSave();
  const { desktop } = useServices();
  const phase = useApp().store.getState();
  const isHost = phase.phase === 'work' && phase.profile.mode === 'host';
  const [kind, setKind] = useState<Kind>('sealed');
  const [typed, setTyped] = useState(noPassphrase);
  const [made, setMade] = useState<AgentResult<'office.backup'> | null>(null);
  const isFit = kind === 'plain' || isFitPassphrase(typed);

  const make = async () => {
    const passphrase = kind === 'plain' ? null : typed.passphrase;
    const done = await save(() => session.ask({ op: 'office.backup', passphrase }));
    if (!done) return;
    setMade(done.result ?? null);
    setTyped(noPassphrase);
  };
  return (
    <FormRow
      title={t('backup.title')}
      help={t('backup.help')}
      onSubmit={() => {
        if (isFit) void make();
      }}
    >
      <Radio.Group value={kind} onChange={(value) => setKind(value as Kind)} aria-label={t('backup.title')}>
        <Stack gap="xs">
          <Radio value="sealed" label={t('backup.sealed')} description={t('backup.sealedHelp')} />
          <Radio value="plain" label={t('backup.plain')} description={t('backup.plainHelp')} />
        </Stack>
      </Radio.Group>
      {kind === 'sealed' ? (
        <NewPassphrase label={t('backup.passphrase')} againLabel={t('backup.again')} typed={typed} onType={setTyped} />
      ) : null}
      <Group gap="sm">
        <Button type="submit" variant="default" size="xs" loading={isBusy} disabled={!isUp || !isFit}>
          {t('backup.go')}
        </Button>
        {isHost ? (
          <Button variant="subtle" size="xs" onClick={() => void desktop?.call('hub.showFolder')}>
            {t('backup.show')}
          </Button>
        ) : null}
      </Group>
      {made && !isBusy ? (
        <Text size="sm" role="status">
          {t('backup.made', { file: made.fileName, size: sizeText(made.bytes) })}
        </Text>
      ) : null}
    </FormRow>
  );
}

function sizeText(bytes: number): string {
  const [size, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${size.toFixed(1)} ${unit}`;
}
