import { Button, Group, Modal, Stack, Switch, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import type { DesktopApi } from '../../../shared/desktop-api';
import { useServices } from '../services/services';
import { useText } from '../ui/text';

/** Settings of the app on this machine, the same for every user: start at sign-in, log, support file. */
export function MachineDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const { desktop } = useServices();
  return (
    <Modal opened onClose={onClose} title={t('machine.title')} transitionProps={{ duration: 0 }} returnFocus={false}>
      {desktop ? <Machine desktop={desktop} /> : null}
    </Modal>
  );
}

function Machine({ desktop }: { desktop: DesktopApi }) {
  const t = useText();
  const [version, setVersion] = useState('');
  const [starts, setStarts] = useState<boolean | null>(null);
  useEffect(() => {
    const read = async () => {
      setVersion((await desktop.call('app.info')).version);
      setStarts(await desktop.call('autoStart.read'));
    };
    read().catch(() => {});
  }, [desktop]);

  const attempt = (work: Promise<unknown>) =>
    work.catch(() => notifications.show({ color: 'red', message: t('machine.failed'), autoClose: 9_000 }));
  const startWithComputer = async (on: boolean) => {
    await attempt(desktop.call('autoStart.write', on));
    setStarts(await desktop.call('autoStart.read'));
  };
  return (
    <Stack gap="md">
      <Switch
        label={t('machine.autoStart')}
        description={t('machine.autoStartHelp')}
        checked={starts ?? false}
        disabled={starts === null}
        onChange={(event) => void startWithComputer(event.currentTarget.checked)}
      />
      <div>
        <Text size="sm">{t('machine.logHelp')}</Text>
        <Group gap="xs" mt="xs">
          <Button variant="default" onClick={() => void attempt(desktop.call('log.showFolder'))}>
            {t('machine.log')}
          </Button>
          <Button variant="default" onClick={() => void attempt(desktop.call('support.save'))}>
            {t('machine.support')}
          </Button>
        </Group>
      </div>
      <Text size="sm" c="dimmed">
        {t('machine.version', { version })}
      </Text>
    </Stack>
  );
}
