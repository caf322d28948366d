import * as z from 'zod';
import { sha256 } from '../system/sha256';

export const journalHeader = z.object({
  foyer: z.literal('journal'),
  format: z.number().int(),
  hubId: z.string(),
  epoch: z.number().int(),
  /** The first record in this segment. */
  first: z.number().int(),
  /** The checksum at the end of the previous segment; absent in the first. */
  prev: z.string().optional(),
});
export type JournalHeader = z.infer<typeof journalHeader>;

const sumLength = 32;
// {"prev":"…","sum":"…","batch":7,"record":{…}}
const linePattern = /^\{"prev":"([0-9a-f]{32})","sum":"([0-9a-f]{32})","batch":(\d{1,16}),"record":(.*)\}$/s;
/** A line's length beyond the record's own text. */
export const lineOverheadBytes = 112;

export interface JournalLine {
  prev: string;
  sum: string;
  /** The first record of the write this line was part of; a write is acknowledged only as a whole. */
  batch: number;
  json: string;
}

/** Covers the line and, through `prev`, all before it, so a lost, repeated or changed line is detected. */
function checksum(prev: string, batch: number, json: string): string {
  return sha256(`${prev}:${batch}:${json}`).slice(0, sumLength);
}

export function headerLine(header: JournalHeader): { line: string; sum: string } {
  const line = JSON.stringify(header);
  return { line: `${line}\n`, sum: headerSum(line) };
}

export function headerSum(line: string): string {
  return checksum('header', 0, line);
}

export function encodeLine(prev: string, batch: number, json: string): { line: string; sum: string } {
  const sum = checksum(prev, batch, json);
  return { line: `{"prev":"${prev}","sum":"${sum}","batch":${batch},"record":${json}}\n`, sum };
}

/** Null unless the line's own checksum fits. The caller checks that it follows the previous line. */
export function decodeLine(text: string): JournalLine | null {
  const match = linePattern.exec(text);
  if (!match) return null;
  const [, prev = '', sum = '', batchText = '', json = ''] = match;
  const batch = Number(batchText);
  return checksum(prev, batch, json) === sum ? { prev, sum, batch, json } : null;
}
