import type { GroupView } from '../../../../shared/protocol/views';
import { useLanguage, useText } from '../../ui/text';
import { localeOf } from '../../ui/use-times';

export const ownTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Whether a group is open now and when that changes, on the wall clock of its own time zone. */
export function useOpenWords(): (group: Pick<GroupView, 'open' | 'hours' | 'changesAt'>) => string {
  const t = useText();
  const { language } = useLanguage();
  return ({ open, hours, changesAt }) => {
    if (hours === null) return t(open ? 'hours.openAlways' : 'hours.closed');
    if (changesAt === null) return t(open ? 'hours.open' : 'hours.closedAlways');
    const when = new Intl.DateTimeFormat(localeOf(language), {
      timeZone: hours.timeZone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      ...(hours.timeZone === ownTimeZone() ? {} : { timeZoneName: 'short' }),
    }).format(changesAt);
    return t(open ? 'hours.closesAt' : 'hours.opensAt', { when });
  };
}
