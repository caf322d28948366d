import { useMemo } from 'react';
import { useLanguage, useText } from './text';

/** Times and days as this person writes them. */
export function useTimes() {
  const t = useText();
  const { language } = useLanguage();
  return useMemo(() => {
    const locale = language === 'zh' ? 'zh-CN' : navigator.language.startsWith('en') ? navigator.language : 'en-GB';
    const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
    return {
      clockTime: (at: number) => time.format(at),
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
