import { HubStartError } from '../../hub-start-error';

/**
 * The data folder's format number, in `hub.json` and each journal segment. Raised with every change that an older Foyer
 * would misread; a newer number is refused. Older data is read through the functions beside this file, and written in
 * the current format from then on:
 *
 * 1. one segment of the journal, no saved state
 * 2. segments, and a saved state that was one line of JSON (`saved-state-line.ts`)
 * 3. the saved state and long conversations of the archive in pieces
 * 4. the queue's places and waiting times are in the core's saved state (`queue-waits.ts`)
 * 5. a record that only adds a message is a small array in the journal (`message-record.ts` of `state` reads both);
 *    past customers have left the saved state for files of their own
 *
 * Fields added without a new number are absent in older data (`saved-state.ts`, `config.ts`, `archived.ts`).
 */
export const dataFormat = 5;

/** `file`: one whose `format` is greater than `dataFormat`. */
export function newerFormat(file: string, format: number): HubStartError {
  const message = `${file} was written by a newer Foyer (format ${format}; this one reads ${dataFormat}). Update Foyer.`;
  return new HubStartError('newerFormat', message);
}
