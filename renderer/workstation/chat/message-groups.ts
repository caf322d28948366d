import type { MessageView } from '../../../shared/protocol/views';

/** Messages of one author in a row, within a few minutes, share one line with name and time. */
export interface MessageGroup {
  key: string;
  /** Midnight of its day when it is the first of that day, else null. */
  newDay: number | null;
  hasNewLine: boolean;
  author: { kind: 'customer' | 'agent' | 'note'; agentId: string | null; name: string } | null;
  messages: MessageView[];
}

const togetherMs = 3 * 60_000;

export function groupMessages(messages: readonly MessageView[], newFrom: string | null): MessageGroup[] {
  const groups: MessageGroup[] = [];
  let lastDay: number | null = null;
  for (const message of messages) {
    const day = dayOf(message.at);
    const last = groups[groups.length - 1];
    const isNew = message.messageId === newFrom;
    if (last && !isNew && day === lastDay && belongs(last, message)) {
      last.messages.push(message);
      continue;
    }
    groups.push({
      key: message.messageId,
      newDay: day === lastDay ? null : day,
      hasNewLine: isNew,
      author: authorOf(message),
      messages: [message],
    });
    lastDay = day;
  }
  return groups;
}

function belongs(group: MessageGroup, message: MessageView): boolean {
  const author = authorOf(message);
  const last = group.messages[group.messages.length - 1];
  if (author === null || group.author === null || !last) return false;
  return (
    author.kind === group.author.kind && author.agentId === group.author.agentId && message.at - last.at <= togetherMs
  );
}

function authorOf({ from, line }: MessageView): MessageGroup['author'] {
  if (line !== null || from.kind === 'system') return null;
  if (from.kind === 'customer') return { kind: 'customer', agentId: null, name: '' };
  return { kind: from.kind, agentId: from.agentId, name: from.name };
}

function dayOf(at: number): number {
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}
