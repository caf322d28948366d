import { NumberInput, Switch } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { type SettingField, type SettingPath, settingRanges } from '../../../shared/routing/settings';
import { useText } from '../ui/text';
import classes from './SettingsPage.module.css';
import { defaultOf, problemOf, rangeOf, type SettingValue } from './setting-values';

/** The values on screen and how to change one. */
export interface SettingForm {
  value(path: SettingPath): SettingValue;
  was(path: SettingPath): SettingValue;
  set(path: SettingPath, value: SettingValue): void;
}

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
  control?: ReactNode;
}

/** One setting: what it does, when it applies, its default, its switch and its figures. */
export function SettingRow({ title, help, applies, aside, form, path, children, always, control }: SettingRowProps) {
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
        {on && children ? <div className={classes.fields}>{children}</div> : null}
        {always ? <div className={classes.fields}>{always}</div> : null}
      </div>
      <div className={classes.control}>
        {aside ? <span className={classes.applies}>{aside}</span> : null}
        {control}
        {form && path ? (
          <Switch
            size="md"
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

interface NumberFieldProps {
  form: SettingForm;
  path: SettingPath;
  before: string;
  after?: string;
  /** The accessible name, where the words before it do not say enough. */
  label?: string;
}

export function NumberField({ form, path, before, after, label }: NumberFieldProps) {
  const t = useText();
  const id = useId();
  const { min, max } = rangeOf(path);
  const field: SettingField = settingRanges[path];
  const unitOf = { seconds: t('settings.unit.s'), days: t('settings.unit.days'), count: '' };
  const unit = field.kind === 'number' ? unitOf[field.unit] : '';
  const value = form.value(path);
  const was = form.was(path);
  const problem = problemOf(path, value);
  const withUnit = (figure: SettingValue) => `${figure} ${unit}`.trim();
  const range = t('settings.range', { min, max, unit }).trim();
  const standing =
    value === was
      ? t('settings.defaultValue', { value: withUnit(defaultOf(path)) })
      : t('settings.was', { value: withUnit(was) });
  return (
    <span className={classes.field}>
      {before === '' ? null : <span>{before}</span>}
      <NumberInput
        className={classes.number}
        size="xs"
        hideControls
        aria-label={label ?? before}
        aria-describedby={`${id}-range`}
        suffix={unit === '' ? '' : ` ${unit}`}
        allowDecimal={false}
        value={typeof value === 'number' ? value : String(value ?? '')}
        error={problem !== null}
        onChange={(next) => form.set(path, next)}
      />
      {after === undefined ? null : <span>{after}</span>}
      <span
        className={classes.range}
        id={`${id}-range`}
        data-wrong={problem !== null}
        role={problem ? 'alert' : undefined}
      >
        {problem === null ? `${range} · ${standing}` : t(`settings.${problem}`, { min, max })}
      </span>
    </span>
  );
}

export function SwitchField({ form, path, label }: { form: SettingForm; path: SettingPath; label: string }) {
  return (
    <Switch
      size="sm"
      label={label}
      checked={form.value(path) === true}
      onChange={(event) => form.set(path, event.currentTarget.checked)}
    />
  );
}
