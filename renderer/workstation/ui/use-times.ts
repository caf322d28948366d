import { useMemo } from 'react';
import type { Language } from '../../../shared/protocol/fields';
import { useLanguage, useText } from './text';

export function localeOf(language: Language): string {
  if (language === 'zh') return 'zh-CN';
  return navigator.language.startsWith('en') ? navigator.language : 'en-GB';
}

/** Formats times and days in the user's language. */
export function useTimes() {
  const t = useText();
  const { language } = useLanguage();
  return useMemo(() => {
    const locale = localeOf(language);
    const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    const exact = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23' });
    const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
    const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' });
    const unit = (of: 'day' | 'hour' | 'minute') =>
      new Intl.NumberFormat(locale, { style: 'unit', unit: of, unitDisplay: 'short' });
    const [days, hours, minutes] = [unit('day'), unit('hour'), unit('minute')];
    const fullDay = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
    return {
      fullDay: (at: number) => fullDay.format(at),
      dayAndTime: (at: number) => moment.format(at),
      clockTime: (at: number) => time.format(at),
      /** To the second. */
      exactTime: (at: number) => exact.format(at),
      /** To the minute: "12 min", "1 hr 5 min", "2 days 3 hr". */
      span(wholeMinutes: number) {
        const hour = Math.floor(wholeMinutes / 60);
        if (hour === 0) return minutes.format(wholeMinutes);
        if (hour < 24) return `${hours.format(hour)} ${minutes.format(wholeMinutes % 60)}`;
        return `${days.format(Math.floor(hour / 24))} ${hours.format(hour % 24)}`;
      },
      dayName(midnight: number) {
        const today = new Date();
        today.setHours(0, 0, 0, 0);
        if (midnight === today.getTime()) return t('conversation.today');
        today.setDate(today.getDate() - 1);
        if (midnight === today.getTime()) return t('conversation.yesterday');
        return day.format(midnight);
      },
    };
  }, [language, t]);
}
