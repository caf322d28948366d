import { Card } from '../../ui/Card';
import { SectionTitle } from '../../ui/Headings';
import { LinkButton } from '../../ui/LinkButton';
import { useText } from '../../ui/text';
import { NumberField, SwitchField } from './SettingFields';
import { SettingRow } from './SettingRow';
import type { SettingForm } from './setting-form';
import { type SixSetting, sixSettings } from './six-settings';

interface SixSettingsProps {
  form: SettingForm;
  onPriorities: () => void;
}

/** The six settings, each a switch with its figures. */
export function SixSettings({ form, onPriorities }: SixSettingsProps) {
  const t = useText();
  return sixSettings.map(({ title, help, settings }) => (
    <section key={title}>
      <SectionTitle title={t(title)} help={t(help)} />
      <Card>
        {settings.map((setting) => (
          <SixSettingRow key={setting.text} setting={setting} form={form} onPriorities={onPriorities} />
        ))}
      </Card>
    </section>
  ));
}

function SixSettingRow({ setting, form, onPriorities }: SixSettingsProps & { setting: SixSetting }) {
  const t = useText();
  const { text, path, figures, inner, link, helpIfAutomatic } = setting;
  const title = t(`settings.${text}`);
  const isAutomatic = form.value('reception.automatic') === true;
  const help = t(isAutomatic && helpIfAutomatic ? helpIfAutomatic : `settings.${text}Help`);
  return (
    <SettingRow
      title={title}
      help={
        link ? (
          <>
            {help} <LinkButton onClick={onPriorities}>{t(link)}</LinkButton>
          </>
        ) : (
          help
        )
      }
      applies={t(`settings.${text}Applies`)}
      aside={path === null ? `${t('settings.default')}, ${t('settings.alwaysOn')}` : ''}
      switched={path === null ? undefined : { form, path }}
      always={inner ? <SwitchField form={form} path={inner.path} label={t(inner.text)} /> : null}
    >
      {figures.length === 0
        ? null
        : figures.map(({ path, before, after, counts }) => (
            <NumberField
              key={path}
              form={form}
              path={path}
              before={t(before)}
              after={after && t(after)}
              label={counts ? t('settings.field.label', { setting: title, field: t(counts) }) : t(before)}
            />
          ))}
    </SettingRow>
  );
}
