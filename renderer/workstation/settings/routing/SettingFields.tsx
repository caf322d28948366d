import { NumberInput, Select, Switch, Textarea } from '@mantine/core';
import { useId } from 'react';
import { type SettingField, type SettingPath, settingRanges } from '../../../../shared/routing/settings';
import { useText } from '../../ui/text';
import classes from './SettingFields.module.css';
import { OwnValue } from './SettingRow';
import { isAsOffice, type SettingForm } from './setting-form';
import { defaultOf, problemOf, rangeOf } from './setting-values';
import { choiceTexts, useUnitWords, useValueWords } from './use-value-words';

interface FieldProps {
  form: SettingForm;
  path: SettingPath;
  label: string;
}

interface NumberFieldProps extends Omit<FieldProps, 'label'> {
  before: string;
  after?: string | undefined;
  /** The accessible name, if the text before the field is not enough. */
  label?: string;
}

function useAsOffice(): (form: SettingForm, path: SettingPath) => string {
  const t = useText();
  return (form, path) => (isAsOffice(form, path) ? ` · ${t('settings.asOffice')}` : '');
}

export function NumberField({ form, path, before, after, label = before }: NumberFieldProps) {
  const t = useText();
  const id = useId();
  const words = useValueWords();
  const unitWords = useUnitWords();
  const asOffice = useAsOffice();
  const { min, max } = rangeOf(path);
  const field: SettingField = settingRanges[path];
  const unit = field.kind === 'number' ? unitWords(field.unit) : '';
  const value = form.value(path);
  const was = form.was(path);
  const problem = problemOf(path, value);
  const range = t('settings.range', { min, max, unit }).trim();
  const standing =
    value === was
      ? t('settings.defaultValue', { value: words(path, defaultOf(path)) })
      : t('settings.was', { value: words(path, was) });
  return (
    <div className={classes.box}>
      <span className={classes.field}>
        {before === '' ? null : <span>{before}</span>}
        <NumberInput
          className={classes.number}
          size="xs"
          hideControls
          data-setting={path}
          aria-label={label}
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
          {problem === null ? `${range} · ${standing}${asOffice(form, path)}` : t(`settings.${problem}`, { min, max })}
        </span>
      </span>
      <OwnValue form={form} path={path} label={label} />
    </div>
  );
}

export function SwitchField({ form, path, label }: FieldProps) {
  return (
    <div className={classes.box}>
      <Switch
        size="sm"
        data-setting={path}
        label={label}
        checked={form.value(path) === true}
        onChange={(event) => form.set(path, event.currentTarget.checked)}
      />
      <OwnValue form={form} path={path} label={label} />
    </div>
  );
}

export function ChoiceField({ form, path, label }: FieldProps) {
  const t = useText();
  const words = useValueWords();
  const asOffice = useAsOffice();
  const field: SettingField = settingRanges[path];
  const choices = field.kind === 'choice' ? field.choices : [];
  return (
    <div className={classes.box}>
      <span className={classes.field}>
        <Select
          size="xs"
          w={240}
          data-setting={path}
          aria-label={label}
          allowDeselect={false}
          data={choices.map((value) => ({ value, label: t(choiceTexts[value] ?? 'settings.default') }))}
          value={String(form.value(path))}
          onChange={(next) => form.set(path, next)}
        />
        <span className={classes.range}>
          {t('settings.defaultValue', { value: words(path, defaultOf(path)) })}
          {asOffice(form, path)}
        </span>
      </span>
      <OwnValue form={form} path={path} label={label} />
    </div>
  );
}

interface TextFieldProps extends FieldProps {
  /** The built-in text, in the user's language. */
  builtIn: string;
}

/** A text for customers: the built-in one, the office's own, or none. */
export function TextField({ form, path, label, builtIn }: TextFieldProps) {
  const t = useText();
  const id = useId();
  const asOffice = useAsOffice();
  const field: SettingField = settingRanges[path];
  const max = field.kind === 'text' ? field.maxLength : 0;
  const value = form.value(path);
  const problem = problemOf(path, value);
  const kind = value === null ? 'builtIn' : value === '' ? 'nothing' : 'own';
  return (
    <div className={classes.text}>
      <Textarea
        size="xs"
        rows={2}
        data-setting={path}
        aria-label={label}
        aria-describedby={`${id}-means`}
        placeholder={kind === 'builtIn' ? builtIn : ''}
        value={typeof value === 'string' ? value : ''}
        error={problem !== null}
        onChange={(event) => form.set(path, event.currentTarget.value)}
      />
      <span
        className={classes.range}
        id={`${id}-means`}
        data-wrong={problem !== null}
        role={problem ? 'alert' : undefined}
      >
        {problem === null
          ? `${t(`settings.text.${kind}Help`, { max })}${asOffice(form, path)}`
          : t('settings.tooLong', { max })}
      </span>
      <Switch
        size="xs"
        label={t('settings.text.useBuiltIn')}
        aria-label={t('settings.text.useBuiltInFor', { setting: label })}
        checked={value === null}
        onChange={(event) => form.set(path, event.currentTarget.checked ? null : '')}
      />
      <OwnValue form={form} path={path} label={label} />
    </div>
  );
}
