import type { GroupView } from '../../../../shared/protocol/views';
import { useOffice } from '../../session/session-context';
import { useLanguage, useText } from '../../ui/text';
import { localeOf } from '../../ui/use-times';

export const ownTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Whether a group is open now and when that changes, on the wall clock of the time zone that its hours are in. */
export function useOpenWords(): (group: Pick<GroupView, 'open' | 'hours' | 'changesAt'>) => string {
  const t = useText();
  const { language } = useLanguage();
  const ofOffice = useOffice((state) => state.office?.hours ?? null);
  return ({ open, hours: own, changesAt }) => {
    const hours = own ?? ofOffice;
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
