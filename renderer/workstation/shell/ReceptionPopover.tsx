import { Button, NumberInput, SegmentedControl, Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import type { SettingPath } from '../../../shared/routing/settings';
import type { ReceptionForMe } from '../session/reception';
import { useIsSupervisor, useMyId, useOffice, useSession } from '../session/session-context';
import { useAct } from '../session/use-act';
import { patchOf, problemOf, rangeOf, settingOf } from '../settings/routing/setting-values';
import { useText } from '../ui/text';
import { meaning } from './reception-words';
import classes from './TopBar.module.css';

/** The three reception switches, for supervisors, and an agent's own switch where the office allows one. */
export function ReceptionPopover({ reception, onSettings }: { reception: ReceptionForMe; onSettings: () => void }) {
  const t = useText();
  const supervisor = useIsSupervisor();
  return (
    <Stack gap="sm">
      <p className={classes.help}>{meaning(t, reception)}</p>
      {reception.mayChoose ? <OwnChoice /> : null}
      <span className={classes.section}>{t('reception.forOffice')}</span>
      <SwitchRow label={t('settings.automatic')} path="reception.automatic" disabled={!supervisor} />
      <SwitchRow
        label={t('settings.redirect')}
        path="reception.redirect.enabled"
        seconds="reception.redirect.afterSeconds"
        disabled={!supervisor}
      />
      <SwitchRow
        label={t('settings.shortBreak')}
        path="reception.shortBreak.enabled"
        seconds="reception.shortBreak.afterSeconds"
        disabled={!supervisor}
      />
      {reception.overridden > 0 ? (
        <p className={classes.help}>{t('reception.overridden', { count: reception.overridden })}</p>
      ) : null}
      {supervisor ? (
        <Button variant="subtle" size="compact-sm" onClick={onSettings} justify="flex-start" px={0}>
          {t('reception.allSettings')}
        </Button>
      ) : (
        <p className={classes.help}>{t('reception.onlySupervisor')}</p>
      )}
    </Stack>
  );
}

function OwnChoice() {
  const t = useText();
  const act = useAct();
  const session = useSession();
  const myId = useMyId();
  const own = useOffice((state) => state.agents.get(myId)?.automatic ?? null);
  const choices = { office: null, automatic: true, manual: false } as const;
  type Choice = keyof typeof choices;
  return (
    <Stack gap={6}>
      <span className={classes.section}>{t('reception.mine')}</span>
      <SegmentedControl
        size="xs"
        aria-label={t('reception.mine')}
        value={own === null ? 'office' : own ? 'automatic' : 'manual'}
        data={[
          { value: 'office', label: t('reception.asOffice') },
          { value: 'automatic', label: t('reception.automatic') },
          { value: 'manual', label: t('reception.manual') },
        ]}
        onChange={(value) => act(session.send({ op: 'reception.set', automatic: choices[value as Choice] }))}
      />
      <p className={classes.help}>{t('reception.mineHelp')}</p>
    </Stack>
  );
}

interface RowProps {
  label: string;
  path: SettingPath;
  seconds?: SettingPath;
  disabled: boolean;
}

function SwitchRow({ label, path, seconds, disabled }: RowProps) {
  const t = useText();
  const act = useAct();
  const session = useSession();
  const settings = useOffice((state) => state.settings);
  if (!settings) return null;
  const save = (at: SettingPath, value: boolean | number) =>
    act(session.send({ op: 'settings.update', settings: patchOf({ [at]: value }) }));
  const on = settingOf(settings, path) === true;
  return (
    <div className={classes.row}>
      <Switch
        label={label}
        checked={on}
        disabled={disabled}
        onChange={(event) => save(path, event.currentTarget.checked)}
      />
      {seconds && on ? (
        <Seconds
          key={String(settingOf(settings, seconds))}
          label={t('settings.field.label', { setting: label, field: t('settings.seconds') })}
          path={seconds}
          initial={Number(settingOf(settings, seconds))}
          disabled={disabled}
          onSave={(value) => save(seconds, value)}
        />
      ) : null}
    </div>
  );
}

interface SecondsProps {
  label: string;
  path: SettingPath;
  initial: number;
  disabled: boolean;
  onSave: (value: number) => void;
}

/** Takes effect on blur or Enter, not with every digit. */
function Seconds({ label, path, initial, disabled, onSave }: SecondsProps) {
  const t = useText();
  const [value, setValue] = useState<number | string>(initial);
  const { min, max } = rangeOf(path);
  const wrong = problemOf(path, value) !== null;
  const commit = () => {
    if (!wrong && value !== initial) onSave(Number(value));
  };
  return (
    <NumberInput
      className={classes.seconds}
      size="xs"
      aria-label={label}
      title={t('settings.range', { min, max, unit: t('settings.unit.s') })}
      suffix={` ${t('settings.unit.s')}`}
      hideControls
      value={value}
      error={wrong}
      disabled={disabled}
      onChange={setValue}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}
