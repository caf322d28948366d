import {
  type CannedReplyVariable,
  type CannedReplyView,
  cannedReplyVariables,
} from '../../../../shared/protocol/canned-replies';
import { createMatcher } from '../../ui/matches';

/** Matches at the start of the shortcut come first, then those within the shortcut, then those in the text. */
export function findCannedReplies(replies: Iterable<CannedReplyView>, query: string): CannedReplyView[] {
  const isMatch = createMatcher(query);
  const rank = ({ shortcut, text }: CannedReplyView) => {
    if (shortcut.toLowerCase().startsWith(query.toLowerCase())) return 0;
    return isMatch(shortcut) ? 1 : isMatch(text) ? 2 : 3;
  };
  return [...replies]
    .map((reply) => ({ reply, rank: rank(reply) }))
    .filter((each) => each.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.reply.shortcut.localeCompare(b.reply.shortcut))
    .map(({ reply }) => reply);
}

const variable = new RegExp(`\\{(${cannedReplyVariables.join('|')})\\}`, 'g');

/** In one pass, so that a name that looks like a variable stays as it is. */
export function fillInVariables(text: string, names: Readonly<Record<CannedReplyVariable, string>>): string {
  return text.replace(variable, (_, name: CannedReplyVariable) => names[name]);
}
