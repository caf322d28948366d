import { describe, expect, test } from 'vitest';
import { isOpenAt, nextChangeAt } from '../../main/hub/hours/working-hours';
import { type WorkingHours, workingHours } from '../../shared/protocol/hours';

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString().replace('.000Z', 'Z'));

function hours(timeZone: string, weekly: string[], holidays: Record<string, string[]> = {}): WorkingHours {
  const period = (text: string) => {
    const [from = '', to = ''] = text.split('-');
    return { from, to };
  };
  return workingHours.parse({
    timeZone,
    weekly: weekly.map((each) => ({ day: Number(each[0]), ...period(each.slice(2)) })),
    holidays: Object.entries(holidays).map(([date, periods]) => ({ date, name: '', periods: periods.map(period) })),
  });
}

const everyDay = (period: string) => [1, 2, 3, 4, 5, 6, 7].map((day) => `${day} ${period}`);

/** All changes from a moment on, as a clock would meet them. */
function changes(of: WorkingHours, from: string, count: number): (string | null)[] {
  const found: (string | null)[] = [];
  let ms: number | null = at(from);
  while (ms !== null && found.length < count) {
    const next: number | null = nextChangeAt(of, ms);
    if (next !== null && isOpenAt(of, next) === isOpenAt(of, next - 1)) throw new Error(`no change at ${iso(next)}`);
    found.push(iso(next));
    ms = next;
  }
  return found;
}

describe('[HR1] working hours', () => {
  // 2027-01-04 is a Monday; Shanghai is eight hours ahead all year.
  const shanghai = hours('Asia/Shanghai', ['1 13:00-18:00', '2 09:00-18:00', '1 09:00-12:00']);

  test('a period holds from its start up to its end, on the wall of the zone', () => {
    const moments = ['00:59:59.999', '01:00:00', '03:59:59.999', '04:00:00', '05:00:00', '09:59:59.999', '10:00:00'];
    expect(moments.map((time) => isOpenAt(shanghai, at(`2027-01-04T${time}Z`)))).toEqual([
      ...[false, true, true, false],
      ...[true, true, false],
    ]);
  });

  test('the next change is strictly later, over breaks, nights and weekends', () => {
    expect(changes(shanghai, '2027-01-03T00:00:00Z', 7)).toEqual([
      ...['2027-01-04T01:00:00Z', '2027-01-04T04:00:00Z', '2027-01-04T05:00:00Z', '2027-01-04T10:00:00Z'],
      ...['2027-01-05T01:00:00Z', '2027-01-05T10:00:00Z', '2027-01-11T01:00:00Z'],
    ]);
  });

  test('without any period it never opens; with all of the week it never closes', () => {
    expect([isOpenAt(hours('UTC', []), 0), nextChangeAt(hours('UTC', []), 0)]).toEqual([false, null]);
    const always = hours('Europe/Lisbon', everyDay('00:00-24:00'));
    expect([isOpenAt(always, 0), nextChangeAt(always, 0)]).toEqual([true, null]);
  });

  test('periods that touch or overlap count once', () => {
    const touching = hours('UTC', [
      '1 09:00-12:00',
      '1 12:00-15:00',
      '1 14:00-18:00',
      '1 20:00-24:00',
      '2 00:00-02:00',
    ]);
    expect(changes(touching, '2027-01-04T00:00:00Z', 4)).toEqual([
      ...['2027-01-04T09:00:00Z', '2027-01-04T18:00:00Z', '2027-01-04T20:00:00Z', '2027-01-05T02:00:00Z'],
    ]);
  });

  test('a holiday stands in for its date: closed without periods, else with its own', () => {
    const office = hours('UTC', everyDay('09:00-17:00'), { '2027-01-05': [], '2027-01-06': ['10:00-11:00'] });
    expect(changes(office, '2027-01-04T12:00:00Z', 4)).toEqual([
      ...['2027-01-04T17:00:00Z', '2027-01-06T10:00:00Z', '2027-01-06T11:00:00Z', '2027-01-07T09:00:00Z'],
    ]);
  });

  test('a holiday is the date of its own zone', () => {
    const auckland = hours('Pacific/Auckland', everyDay('00:00-24:00'), { '2027-01-05': [] });
    expect(changes(auckland, '2027-01-01T00:00:00Z', 2)).toEqual(['2027-01-04T11:00:00Z', '2027-01-05T11:00:00Z']);
  });

  test('holidays far away are found, whether they close or open; the last year there is comes to an end', () => {
    const closes = hours('UTC', everyDay('00:00-24:00'), { '2040-02-29': [] });
    expect(changes(closes, '2027-01-01T00:00:00Z', 3)).toEqual(['2040-02-29T00:00:00Z', '2040-03-01T00:00:00Z', null]);
    const opens = hours('UTC', [], { '2040-02-29': ['10:00-24:00'] });
    expect(changes(opens, '2027-01-01T00:00:00Z', 3)).toEqual(['2040-02-29T10:00:00Z', '2040-03-01T00:00:00Z', null]);
    expect(changes(hours('UTC', [], { '9999-12-31': ['10:00-11:00'] }), '2027-01-01T00:00:00Z', 3)).toEqual([
      ...['9999-12-31T10:00:00Z', '9999-12-31T11:00:00Z', null],
    ]);
  });

  test('after a month of holidays the week goes on', () => {
    const days = Array.from({ length: 31 }, (_, index) => `2027-07-${String(index + 1).padStart(2, '0')}`);
    const school = hours('UTC', ['3 09:00-10:00'], Object.fromEntries(days.map((day) => [day, []])));
    expect(changes(school, '2027-06-30T12:00:00Z', 1)).toEqual(['2027-08-04T09:00:00Z']);
  });
});

