/**
 * A story is a text: a title behind `#`, then blocks. A block is what people do, a line each, then `----`, then the
 * transcript up to the next empty line. The verbs are in verbs.ts.
 */
export interface StoryLine {
  /** Counted from 1. */
  number: number;
  /** Epoch milliseconds; null: the time of the line before. */
  at: number | null;
  text: string;
}

export interface StoryBlock {
  lines: StoryLine[];
  /** As written, without what ends the line. */
  script: string[];
  transcript: string[];
}

export interface Story {
  title: string;
  comments: string[];
  blocks: StoryBlock[];
}

export class StoryError extends Error {
  constructor(number: number, text: string, problem: string) {
    super(`line ${number}: ${problem}\n  ${text}`);
  }
}

const days = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const firstDay = Date.UTC(2026, 0, 1);
const msPerDay = 86_400_000;
const timePattern = /^(?:([A-Z][a-z]{2}) )?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{3}))?)?\s+(.*)$/;

interface Clock {
  day: number;
}

function parseLine(raw: string, number: number, clock: Clock): StoryLine {
  const found = timePattern.exec(raw);
  if (!found) return { number, at: null, text: raw.trim() };
  const [, dayName, hour, minute, second = '0', ms = '0', text = ''] = found;
  if (dayName !== undefined) {
    const index = days.indexOf(dayName);
    if (index < 0) throw new StoryError(number, raw, `“${dayName}” is no day; use one of ${days.join(', ')}`);
    clock.day = index;
  }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    throw new StoryError(number, raw, 'there is no such time of day');
  }
  const ofDay = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1_000 + Number(ms);
  return { number, at: firstDay + clock.day * msPerDay + ofDay, text };
}

/** Throws a StoryError that names the line. */
export function parseStory(source: string): Story {
  const rows = source.split(/\r?\n/);
  const title = rows[0]?.startsWith('# ') ? rows[0].slice(2).trim() : '';
  if (title === '') throw new StoryError(1, rows[0] ?? '', 'a story starts with its title, “# …”');
  const story: Story = { title, comments: [], blocks: [] };
  const clock: Clock = { day: days.indexOf('Mon') };
  let block: StoryBlock | null = null;
  let inTranscript = false;
  for (const [index, row] of rows.entries()) {
    const number = index + 1;
    if (index === 0) continue;
    if (row.trim() === '') {
      if (inTranscript) [block, inTranscript] = [null, false];
      else if (block) throw new StoryError(number, row, 'a block ends with ---- and its transcript');
    } else if (inTranscript) block?.transcript.push(row.trimEnd());
    else if (row.startsWith('#') && !block && story.blocks.length === 0) story.comments.push(row.trimEnd());
    else if (row.trim() === '----') {
      if (!block) throw new StoryError(number, row, 'there is nothing above this ----');
      inTranscript = true;
    } else {
      if (!block) {
        block = { lines: [], script: [], transcript: [] };
        story.blocks.push(block);
      }
      block.script.push(row.trimEnd());
      if (!row.startsWith('#')) block.lines.push(parseLine(row, number, clock));
    }
  }
  if (block && !inTranscript) throw new StoryError(rows.length, '', 'the last block has no ----');
  return story;
}

/** The story's text with these transcripts in place of its own. */
export function formatStory(story: Story, transcripts: string[][]): string {
  const head = [`# ${story.title}`, ...story.comments].join('\n');
  const blocks = story.blocks.map((block, index) =>
    [...block.script, '----', ...(transcripts[index] ?? [])].join('\n'),
  );
  return `${[head, ...blocks].join('\n\n')}\n`;
}
