import type { FoundConversation } from '../../../../shared/protocol/history';
import { isSamePhone, phoneIn, phonesIn } from '../../../../shared/search-words';
import type { Text } from '../../../../shared/text/workstation-text';
import { type Command, type CommandContext, commands } from '../../commands/commands';
import type { OfficeState } from '../../session/office-state';
import { createMatcher, createNameMatcher, excerpt } from '../../ui/matches';

export type Found =
  | { kind: 'command'; key: string; command: Command; label: string }
  | { kind: 'past'; key: string; past: FoundConversation; name: string; detail: string }
  | { kind: 'conversation'; key: string; conversationId: string; name: string; detail: string };

const foundMax = 50;
/** Characters of messages searched here per query, each conversation's newest first: the hub searches the rest. */
const lookedMax = 1024 * 1024;

/** The palette's results: conversations by customer or group, then commands, then conversations by their messages. */
export function find(query: string, context: CommandContext, t: Text): Found[] {
  const isMatch = createMatcher(query);
  const isNamed = createNameMatcher(query);
  const possible = commands.flatMap((command): Found[] => {
    const label = command.label(t);
    if (command.keyOnly || !isNamed(label) || !command.possible(context)) return [];
    return [{ kind: 'command', key: command.id, command, label }];
  });
  if (query.trim() === '') return possible;
  const byName: Found[] = [];
  const byText: Found[] = [];
  const state = context.session.store.getState();
  const said = sayings(state, isMatch);
  const phone = phoneIn(query);
  const isReached = (contact: string) =>
    isMatch(contact) || (phone !== null && phonesIn(contact).some((known) => isSamePhone(known, phone)));
  for (const { conversationId, customerName, groupId, preview, profile } of state.conversations.values()) {
    const found = { kind: 'conversation', key: conversationId, conversationId, name: customerName } as const;
    const group = state.groups.get(groupId)?.name ?? '';
    if (isNamed(`${customerName} ${group}`) || isReached(profile.contact))
      byName.push({ ...found, detail: preview === '' ? group : preview });
    else {
      const last = said(conversationId) ?? (isMatch(preview) ? preview : null);
      if (last !== null) byText.push({ ...found, detail: excerpt(last, query) });
    }
  }
  return [...byName, ...possible, ...byText].slice(0, foundMax);
}

/** The hub's search results, without those that the palette offers already. */
export function foundBefore(found: readonly FoundConversation[], offered: readonly Found[]): Found[] {
  const known = new Set(offered.map(({ key }) => key));
  return found.flatMap((past): Found[] => {
    const { conversationId: key, customerName: name, excerpt, preview } = past;
    return known.has(key) ? [] : [{ kind: 'past', key, past, name, detail: excerpt ?? preview }];
  });
}

/** Finds a conversation's last matching message among those this page holds. */
function sayings({ messages }: OfficeState, isMatch: (text: string) => boolean) {
  let looked = 0;
  return (conversationId: string): string | null => {
    const all = messages.get(conversationId) ?? [];
    for (let index = all.length - 1; index >= 0 && looked < lookedMax; index -= 1) {
      const { text, line } = all[index]!;
      looked += text.length;
      if (line === null && isMatch(text)) return text;
    }
    return null;
  };
}
