import { Button, Popover, Stack, Switch, UnstyledButton } from '@mantine/core';
import { IconBell, IconBellOff, IconBellX } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { canNotify, requestNotify } from '../alerts/browser-notify';
import { usePreferences } from '../app/preferences';
import { useServices } from '../app/services';
import { useText } from '../ui/text';
import classes from './TopBar.module.css';

export function AlertsMenu() {
  const t = useText();
  const { chime, desktop } = useServices();
  const [{ alertsOn }, set] = usePreferences();
  const blocked = useSyncExternalStore(chime.subscribe, () => chime.blocked);
  const state = !alertsOn ? 'off' : blocked ? 'blocked' : 'on';
  const Icon = { on: IconBell, off: IconBellOff, blocked: IconBellX }[state];
  return (
    <Popover position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.pill}
          aria-label={t(`alerts.${state}`)}
          data-link={state === 'on' ? undefined : 'down'}
        >
          <Icon size={15} stroke={1.9} aria-hidden="true" />
          {t(`alerts.${state}`)}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Switch
            label={t('alerts.toggle')}
            checked={alertsOn}
            onChange={(event) => set({ alertsOn: event.currentTarget.checked })}
          />
          <p className={classes.help}>{t(state === 'blocked' ? 'alerts.blockedHelp' : 'alerts.help')}</p>
          <Button variant="default" onClick={() => void chime.play()}>
            {t('alerts.test')}
          </Button>
          {desktop === null && canNotify() === 'ask' ? (
            <Button variant="subtle" onClick={() => void requestNotify()}>
              {t('alerts.notifications')}
            </Button>
          ) : null}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
