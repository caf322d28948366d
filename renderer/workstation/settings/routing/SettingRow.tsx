import { Button, Switch } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { SettingPath } from '../../../../shared/routing/settings';
import { Fields, FormRow } from '../../ui/FormRow';
import { useText } from '../../ui/text';
import classes from './SettingRow.module.css';
import { isAsOffice, type SettingForm } from './setting-form';
import { defaultOf } from './setting-values';
import { useValueWords } from './use-value-words';

interface SettingRowProps {
  title: string;
  help: ReactNode;
  /** Completes the sentence "Applies to …". */
  applies: string;
  /** Shown in place of the switch. */
  aside?: string;
  /** The switch of this setting; `children` show while it is on. */
  switched?: { form: SettingForm; path: SettingPath } | undefined;
  children?: ReactNode;
  /** Shown whether the switch is on or off. */
  always?: ReactNode;
}

/** One setting: what it does, when it applies, its default, its switch and its figures. */
export function SettingRow({ title, help, applies, aside, switched, children, always }: SettingRowProps) {
  const t = useText();
  const helpId = useId();
  const switchWords = useSwitchWords();
  const isOn = switched ? switched.form.value(switched.path) === true : true;
  const foot = [t('settings.applies', { what: applies }), ...(switched ? switchWords(switched) : [])];
  return (
    <FormRow
      title={title}
      level={3}
      help={help}
      helpId={helpId}
      control={
        <>
          {aside ? <span className={classes.applies}>{aside}</span> : null}
          {switched ? (
            <Switch
              size="md"
              data-setting={switched.path}
              aria-label={title}
              aria-describedby={helpId}
              checked={isOn}
              onChange={(event) => switched.form.set(switched.path, event.currentTarget.checked)}
            />
          ) : null}
        </>
      }
    >
      <div className={classes.parts}>
        <p className={classes.applies}>{foot.join(' · ')}</p>
        {switched ? <OwnValue {...switched} label={title} /> : null}
        {isOn && children ? <Fields>{children}</Fields> : null}
        {always ? <Fields>{always}</Fields> : null}
      </div>
    </FormRow>
  );
}

/** Texts for a switch: its default, its saved value if it was changed, and whether it follows the office. */
function useSwitchWords(): (switched: { form: SettingForm; path: SettingPath }) => string[] {
  const t = useText();
  return ({ form, path }) => {
    const was = form.was(path);
    const words = [t(defaultOf(path) === true ? 'settings.defaultOn' : 'settings.defaultOff')];
    if (form.value(path) !== was)
      words.push(t('settings.was', { value: t(was === true ? 'common.on' : 'common.off') }));
    if (isAsOffice(form, path)) words.push(t('settings.asOffice'));
    return words;
  };
}

/** SE1: for a group's own value, shows the office's value and a button to return to it. */
export function OwnValue({ form, path, label }: { form: SettingForm; path: SettingPath; label: string }) {
  const t = useText();
  const words = useValueWords();
  if (!form.group?.isOwn(path)) return null;
  return (
    <p className={classes.own}>
      <span>{t('settings.ownValue', { value: words(path, form.group.office(path)) })}</span>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={t('settings.resetLabel', { setting: label })}
        onClick={() => form.group?.reset(path)}
      >
        {t('settings.reset')}
      </Button>
    </p>
  );
}
