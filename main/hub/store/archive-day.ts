import { join } from 'node:path';
import * as z from 'zod';
import type { MessageView } from '../../../shared/protocol/views';
import type { ArchivedConversation } from './archived-conversation';
import { type Disk, errorCode } from './disk';
import { type FileLine, readLines, textOf } from './file-pieces';
import { weigh } from './json-pieces';
import { type EarlierArchived, upgradeArchived } from './upgrade/archived';

/** Most message text in one line, in characters before escaping. */
const partLengthMax = 256 * 1024;

/** Earlier messages of a long conversation; they count only if its own line, which comes last, follows. */
const partLine = z.object({
  conversationId: z.string(),
  part: z.number().int().nonnegative(),
  messages: z.array(z.unknown()),
});
const ownLine = z.looseObject({
  conversationId: z.string(),
  closedAt: z.number(),
  messages: z.array(z.unknown()),
  /** How many part lines came before; absent: none. */
  parts: z.number().int().positive().optional(),
});

/** A conversation in the archive's format: one line, or several if it is long. */
export function* conversationLines(conversation: ArchivedConversation): Generator<string> {
  const { conversationId } = conversation;
  let parts = 0;
  let messages: MessageView[] = [];
  let length = 0;
  for (const message of conversation.messages) {
    const messageLength = weigh(message, partLengthMax);
    if (messages.length > 0 && length + messageLength > partLengthMax) {
      yield `${JSON.stringify({ conversationId, part: parts, messages })}\n`;
      parts += 1;
      messages = [];
      length = 0;
    }
    messages.push(message);
    length += messageLength;
  }
  yield `${JSON.stringify({ ...conversation, messages, ...(parts > 0 ? { parts } : {}) })}\n`;
}

/** A byte range of a day's file; all entries together cover the file. */
export interface DayEntry {
  /** Null: not readable, or a duplicate. */
  conversation: ArchivedConversation | null;
  kind: 'conversation' | 'doubled' | 'bad' | 'torn';
  from: number;
  to: number;
}

interface Begun {
  conversationId: string;
  messages: unknown[];
  parts: number;
  from: number;
  to: number;
}

/** What of a day is read. */
interface Wanted {
  /** Where a line begins; nothing before it is read. */
  from?: number;
  /** False: a conversation that is in this line alone is passed by, unread and unchecked, and there is no entry of it. */
  isOf?(line: Buffer): boolean;
}

/**
 * Yields one conversation at a time; none if the day's file is missing. `torn` marks a write cut short by a crash: an
 * unfinished last line, parts without their own line, or disk pages that were never written and read as zeros.
 */
export function* readDay(
  disk: Disk,
  folder: string,
  name: string,
  { from: start = 0, isOf = () => true }: Wanted = {},
): Generator<DayEntry> {
  const seen = new Set<string>();
  let begun: Begun | null = null;
  const leave = (left: Begun): DayEntry => ({ conversation: null, kind: 'torn', from: left.from, to: left.to });
  try {
    for (const line of readLines(disk, join(folder, 'archive', name), start)) {
      const { from, to } = line;
      if (!begun && !isPart(line.bytes) && !isOf(line.bytes)) continue;
      const value = jsonOf(line);
      const part = partLine.safeParse(value).data;
      if (part) {
        if (begun && part.part === 0) yield leave(begun);
        const before: Begun | null = part.part === 0 ? null : begun;
        begun = withPart(before, part, line);
        if (!begun) yield { conversation: null, kind: 'bad', from: before?.from ?? from, to };
        continue;
      }
      const own = ownLine.safeParse(value).data;
      const conversation = own && completed(own, begun);
      if (begun && !(conversation && own.parts)) yield leave(begun);
      const begins = conversation && own.parts ? begun!.from : from;
      begun = null;
      if (!conversation) yield { conversation: null, kind: isTorn(line) ? 'torn' : 'bad', from: begins, to };
      else if (seen.has(conversation.conversationId)) yield { conversation: null, kind: 'doubled', from: begins, to };
      else {
        seen.add(conversation.conversationId);
        yield { conversation, kind: 'conversation', from: begins, to };
      }
    }
    if (begun) yield leave(begun);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

const partMark = Buffer.from('","part":');
/** An id, with the key before it. */
const partMarkWithin = 256;

/** Whether the line may be a part of a long conversation. */
export function isPart(line: Buffer): boolean {
  return line.subarray(0, partMarkWithin).includes(partMark);
}

/** Null when the part does not follow on the ones before. */
function withPart(begun: Begun | null, part: z.infer<typeof partLine>, { from, to }: FileLine): Begun | null {
  const { conversationId, messages } = part;
  if (part.part === 0) return { conversationId, messages, parts: 1, from, to };
  if (begun?.conversationId !== conversationId || begun.parts !== part.part) return null;
  for (const message of messages) begun.messages.push(message);
  return { ...begun, parts: begun.parts + 1, to };
}

/** The conversation with its earlier parts; null when they are missing. */
function completed({ parts, ...own }: z.infer<typeof ownLine>, begun: Begun | null): ArchivedConversation | null {
  const conversation = upgradeArchived(own as unknown as EarlierArchived);
  if (parts === undefined) return conversation;
  if (begun?.conversationId !== own.conversationId || begun.parts !== parts) return null;
  for (const message of own.messages) begun.messages.push(message);
  return { ...conversation, messages: begun.messages as MessageView[] };
}

/** Each line's bytes, valid only until the next; none if the day's file is missing. */
export function* dayLines(disk: Disk, folder: string, name: string): Generator<Buffer> {
  try {
    for (const { bytes } of readLines(disk, join(folder, 'archive', name))) yield bytes;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

const idKey = Buffer.from('"conversationId":"');

/** The line's conversation id, without parsing the line: its messages name the same id. Empty: it has none. */
export function idIn(line: Buffer): string {
  const at = line.indexOf(idKey);
  const from = at + idKey.length;
  return at === -1 ? '' : line.toString('utf8', from, line.indexOf('"', from));
}

function isTorn({ bytes, ended }: FileLine): boolean {
  return !ended || bytes.includes(0);
}

function jsonOf(line: FileLine): unknown {
  const text = line.ended ? textOf(line) : null;
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
