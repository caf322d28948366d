import { type Holiday, type WorkingHours, workingHours } from '../../../../shared/protocol/hours';

export type Period = Holiday['periods'][number];
export type HoursProblem = 'time' | 'order' | 'date' | 'twice' | 'tooMuch' | 'other';

export const days = [1, 2, 3, 4, 5, 6, 7] as const;
export type Day = (typeof days)[number];
const workdays: readonly Day[] = [1, 2, 3, 4, 5];
const usualPeriod: Period = { from: '09:00', to: '17:00' };

/** The initial hours when the office, or a group of one that is always open, stops being so. */
export function usualHours(timeZone: string): WorkingHours {
  return { timeZone, weekly: workdays.map((day) => ({ day, ...usualPeriod })), holidays: [] };
}

/** Open day and night, holidays too: for a group of an office that has hours. */
export function allHours(timeZone: string): WorkingHours {
  return { timeZone, weekly: days.map((day) => ({ day, from: '00:00', to: '24:00' })), holidays: [] };
}

export function isAllHours(hours: WorkingHours): boolean {
  return JSON.stringify(hours) === JSON.stringify(allHours(hours.timeZone));
}

/** A period after the others of its day, where there is room for one. */
export function nextPeriod(periods: readonly Period[]): Period {
  const last = periods[periods.length - 1];
  if (!last || !(last.to < '23:00')) return usualPeriod;
  const hour = Number(last.to.slice(0, 2)) + 1;
  const to = Math.min(24, hour + 4);
  return { from: `${String(hour).padStart(2, '0')}:00`, to: `${String(to).padStart(2, '0')}:00` };
}

export function periodsOf(hours: WorkingHours, day: Day): Period[] {
  return hours.weekly.filter((each) => each.day === day).map(({ from, to }) => ({ from, to }));
}

/** The week with other periods on one day, the days in order. */
export function withPeriods(hours: WorkingHours, day: Day, periods: readonly Period[]): WorkingHours {
  const weekly = days.flatMap((each) =>
    (each === day ? periods : periodsOf(hours, each)).map((period) => ({ day: each, ...period })),
  );
  return { ...hours, weekly };
}

export function copyToWorkdays(hours: WorkingHours, day: Day): WorkingHours {
  const periods = periodsOf(hours, day);
  return workdays.reduce((changed, each) => withPeriods(changed, each, periods), hours);
}

/** Completes what was typed when the field is left: `9` is `09:00`, `930` is `09:30`. */
export function completeTime(typed: string): string {
  const match = /^(\d{1,2})(?:[:.：]?(\d{2}))?$/.exec(typed.trim());
  if (!match) return typed.trim();
  return `${match[1]?.padStart(2, '0')}:${match[2] ?? '00'}`;
}

/**
 * Why the hub would refuse it, by field: `weekly.<day>.<index>.from`, `holidays.<index>.periods.<index>.to`,
 * `holidays.<index>.date`, `timeZone`; `holidays` if there is a problem with them as a whole.
 */
export function problemsOf(hours: WorkingHours): Map<string, HoursProblem> {
  const problems = new Map<string, HoursProblem>();
  const result = workingHours.safeParse(hours);
  for (const issue of result.success ? [] : result.error.issues) {
    const [section, index, ...rest] = issue.path.map(String);
    const last = rest[rest.length - 1];
    if (section === undefined || issue.code === 'too_big') problems.set('holidays', 'tooMuch');
    else if (section === 'holidays' && index === undefined) {
      for (const at of repeatedDates(hours)) problems.set(`holidays.${at}.date`, 'twice');
    } else if (last === 'date') problems.set(issue.path.join('.'), 'date');
    else if (last === 'from' || last === 'to') {
      const field = section === 'weekly' ? weeklyField(hours, Number(index), last) : issue.path.join('.');
      problems.set(field, issue.code === 'custom' ? 'order' : 'time');
    } else problems.set(issue.path.join('.'), 'other');
  }
  return problems;
}

/** In the order of the days, as the form shows the week. */
function weeklyField({ weekly }: WorkingHours, index: number, end: string): string {
  const day = weekly[index]?.day;
  const before = weekly.slice(0, index).filter((each) => each.day === day).length;
  return `weekly.${day}.${before}.${end}`;
}

function repeatedDates({ holidays }: WorkingHours): number[] {
  return holidays.flatMap(({ date }, i) => (holidays.findIndex((each) => each.date === date) < i ? [i] : []));
}
