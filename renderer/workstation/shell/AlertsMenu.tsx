import { Button, Group, Popover, Stack, Switch, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconBell, IconBellExclamation, IconBellOff, IconCircleCheck } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { type AlertProblem, alertProblems } from '../alerts/alert-health';
import { requestNotify } from '../alerts/browser-notify';
import { useRehearsal } from '../alerts/use-rehearsal';
import { usePreferences } from '../services/preferences';
import { useServices } from '../services/services';
import { useIsUp } from '../session/session-context';
import { useText } from '../ui/text';
import { useTimes } from '../ui/use-times';
import classes from './TopBar.module.css';

/** Shows whether alerts will reach this agent: no complaint about such apps is louder than a missed chat. */
export function AlertsMenu() {
  const t = useText();
  const problems = useAlertProblems();
  const [{ alertsOn, wordsOn }, set] = usePreferences();
  // A missing test is mentioned in the menu, but is no reason for a permanent warning.
  const grave = problems.filter((problem) => problem !== 'notTested');
  const state = !alertsOn ? 'off' : grave.includes('blocked') ? 'blocked' : grave.length > 0 ? 'check' : 'on';
  const Icon = { on: IconBell, off: IconBellOff, blocked: IconBellExclamation, check: IconBellExclamation }[state];
  return (
    <Popover position="bottom-end" width={340} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.pill}
          aria-label={t(`alerts.${state}`)}
          data-link={state === 'on' ? undefined : 'down'}
        >
          <Icon size={15} stroke={1.9} aria-hidden="true" />
          <span className={classes.words}>{t(`alerts.${state}`)}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Switch
            label={t('alerts.toggle')}
            checked={alertsOn}
            onChange={(event) => set({ alertsOn: event.currentTarget.checked })}
          />
          <p className={classes.help}>{t('alerts.help')}</p>
          <Switch
            label={t('alerts.words')}
            checked={wordsOn}
            onChange={(event) => set({ wordsOn: event.currentTarget.checked })}
          />
          <p className={classes.help}>{t('alerts.wordsHelp')}</p>
          <Health problems={problems} />
          <RehearsalButtons />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function useAlertProblems(): AlertProblem[] {
  const { chime, notifications } = useServices();
  const [{ alertsOn, alertTest }] = usePreferences();
  const soundBlocked = useSyncExternalStore(chime.subscribe, () => chime.blocked);
  const linkUp = useIsUp();
  return alertProblems({ alertsOn, soundBlocked, linkUp, notifications: notifications(), lastTest: alertTest });
}

function Health({ problems }: { problems: AlertProblem[] }) {
  const t = useText();
  const { dayAndTime } = useTimes();
  const { notifications } = useServices();
  const [{ alertTest }] = usePreferences();
  return (
    <ul className={classes.health} aria-label={t('alerts.health')}>
      {problems.length === 0 && alertTest ? (
        <li className={classes.healthLine} data-good>
          <IconCircleCheck size={16} aria-hidden="true" />
          {t('alerts.healthy', { time: dayAndTime(alertTest.at) })}
        </li>
      ) : null}
      {problems.map((problem) => (
        <li key={problem} className={classes.healthLine}>
          <IconAlertTriangle size={16} aria-hidden="true" />
          {t(`alerts.problem.${problem}`)}
        </li>
      ))}
      {problems.includes('notificationsNotAllowed') && notifications() === 'ask' ? (
        <li>
          <Button variant="subtle" size="compact-sm" onClick={() => void requestNotify()}>
            {t('alerts.notifications')}
          </Button>
        </li>
      ) : null}
    </ul>
  );
}

function RehearsalButtons() {
  const t = useText();
  const { state, silent, start, answer } = useRehearsal();
  if (state === 'idle')
    return (
      <Button variant="default" onClick={start}>
        {t('alerts.test')}
      </Button>
    );
  return (
    <div role="status">
      <p className={classes.help}>{t(silent ? 'alerts.problem.blocked' : 'alerts.asked')}</p>
      <Group gap="xs" mt="xs">
        <Button size="xs" disabled={silent} onClick={() => answer(true)}>
          {t('alerts.noticed')}
        </Button>
        <Button size="xs" variant="default" onClick={() => answer(false)}>
          {t('alerts.notNoticed')}
        </Button>
        <Button size="xs" variant="subtle" onClick={start}>
          {t('alerts.again')}
        </Button>
      </Group>
    </div>
  );
}
