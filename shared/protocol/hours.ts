import * as z from 'zod';
import { utf8Length } from '../utf8-length';
import { plainText } from './fields';
import { nameMax } from './limits';

/** `HH:MM`, local time in the time zone; an end may be `24:00`. */
const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 09:30');
const period = {
  from: wallTime,
  to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time like 17:30, at most 24:00'),
};
const startsBeforeItEnds = (value: { from: string; to: string }) => value.from < value.to;
const endsTooEarly = { path: ['to'], message: 'must be later than the start' };

const weeklyPeriod = z
  .strictObject({ ...period, /** ISO: 1 is Monday, 7 is Sunday. */ day: z.number().int().min(1).max(7) })
  .refine(startsBeforeItEnds, endsTooEarly);

/** A date whose hours replace the weekly ones; without periods the group is closed all day. */
export const holiday = z.strictObject({
  date: z.iso.date('must be a date like 2027-01-31'),
  name: plainText.max(nameMax),
  periods: z.array(z.strictObject(period).refine(startsBeforeItEnds, endsTooEarly)).max(6),
});

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** The largest JSON of a group's or the office's hours, so that the command still fits one frame. */
export const hoursBytesMax = 48 * 1024;

/** HR1: when a group, or every group that follows the office, is open. Overlapping periods count once. */
export const workingHours = z
  .strictObject({
    /** IANA name. */
    timeZone: z.string().max(64).refine(isTimeZone, 'must be a time zone like Asia/Shanghai'),
    weekly: z.array(weeklyPeriod).max(70),
    holidays: z
      .array(holiday)
      .max(400)
      .refine((days) => new Set(days.map(({ date }) => date)).size === days.length, 'has a date twice'),
  })
  .refine((hours) => utf8Length(JSON.stringify(hours)) <= hoursBytesMax, 'must be fewer or shorter holidays');

export type WorkingHours = z.infer<typeof workingHours>;
export type Holiday = z.infer<typeof holiday>;
