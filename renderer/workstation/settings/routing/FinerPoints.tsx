import type { SettingPath } from '../../../../shared/routing/settings';
import { customerEn } from '../../../../shared/text/customer-en';
import { customerZh } from '../../../../shared/text/customer-zh';
import type { TextKey } from '../../../../shared/text/workstation-text';
import { Card } from '../../ui/Card';
import { SectionTitle } from '../../ui/Headings';
import { useLanguage, useText } from '../../ui/text';
import { ChoiceField, NumberField, TextField } from './SettingFields';
import { SettingRow } from './SettingRow';
import type { SettingForm } from './setting-form';
import { isForGroups } from './setting-values';
import type { SettingStem } from './six-settings';

type CustomerKey = keyof typeof customerEn;
type Point = { path: SettingPath; text: SettingStem } & (
  | { kind: 'switch' | 'number' | 'choice' }
  | { kind: 'text'; builtIn: CustomerKey }
);

const sections: readonly { title: TextKey; help: TextKey; points: readonly Point[] }[] = [
  {
    title: 'settings.details',
    help: 'settings.detailsHelp',
    points: [
      { path: 'routing.agentsMayClaim', text: 'agentsMayClaim', kind: 'switch' },
      { path: 'routing.claimBeyondCapacity', text: 'claimBeyondCapacity', kind: 'switch' },
      { path: 'routing.transferBeyondCapacity', text: 'transferBeyondCapacity', kind: 'switch' },
      { path: 'reception.maxRedirects', text: 'maxRedirects', kind: 'number' },
      { path: 'reception.roundPauseSeconds', text: 'roundPause', kind: 'number' },
      { path: 'wrapUpSeconds', text: 'wrapUp', kind: 'number' },
    ],
  },
  {
    title: 'settings.waiting',
    help: 'settings.waitingHelp',
    points: [
      { path: 'queue.maxWaitSeconds', text: 'maxWait', kind: 'number' },
      { path: 'queue.afterMaxWait', text: 'afterMaxWait', kind: 'choice' },
      { path: 'queue.whenNobodyOnline', text: 'whenNobodyOnline', kind: 'choice' },
      { path: 'assistant.answerWithinSeconds', text: 'answerWithin', kind: 'number' },
      { path: 'unanswered.alertMinutes', text: 'unanswered', kind: 'number' },
      { path: 'customerSilenceSeconds', text: 'customerSilence', kind: 'number' },
      { path: 'reopenMinutes', text: 'reopen', kind: 'number' },
    ],
  },
  {
    title: 'settings.texts',
    help: 'settings.textsHelp',
    points: [
      { path: 'texts.redirected', text: 'textRedirected', kind: 'text', builtIn: 'line.redirectedUnnamed' },
      { path: 'texts.outsideHours', text: 'textOutsideHours', kind: 'text', builtIn: 'closed.office' },
      { path: 'texts.silenceNotice', text: 'textSilence', kind: 'text', builtIn: 'line.customerSilent' },
    ],
  },
  {
    title: 'settings.presence',
    help: 'settings.presenceHelp',
    points: [
      { path: 'presence.offerGraceSeconds', text: 'offerGrace', kind: 'number' },
      { path: 'presence.conversationGraceSeconds', text: 'conversationGrace', kind: 'number' },
      { path: 'presence.awayAfterMinutes', text: 'awayAfter', kind: 'number' },
    ],
  },
];

/** All settings besides the six. */
export function FinerPoints({ form }: { form: SettingForm }) {
  const t = useText();
  return sections.map(({ title, help, points }) => {
    const shown = points.filter(({ path }) => form.group === null || isForGroups(path));
    if (shown.length === 0) return null;
    return (
      <section key={title}>
        <SectionTitle title={t(title)} help={t(help)} />
        <Card>
          {shown.map((point) => (
            <PointRow key={point.path} form={form} point={point} />
          ))}
        </Card>
      </section>
    );
  });
}

function PointRow({ form, point }: { form: SettingForm; point: Point }) {
  const t = useText();
  const { path, text, kind } = point;
  const words = {
    title: t(`settings.${text}`),
    help: t(`settings.${text}Help`),
    applies: t(`settings.${text}Applies`),
  };
  if (kind === 'switch') return <SettingRow {...words} switched={{ form, path }} />;
  const field = { form, path, label: words.title };
  return (
    <SettingRow {...words}>
      {kind === 'number' ? <NumberField {...field} before="" /> : null}
      {kind === 'choice' ? <ChoiceField {...field} /> : null}
      {kind === 'text' ? <CustomerText {...field} builtIn={point.builtIn} /> : null}
    </SettingRow>
  );
}

function CustomerText({
  builtIn,
  ...field
}: Omit<Parameters<typeof TextField>[0], 'builtIn'> & { builtIn: CustomerKey }) {
  const { language } = useLanguage();
  return <TextField {...field} builtIn={(language === 'zh' ? customerZh : customerEn)[builtIn]} />;
}
