import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Changes one letter of the record that contains this word, as a failing disk might. */
export function spoilJournal(dataFolder: string, word: string): void {
  const path = join(dataFolder, 'journal', '000001.jsonl');
  const text = readFileSync(path, 'utf8');
  if (!text.includes(word)) throw new Error(`there is no “${word}” in ${path}`);
  writeFileSync(path, text.replace(word, `${word.slice(0, -1)}X`));
}
