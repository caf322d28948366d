import { UnstyledButton } from '@mantine/core';
import type { TextKey } from '../../../../shared/text/workstation-text';
import { useText } from '../../ui/text';
import classes from '../SettingsPage.module.css';
import { NumberField, SwitchField } from './SettingFields';
import { SettingRow } from './SettingRow';
import type { SettingForm } from './setting-form';

/** Conversation routing and conversation reception: the six settings, each a switch with its figures. */
export function SixSettings({ form, onPriorities }: { form: SettingForm; onPriorities: () => void }) {
  const t = useText();
  const automatic = form.value('reception.automatic') === true;
  const label = (setting: TextKey, field: TextKey) =>
    t('settings.field.label', { setting: t(setting), field: t(field) });
  return (
    <>
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
    </>
  );
}
