import { isolated } from '../../shared/plain-line';
import type { Language } from '../../shared/protocol/fields';
import type { CustomerMessageView } from '../../shared/protocol/views';
import type { CustomerText, CustomerTextKey } from '../../shared/text/customer-en';
import type { Keep } from './keep';

/** The page's texts in the reader's language. */
export interface Words {
  language: Language;
  /** For `lang` attributes and Intl. */
  locale: 'en' | 'zh-CN';
  say(key: CustomerTextKey, values?: Readonly<Record<string, string | number>>): string;
  /** The sentence for a refusal's code; a general one for codes that the page has no text for. */
  refusal(code: string): string;
}

export function wordsIn(language: Language, text: CustomerText): Words {
  return {
    language,
    locale: language === 'zh' ? 'zh-CN' : 'en',
    say: (key, values = {}) =>
      text[key].replace(/\{(\w+)\}/g, (whole, name: string) => isolated(String(values[name] ?? whole))),
    refusal: (code) => text[`refused.${code}` as CustomerTextKey] ?? text['refused.other'],
  };
}

/** What the customer chose before, else the browser's first language. */
export function startLanguage(keep: Keep, browserLanguage: string): Language {
  const chosen = keep.get('language');
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return /^zh\b/i.test(browserLanguage) ? 'zh' : 'en';
}

/** `2nd`, `第 2 位`. */
export function sayPlace(words: Words, position: number): string {
  if (words.language === 'zh') return `第 ${position} 位`;
  const endings: Record<string, string> = { one: 'st', two: 'nd', few: 'rd' };
  return `${position}${endings[new Intl.PluralRules('en', { type: 'ordinal' }).select(position)] ?? 'th'}`;
}

/** Rounded up to whole minutes, from an hour on to whole hours: an estimate should not look like a promise. */
export function sayWait(words: Words, seconds: number): string {
  if (seconds < 45) return words.say('wait.underMinute');
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return minutes === 1 ? words.say('wait.minute') : words.say('wait.minutes', { minutes });
  const hours = Math.round(minutes / 60);
  return hours === 1 ? words.say('wait.hour') : words.say('wait.hours', { count: hours });
}

export function sayTime(words: Words, atMs: number): string {
  return new Intl.DateTimeFormat(words.locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(atMs);
}

/** A day as seen from `nowMs`, both in the reader's time zone. */
export function sayDay(words: Words, atMs: number, nowMs: number): string {
  const days = Math.round((midnight(nowMs) - midnight(atMs)) / 86_400_000);
  if (days <= 0) return words.say('messages.today');
  if (days === 1) return words.say('messages.yesterday');
  return new Intl.DateTimeFormat(words.locale, { weekday: 'long', day: 'numeric', month: 'long' }).format(atMs);
}

/**
 * When the office is back, in the reader's time zone. There is no "tomorrow": the page may stay open over midnight, and
 * the name of the day stays true.
 */
export function sayOpening(words: Words, opensAtMs: number, nowMs: number): string {
  const days = Math.round((midnight(opensAtMs) - midnight(nowMs)) / 86_400_000);
  const time = sayTime(words, opensAtMs);
  if (days <= 0) return words.say('closed.backToday', { time });
  const near: Intl.DateTimeFormatOptions = { weekday: 'long' };
  const far: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' };
  const day = new Intl.DateTimeFormat(words.locale, days < 7 ? near : far).format(opensAtMs);
  return words.say('closed.backOn', { day, time });
}

/** Equal for two times of one day in the reader's time zone. */
export function midnight(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0);
}

/** Two letters of a name in Latin script, the last two characters of a Chinese one. */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  const first = Array.from(parts[0] ?? '');
  if (/\p{Script=Han}/u.test(name)) return Array.from(name.trim()).slice(-2).join('');
  const last = parts.length > 1 ? Array.from(parts.at(-1) ?? '') : [];
  return [first[0], last[0]].join('').toUpperCase();
}

/** A line of the hub as text; null if the page shows it in another way (the queue, the end, a block). */
export function sayLine(
  words: Words,
  { line, text }: { line: CustomerMessageView['line']; text: string },
): string | null {
  // The office's own text for it, as set by a supervisor.
  if (text !== '') return text;
  if (line === null) return null;
  const { agentName: agent, name: assistant = '' } = line.params;
  const named = (key: CustomerTextKey, unnamed: CustomerTextKey) =>
    agent ? words.say(key, { agent }) : words.say(unnamed);
  switch (line.code) {
    case 'joined':
      return named('line.joined', 'line.joinedUnnamed');
    case 'redirected':
      return named('line.redirected', 'line.redirectedUnnamed');
    case 'transferred':
      return named('line.transferred', 'line.transferredUnnamed');
    case 'agentLeft':
      return named('line.agentLeft', 'line.agentLeftUnnamed');
    case 'assisted':
      return words.say('line.assisted', { assistant });
    case 'handedOver':
      return words.say('line.handedOver', { assistant });
    case 'passedBy':
      return words.say('line.passedBy', { assistant });
    case 'handedBack':
      return words.say('line.handedBack', { assistant });
    case 'askedForPerson':
      return words.say('line.askedForPerson');
    case 'reopened':
      return words.say('line.reopened');
    case 'returned':
      return words.say('line.returned');
    case 'customerSilent':
      return words.say('line.customerSilent');
    default:
      return null;
  }
}
