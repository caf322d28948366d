import { HubStartError } from '../../hub-start-error';

/**
 * The form of what is in the data folder, as `hub.json` and each segment of the journal name it. Raised with every change
 * that an older Foyer would misread; one that reads it refuses what is newer. Everything older is read through the
 * functions beside this file, and written in this form from then on:
 *
 * 1. one segment of the journal, no saved state
 * 2. segments, and a saved state that was one line of JSON (`saved-state-line.ts`)
 * 3. the saved state and long conversations of the archive in pieces
 * 4. the places and waits of the queue are in the core's saved state (`queue-waits.ts`)
 *
 * Fields that were added without a new number are absent in what was written before (`saved-state.ts`, `config.ts`,
 * `archived.ts`).
 */
export const dataFormat = 4;

/** `file`: whose `format` is greater than `dataFormat`. */
export function newerFormat(file: string, format: number): HubStartError {
  const message = `${file} was written by a newer Foyer (format ${format}; this one reads ${dataFormat}). Update Foyer.`;
  return new HubStartError('newerFormat', message);
}
