import { type SettingField, type SettingPath, settingRanges } from '../../../../shared/routing/settings';
import type { TextKey } from '../../../../shared/text/workstation-text';
import { useText } from '../../ui/text';
import type { SettingValue } from './setting-values';

/** The text of each choice. */
export const choiceTexts: Record<string, TextKey> = {
  wait: 'settings.whenNobodyOnline.wait',
  leaveMessage: 'settings.leaveMessage',
  end: 'settings.afterMaxWait.end',
};

type Unit = Extract<SettingField, { kind: 'number' }>['unit'];

const unitTexts: Record<Unit, TextKey | null> = {
  seconds: 'settings.unit.s',
  minutes: 'settings.unit.min',
  days: 'settings.unit.days',
  count: null,
};

/** What follows a number; empty for a plain count. */
export function useUnitWords(): (unit: Unit) => string {
  const t = useText();
  return (unit) => {
    const text = unitTexts[unit];
    return text === null ? '' : t(text);
  };
}

/** A setting's value in words. */
export function useValueWords(): (path: SettingPath, value: SettingValue) => string {
  const t = useText();
  const unitWords = useUnitWords();
  return (path, value) => {
    const field: SettingField = settingRanges[path];
    switch (field.kind) {
      case 'switch':
        return t(value === true ? 'common.on' : 'common.off');
      case 'number': {
        return `${value} ${unitWords(field.unit)}`.trim();
      }
      case 'choice': {
        const text = choiceTexts[String(value)];
        return text === undefined ? String(value) : t(text);
      }
      case 'text':
        return value === null ? t('settings.text.builtIn') : value === '' ? t('settings.text.nothing') : `“${value}”`;
    }
  };
}
