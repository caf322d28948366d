import { isolated } from '../../../shared/plain-line';
import type { CustomerMessageView } from '../../../shared/protocol/views';
import { element } from '../dom';
import type { PageState } from '../state';
import { sayEnd } from '../views/ended';
import { midnight, sayLine, sayTime, type Words } from '../words';
import type { Say } from './later-words';

/** A conversation to keep: what both sides have said, and what the page said of it. Notes never reach the page. */
export interface Transcript {
  title: string;
  about: string;
  /** Said where earlier messages could not be fetched; else empty. */
  gap: string;
  days: { day: string; lines: TranscriptLine[] }[];
}

interface TranscriptLine {
  time: string;
  /** Null: said of the conversation, by nobody in it. */
  who: string | null;
  text: string;
  files: readonly string[];
}

export function transcriptOf(state: PageState, words: Words, say: Say): Transcript {
  const { conversation, office, earlier } = state;
  const messages = state.messages.filter((each) => each.conversationId === conversation?.conversationId);
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const moment = new Intl.DateTimeFormat(words.locale, { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' });
  const [first, last] = [messages[0], messages.at(-1)];
  const span = { from: moment.format(first?.at ?? 0), to: moment.format(last?.at ?? 0), zone: timeZone };
  return {
    title: say('transcript.title', { office: office?.name ?? '' }),
    about: first === undefined ? '' : say('transcript.about', span),
    gap: earlier === null ? '' : say('transcript.partly'),
    days: daysOf(messages, words, say, sayEnd(state, words)),
  };
}

/** `end`: how it ended, in place of the hub's last line. */
function daysOf(
  messages: readonly CustomerMessageView[],
  words: Words,
  say: Say,
  end: string | null,
): Transcript['days'] {
  const date = new Intl.DateTimeFormat(words.locale, { dateStyle: 'full' });
  const days: Transcript['days'] = [];
  let day = Number.NaN;
  const add = (at: number, line: Omit<TranscriptLine, 'time'>) => {
    if (midnight(at) !== day) days.push({ day: date.format(at), lines: [] });
    day = midnight(at);
    days.at(-1)!.lines.push({ time: sayTime(words, at), ...line });
  };
  for (const { at, from, text, line, attachments = [] } of messages) {
    const files = attachments.map(({ name }) => say('transcript.file', { name }));
    if (from.kind !== 'system') {
      const mark = from.kind === 'assistant' ? ` (${words.say('assistant.mark')})` : '';
      add(at, { who: from.kind === 'customer' ? say('transcript.you') : from.name + mark, text, files });
      continue;
    }
    const said = sayLine(words, { line, text }) ?? (isEnd(line?.code) ? end : null);
    if (said !== null) add(at, { who: null, text: said, files });
  }
  return days;
}

/** An earlier conversation on the page, each day under its date. */
export function pastArticle(messages: readonly CustomerMessageView[], words: Words, say: Say): HTMLElement {
  return element('article', {}, ...daysOf(messages, words, say, null).flatMap(dayParts));
}

function isEnd(code: string | undefined): boolean {
  return code === 'endedByAgent' || code === 'endedByCustomer' || code === 'endedBySystem';
}

/** Words of right-to-left scripts are isolated, so that time and name stay before them. */
export function transcriptText({ title, about, gap, days }: Transcript): string {
  const indented = (text: string) => text.split('\n').map(isolated).join('\n    ');
  const lines = ({ time, who, text, files }: TranscriptLine) => [
    `[${time}] ${who === null ? indented(text) : `${isolated(who)}: ${indented(text)}`}`.trimEnd(),
    ...files.map((file) => `    ${file}`),
  ];
  const parts = days.flatMap(({ day, lines: said }) => ['', day, ...said.flatMap(lines)]);
  return `${[title, about, gap, ...parts].filter((line, index) => line !== '' || index > 2).join('\r\n')}\r\n`;
}

/** For the printer. Everything in it is text: nothing is parsed as markup. */
export function transcriptArticle({ title, about, gap, days }: Transcript): HTMLElement {
  return element(
    'article',
    { class: 'transcript' },
    element('h1', { dir: 'auto' }, title),
    element('p', {}, about),
    gap === '' ? null : element('p', {}, gap),
    ...days.flatMap(dayParts),
  );
}

function dayParts({ day, lines }: Transcript['days'][number]): HTMLElement[] {
  const row = ({ time, who, text, files }: TranscriptLine) =>
    element(
      'div',
      { class: 'transcript-line' },
      element('time', {}, time),
      who === null ? null : element('b', { dir: 'auto' }, who),
      text === '' ? null : element('p', { dir: 'auto' }, text),
      ...files.map((file) => element('p', { dir: 'auto' }, file)),
    );
  return [element('h2', {}, day), ...lines.map(row)];
}
