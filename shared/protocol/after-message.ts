import { cutText } from '../cut-text';
import type { ConversationView, MessageView } from './views';

const previewLengthMax = 120;

type Said = Pick<ConversationView, 'preview' | 'lastMessageAt' | 'unansweredSince' | 'unanswered'>;

/** A conversation's summary after one more message. Clients derive it, as the hub sends them the message only. */
export function afterMessage(before: ConversationView, message: MessageView): ConversationView {
  const { overdue, ...rest } = before;
  const after = { ...rest, ...saidAfter(before, message), ...(overdue && !answers(message) ? { overdue } : {}) };
  const attended = answers(message) && before.stage === 'active';
  return attended ? { ...after, attendBy: null, flagged: false } : after;
}

function answers({ from }: MessageView): boolean {
  return from.kind === 'agent' || from.kind === 'assistant';
}

/** What a list shows of a message: its text, or the name of its first file if it has none. */
export function wordsOf({ text, attachments = [] }: Pick<MessageView, 'text' | 'attachments'>): string {
  return text || (attachments[0]?.name ?? '');
}

/** The part of the summary that only messages change. */
export function saidAfter(before: Said, message: MessageView): Said {
  const { at, from, unread } = message;
  const { preview, lastMessageAt, unansweredSince, unanswered } = before;
  if (from.kind === 'program') return { preview, lastMessageAt: at, unansweredSince, unanswered };
  if (from.kind === 'system' || from.kind === 'note') return { preview, lastMessageAt, unansweredSince, unanswered };
  if (answers(message))
    return { preview, lastMessageAt: at, unansweredSince: unread?.since ?? null, unanswered: unread?.count ?? 0 };
  return {
    preview: preview === '' ? shortened(wordsOf(message)) : preview,
    lastMessageAt: at,
    unansweredSince: unansweredSince ?? at,
    unanswered: unanswered + 1,
  };
}

function shortened(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length <= previewLengthMax ? line : `${cutText(line, previewLengthMax - 1)}…`;
}
