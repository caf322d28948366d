import * as z from 'zod';

/** In each language; `words`: of every list one has to be there, in any order. */
const answers = z.array(
  z.object({
    words: z.record(z.string(), z.array(z.array(z.string().min(1)).min(1)).min(1)),
    answer: z.record(z.string(), z.string().min(1)),
  }),
);
export type Answers = z.infer<typeof answers>;

/** Throws with the first thing that is wrong. */
export function readAnswers(json: string): Answers {
  return answers.parse(JSON.parse(json));
}

/** The one answer that fits; null: none does, or several do, so it is for a person. */
export function answerTo(known: Answers, language: string, said: string): string | null {
  const fitting = known.filter(({ words }) => fits(words[language] ?? [], said));
  const [only] = fitting;
  return fitting.length === 1 && only ? (only.answer[language] ?? null) : null;
}

/** For the agent who gets what it can't answer. Files are for people: it is told of them, and can't fetch them. */
export function noteFor({
  text,
  attachments = [],
}: {
  text: string;
  attachments?: { name: string }[] | undefined;
}): string {
  const files = attachments.length === 0 ? [] : [`Sent ${attachments.map(({ name }) => `“${name}”`).join(', ')}`];
  const asked = text.trim() === '' ? [] : [`Asked: ${text}`];
  return [...files, ...asked].join('. ').slice(0, noteMax);
}

/** As long as a note may be. */
const noteMax = 1_000;

function fits(lists: readonly (readonly string[])[], said: string): boolean {
  return lists.length > 0 && lists.every((words) => words.some((word) => has(said.toLowerCase(), word.toLowerCase())));
}

/** A Latin word as a whole; Chinese has no spaces between words. */
function has(said: string, word: string): boolean {
  if (/\p{Script=Han}/u.test(word)) return said.includes(word);
  return said.split(/[^\p{L}\p{N}]+/u).includes(word);
}
