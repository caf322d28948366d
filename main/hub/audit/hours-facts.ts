import type { WorkingHours } from '../../../shared/protocol/hours';

/** Working hours as the audit log compares and shows them: three texts. */
export function hoursFacts(hours: WorkingHours | null) {
  if (hours === null) return null;
  const { timeZone, weekly, holidays } = hours;
  const span = ({ from, to }: { from: string; to: string }) => `${from}–${to}`;
  return {
    timeZone,
    weekly: weekly.map((each) => `${each.day}: ${span(each)}`).join(', '),
    holidays: holidays.map(({ date, periods }) => `${date}: ${periods.map(span).join(' ')}`).join(', '),
  };
}
