import { UnstyledButton } from '@mantine/core';
import { useRef } from 'react';
import type { SettingPath } from '../../../shared/routing/settings';
import type { Settings } from '../../../shared/routing/types';
import type { TextKey } from '../../../shared/text/workstation-text';
import { useOffice } from '../session/session-context';
import { PaneLoading } from '../ui/Pane';
import { useText } from '../ui/text';
import { SaveBar } from './SaveBar';
import { NumberField, SettingRow, SwitchField } from './SettingRow';
import classes from './SettingsPage.module.css';
import { type SettingChanges, type SettingValue, settingOf, withoutSame } from './setting-values';

interface RoutingPageProps {
  changes: SettingChanges;
  onChanges: (changes: SettingChanges) => void;
  onPriorities: () => void;
}

/** Conversation routing and conversation reception: the six settings and their finer points. */
export function RoutingPage(props: RoutingPageProps) {
  const t = useText();
  const settings = useOffice((state) => state.settings);
  if (!settings) return <PaneLoading label={t('settings.loading')} />;
  return <Loaded {...props} settings={settings} />;
}

function Loaded({ changes, onChanges, onPriorities, settings }: RoutingPageProps & { settings: Settings }) {
  const t = useText();
  const left = withoutSame(changes, settings);
  const atStart = useRef(settings);
  const elsewhere = atStart.current !== settings && Object.keys(left).length > 0;
  const value = (path: SettingPath): SettingValue => (path in left ? (left[path] ?? '') : settingOf(settings, path));
  const form = {
    value,
    was: (path: SettingPath) => settingOf(settings, path),
    set: (path: SettingPath, next: SettingValue) => onChanges(withoutSame({ ...changes, [path]: next }, settings)),
  };
  const automatic = value('reception.automatic') === true;
  const label = (setting: TextKey, field: TextKey) =>
    t('settings.field.label', { setting: t(setting), field: t(field) });
  return (
    <div className={classes.content}>
      <h1 className={classes.title}>{t('settings.page.routing')}</h1>
      <h2 className={classes.section}>
        {t('settings.routing')} <span>· {t('settings.routingHelp')}</span>
      </h2>
      <div className={classes.card}>
        <SettingRow
          title={t('settings.fcfs')}
          help={t('settings.fcfsHelp')}
          applies={t('settings.fcfsApplies')}
          aside={`${t('settings.default')}, ${t('settings.alwaysOn')}`}
        />
        <SettingRow
          title={t('settings.agentPriority')}
          help={
            <>
              {t('settings.agentPriorityHelp')}{' '}
              <UnstyledButton className={classes.linkButton} onClick={onPriorities}>
                {t('settings.agentPriorityLink')}
              </UnstyledButton>
            </>
          }
          applies={t('settings.agentPriorityApplies')}
          form={form}
          path="routing.agentPriority"
        >
          <NumberField
            form={form}
            path="routing.priorityHoldSeconds"
            before={t('settings.priorityHold')}
            after={t('settings.zeroOff')}
          />
        </SettingRow>
        <SettingRow
          title={t('settings.lastReceptionist')}
          help={t('settings.lastReceptionistHelp')}
          applies={t('settings.lastReceptionistApplies')}
          form={form}
          path="routing.lastReceptionist"
        >
          <NumberField
            form={form}
            path="routing.lastReceptionistDays"
            before={t('settings.lastReceptionistDays')}
            label={label('settings.lastReceptionist', 'settings.days')}
          />
          <NumberField
            form={form}
            path="routing.lastReceptionistHoldSeconds"
            before={t('settings.lastReceptionistHold')}
            label={label('settings.lastReceptionist', 'settings.seconds')}
          />
        </SettingRow>
      </div>
      <h2 className={classes.section}>
        {t('settings.reception')} <span>· {t('settings.receptionHelp')}</span>
      </h2>
      <div className={classes.card}>
        <SettingRow
          title={t('settings.automatic')}
          help={t('settings.automaticHelp')}
          applies={t('settings.automaticApplies')}
          form={form}
          path="reception.automatic"
          always={<SwitchField form={form} path="reception.agentMayChoose" label={t('settings.agentMayChoose')} />}
        />
        <SettingRow
          title={t('settings.redirect')}
          help={t(automatic ? 'settings.redirectHelpAutomatic' : 'settings.redirectHelp')}
          applies={t('settings.redirectApplies')}
          form={form}
          path="reception.redirect.enabled"
        >
          <NumberField
            form={form}
            path="reception.redirect.afterSeconds"
            before={t('settings.after')}
            label={label('settings.redirect', 'settings.seconds')}
          />
        </SettingRow>
        <SettingRow
          title={t('settings.shortBreak')}
          help={t('settings.shortBreakHelp')}
          applies={t('settings.shortBreakApplies')}
          form={form}
          path="reception.shortBreak.enabled"
        >
          <NumberField
            form={form}
            path="reception.shortBreak.afterSeconds"
            before={t('settings.after')}
            label={label('settings.shortBreak', 'settings.seconds')}
          />
          <NumberField
            form={form}
            path="reception.shortBreak.misses"
            before={t('settings.shortBreakAnd')}
            after={t('settings.shortBreakMisses')}
            label={label('settings.shortBreak', 'settings.misses')}
          />
          <NumberField
            form={form}
            path="reception.shortBreak.endAfterSeconds"
            before={t('settings.shortBreakEnd')}
            after={t('settings.shortBreakEndHelp')}
          />
        </SettingRow>
      </div>
      <h2 className={classes.section}>
        {t('settings.details')} <span>· {t('settings.detailsHelp')}</span>
      </h2>
      <div className={classes.card}>
        <Detail form={form} path="routing.agentsMayClaim" title={t('settings.agentsMayClaim')} />
        <Detail form={form} path="routing.claimBeyondCapacity" title={t('settings.claimBeyondCapacity')} />
        <Detail form={form} path="routing.transferBeyondCapacity" title={t('settings.transferBeyondCapacity')} />
        <Detail form={form} path="reception.maxRedirects" title={t('settings.maxRedirects')} number />
        <Detail form={form} path="reception.roundPauseSeconds" title={t('settings.roundPause')} number />
        <Detail form={form} path="wrapUpSeconds" title={t('settings.wrapUp')} number />
      </div>
      <SaveBar changes={left} elsewhere={elsewhere} onSaved={() => onChanges({})} onDiscard={() => onChanges({})} />
    </div>
  );
}

type Form = Parameters<typeof NumberField>[0]['form'];

function Detail({
  form,
  path,
  title,
  number = false,
}: {
  form: Form;
  path: SettingPath;
  title: string;
  number?: boolean;
}) {
  if (!number) return <SettingRow title={title} form={form} path={path} />;
  return <SettingRow title={title} control={<NumberField form={form} path={path} label={title} before="" />} />;
}
