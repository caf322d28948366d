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

/** A setting's value in words. */
export function useValueWords(): (path: SettingPath, value: SettingValue) => string {
  const t = useText();
  return (path, value) => {
    const field: SettingField = settingRanges[path];
    switch (field.kind) {
      case 'switch':
        return t(value === true ? 'common.on' : 'common.off');
      case 'number': {
        const unit = { seconds: t('settings.unit.s'), days: t('settings.unit.days'), count: '' }[field.unit];
        return `${value} ${unit}`.trim();
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
