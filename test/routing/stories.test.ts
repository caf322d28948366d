import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { playStory } from './stories/play';
import { formatStory, parseStory } from './stories/story';

const folder = fileURLToPath(new URL('stories', import.meta.url));
// `UPDATE_STORIES=1` writes the transcripts anew. Read each against RULES.md before you keep it: a story is a claim
// about the rules, not a picture of what the code happens to do.
const update = process.env.UPDATE_STORIES === '1';

describe('stories', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));

  it('are at least a dozen', () => {
    expect(names.length).toBeGreaterThanOrEqual(12);
  });

  it.each(names)('%s', (name) => {
    const path = `${folder}/${name}`;
    const source = readFileSync(path, 'utf8');
    const story = parseStory(source);
    const played = formatStory(story, playStory(story));
    if (update) writeFileSync(path, played);
    else expect(played).toBe(source);
  });
});

describe('a story that cannot be read', () => {
  const play = (text: string) => () => playStory(parseStory(text));

  it.each([
    ['no title', '09:00 Mei leaves\n', /line 1: a story starts with its title/],
    ['no transcript', '# T\n\n09:00 time passes\n\n', /line 4: a block ends with ----/],
    ['no transcript at the end', '# T\n\n09:00 time passes', /the last block has no ----/],
    ['an empty block', '# T\n\n----\n', /line 3: there is nothing above/],
    ['no such day', '# T\n\nXxx 09:00 time passes\n----\n', /line 3: “Xxx” is no day/],
    ['no such time', '# T\n\n25:00 time passes\n----\n', /line 3: there is no such time/],
    ['no time at all', '# T\n\ngroup Billing\n----\n', /no line of this story has a time/],
    ['time going back', '# T\n\n09:00 time passes\n08:59 time passes\n----\n', /line 4: the time goes back/],
    ['an unknown verb', '# T\n\n09:00 Li dances\n----\n', /line 3: nobody knows this verb/],
    ['a customer who never wrote', '# T\n\n09:00 Mei leaves\n----\n', /line 3: Mei has not written yet/],
  ])('says what is wrong: %s', (_name, text, message) => {
    expect(play(text)).toThrow(message);
  });
});
