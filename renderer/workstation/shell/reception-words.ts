import type { Text } from '../../../shared/text/workstation-text';
import type { ReceptionForMe } from '../session/reception';

/** The switches in effect, for a label. */
export function summary(t: Text, reception: ReceptionForMe): string {
  const { redirectSeconds, breakSeconds, misses } = reception;
  return [
    t(reception.automatic ? 'reception.automatic' : 'reception.manual'),
    redirectSeconds === null
      ? t('reception.redirectOff')
      : `${t('reception.redirect')} ${t('settings.valueSeconds', { value: redirectSeconds })}`,
    breakSeconds === null
      ? t('reception.breakOff')
      : `${t('reception.break')} ${t('reception.missed', { count: misses })}`,
  ].join(' · ');
}

/** One line: what the switches mean for this agent. */
export function meaning(t: Text, reception: ReceptionForMe): string {
  const { automatic, redirectSeconds, breakSeconds, misses } = reception;
  const first = automatic ? 'reception.meansAutomatic' : 'reception.meansManual';
  const sentences = [
    redirectSeconds === null ? t(first) : t(`${first}Redirect`, { seconds: redirectSeconds }),
    breakSeconds === null ? null : t('reception.meansBreak', { count: misses, seconds: breakSeconds }),
  ];
  return sentences.filter((sentence) => sentence !== null).join(' ');
}
