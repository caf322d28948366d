import { Button, Switch } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { SettingPath } from '../../../../shared/routing/settings';
import { useText } from '../../ui/text';
import classes from '../SettingsPage.module.css';
import { isAsOffice, type SettingForm } from './setting-form';
import { defaultOf } from './setting-values';
import { useValueWords } from './use-value-words';

interface SettingRowProps {
  title: string;
  help?: ReactNode;
  /** Completes the sentence "Applies to …". */
  applies?: string;
  aside?: string;
  form?: SettingForm;
  /** The switch of this setting; what is inside shows while it is on. */
  path?: SettingPath;
  children?: ReactNode;
  /** Shown whether the switch is on or off. */
  always?: ReactNode;
}

/** One setting: what it does, when it applies, its default, its switch and its figures. */
export function SettingRow({ title, help, applies, aside, form, path, children, always }: SettingRowProps) {
  const t = useText();
  const id = useId();
  const on = form && path ? form.value(path) === true : true;
  const changed = form && path ? form.value(path) !== form.was(path) : false;
  const foot = [
    applies === undefined ? null : t('settings.applies', { what: applies }),
    path === undefined ? null : t(defaultOf(path) === true ? 'settings.defaultOn' : 'settings.defaultOff'),
    changed && form && path
      ? t('settings.was', { value: t(form.was(path) === true ? 'common.on' : 'common.off') })
      : null,
    form && path && isAsOffice(form, path) ? t('settings.asOffice') : null,
  ].filter((part) => part !== null);
  return (
    <div className={classes.setting}>
      <div className={classes.settingWords}>
        <h3 className={classes.settingTitle} id={`${id}-title`}>
          {title}
        </h3>
        {help ? (
          <p className={classes.help} id={`${id}-help`}>
            {help}
          </p>
        ) : null}
        {foot.length > 0 ? <p className={classes.applies}>{foot.join(' · ')}</p> : null}
        {form && path ? <OwnValue form={form} path={path} label={title} /> : null}
        {on && children ? <div className={classes.fields}>{children}</div> : null}
        {always ? <div className={classes.fields}>{always}</div> : null}
      </div>
      <div className={classes.control}>
        {aside ? <span className={classes.applies}>{aside}</span> : null}
        {form && path ? (
          <Switch
            size="md"
            data-setting={path}
            aria-label={title}
            aria-describedby={help ? `${id}-help` : undefined}
            checked={on}
            onChange={(event) => form.set(path, event.currentTarget.checked)}
          />
        ) : null}
      </div>
    </div>
  );
}

/** SE1: in a group's form, that the value is the group's own, what the office has, and the way back to it. */
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
