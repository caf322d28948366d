import { DateTime } from 'luxon';
import type { WorkingHours } from '../../../shared/protocol/hours';

interface Span {
  fromMs: number;
  toMs: number;
}
type SpansOn = (date: DateTime) => readonly Span[];

/** After a week without a holiday the weekly periods just repeat. */
const ordinaryDaysToLookAt = 8;

/** Whether `atMs` is within the weekly periods or, on a holiday, within the holiday's periods instead. */
export function isOpenAt(hours: WorkingHours, atMs: number): boolean {
  return isOpenOn(spansOf(hours), dateAt(hours, atMs), atMs);
}

/** The first moment after `atMs` at which the hours open or close, or null when they never do again. */
export function nextChangeAt(hours: WorkingHours, atMs: number): number | null {
  const spansOn = spansOf(hours);
  const first = dateAt(hours, atMs);
  const open = isOpenOn(spansOn, first, atMs);
  for (const date of datesFrom(hours, first)) {
    const bounds = spansOn(date).flatMap(({ fromMs, toMs }) => [fromMs, toMs]);
    for (const boundMs of [momentOf(date, '00:00'), ...bounds].sort((a, b) => a - b))
      if (boundMs > atMs && isOpenOn(spansOn, date, boundMs) !== open) return boundMs;
  }
  return null;
}

/** Looks at the days around, too: a clock set back at midnight repeats the end of yesterday after today has begun. */
function isOpenOn(spansOn: SpansOn, date: DateTime, atMs: number): boolean {
  return [-1, 0, 1].some((days) =>
    spansOn(date.plus({ days })).some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs),
  );
}

/** From `first` on, every date whose hours may differ from those a week before. */
function* datesFrom(hours: WorkingHours, first: DateTime): Iterable<DateTime> {
  const holidays = hours.holidays.map((each) => each.date).sort();
  const isHoliday = new Set(holidays);
  let date: DateTime | null = first;
  let ordinaryDays = 0;
  while (date) {
    yield date;
    const iso: string = date.toISODate() ?? '';
    while (holidays[0] !== undefined && holidays[0] <= iso) holidays.shift();
    ordinaryDays = isHoliday.has(iso) ? 0 : ordinaryDays + 1;
    if (ordinaryDays <= ordinaryDaysToLookAt) {
      date = date.plus({ days: 1 });
      continue;
    }
    date = holidays[0] === undefined ? null : DateTime.fromISO(`${holidays[0]}T12:00`, { zone: hours.timeZone });
    ordinaryDays = 0;
  }
}

/** The open spans of a date, cached per date. */
function spansOf(hours: WorkingHours): SpansOn {
  const holidays = new Map(hours.holidays.map((each) => [each.date, each.periods]));
  const known = new Map<string, Span[]>();
  return (date) => {
    const iso = date.toISODate() ?? '';
    const found = known.get(iso);
    if (found) return found;
    const periods = holidays.get(iso) ?? hours.weekly.filter(({ day }) => day === date.weekday);
    const spans = periods.map(({ from, to }) => ({ fromMs: momentOf(date, from), toMs: momentOf(date, to) }));
    known.set(iso, spans);
    return spans;
  };
}

/**
 * The moment of a local time, as in calendars (RFC 5545, 3.3.5): a time that occurs twice means the first, and a
 * skipped time is counted with the offset before the gap.
 */
function momentOf(date: DateTime, wallTime: string): number {
  const [hour = 0, minute = 0] = wallTime.split(':').map(Number);
  const { year, month, day } = hour === 24 ? date.plus({ days: 1 }) : date;
  const shown = DateTime.fromObject({ year, month, day, hour: hour % 24, minute }, { zone: date.zone });
  return Math.min(...shown.getPossibleOffsets().map((each) => each.toMillis()));
}

/** At noon, which every date has exactly once, so that adding days never lands in a gap. */
function dateAt({ timeZone }: WorkingHours, atMs: number): DateTime {
  return DateTime.fromMillis(atMs, { zone: timeZone }).set({ hour: 12, minute: 0, second: 0, millisecond: 0 });
}