describe('[HR1] when the clock of the zone changes', () => {
  test('the same wall time is another moment in summer', () => {
    const lisbon = hours('Europe/Lisbon', everyDay('09:00-17:00'));
    // 2027-03-28, 01:00 UTC: winter time ends.
    expect(changes(lisbon, '2027-03-27T12:00:00Z', 3)).toEqual([
      ...['2027-03-27T17:00:00Z', '2027-03-28T08:00:00Z', '2027-03-28T16:00:00Z'],
    ]);
  });

  test('a time that is skipped counts on from before the gap', () => {
    // New York, 2027-03-14: 02:00 EST is followed by 03:00 EDT at 07:00 UTC.
    const starts = hours('America/New_York', ['7 02:30-05:00']);
    expect(changes(starts, '2027-03-14T00:00:00Z', 2)).toEqual(['2027-03-14T07:30:00Z', '2027-03-14T09:00:00Z']);
    const ends = hours('America/New_York', ['7 01:00-02:30']);
    expect(changes(ends, '2027-03-14T00:00:00Z', 2)).toEqual(['2027-03-14T06:00:00Z', '2027-03-14T07:30:00Z']);
    // Both ends of it are later than 03:00, so there is nothing left of it.
    const turned = hours('America/New_York', ['7 02:30-03:15']);
    expect(changes(turned, '2027-03-14T00:00:00Z', 1)).toEqual(['2027-03-21T06:30:00Z']);
  });

  test('a time that is shown twice means the first: it opens once and closes once', () => {
    // New York, 2027-11-07: 01:00 to 02:00 comes as EDT from 05:00 UTC, then as EST from 06:00 UTC.
    const starts = hours('America/New_York', ['7 01:30-04:00']);
    expect(changes(starts, '2027-11-07T00:00:00Z', 2)).toEqual(['2027-11-07T05:30:00Z', '2027-11-07T09:00:00Z']);
    const ends = hours('America/New_York', ['7 00:00-01:30']);
    expect(changes(ends, '2027-11-07T00:00:00Z', 2)).toEqual(['2027-11-07T04:00:00Z', '2027-11-07T05:30:00Z']);
  });

  test('a day that begins at 01:00 has no hole', () => {
    // Cairo, 2027-04-30: 00:00 is skipped.
    const cairo = hours('Africa/Cairo', everyDay('00:00-24:00'));
    expect(nextChangeAt(cairo, at('2027-04-29T12:00:00Z'))).toBeNull();
  });

  test('what the clock shows again before midnight belongs to the day that has begun', () => {
    // St. John's, 2010-11-07: 00:01 NDT (02:31 UTC) is followed by 23:01 NST of the day before.
    const sunday = hours('America/St_Johns', ['7 00:00-02:00']);
    expect(changes(sunday, '2010-11-07T00:00:00Z', 2)).toEqual(['2010-11-07T02:30:00Z', '2010-11-07T05:30:00Z']);
  });

  test('a date that a zone skipped is open at no time', () => {
    // Samoa had no 2011-12-30, a Friday.
    const friday = hours('Pacific/Apia', ['5 08:00-16:00']);
    expect(changes(friday, '2011-12-29T00:00:00Z', 1)).toEqual(['2012-01-05T18:00:00Z']);
  });
});
