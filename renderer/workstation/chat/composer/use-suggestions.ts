import { type KeyboardEvent, type RefObject, type SyntheticEvent, useState } from 'react';
import type { CannedReplyView } from '../../../../shared/protocol/canned-replies';
import type { AgentView } from '../../../../shared/protocol/views';
import { useGroupName, useMyId, useOffice, useRow, useTable } from '../../session/session-context';
import { isComposing } from '../../ui/composing';
import { useText } from '../../ui/text';
import { useListbox } from '../../ui/use-listbox';
import { fillInVariables, findCannedReplies } from './canned-replies';
import { findColleagues } from './mentions';
import { replaceText } from './replace-text';
import { triggerAt } from './trigger';

/** A suggestion to replace the trigger. */
export type Suggestion = { kind: 'canned'; reply: CannedReplyView } | { kind: 'colleague'; agent: AgentView };

interface SuggestionOptions {
  conversationId: string;
  box: RefObject<HTMLTextAreaElement | null>;
  text: string;
  /** The colleagues that `@` offers. */
  colleagues: readonly AgentView[];
}

/** In a composer `/` offers canned replies and `@` colleagues; what is chosen replaces the trigger. */
export function useSuggestions({ conversationId, box, text, colleagues }: SuggestionOptions) {
  const t = useText();
  const replies = useTable('cannedReplies');
  const names = useNames(conversationId);
  const [caret, setCaret] = useState(text.length);
  const [closedAt, setClosedAt] = useState<number | null>(null);
  /** The range that the button has inserted: its `/`, with the space before it. */
  const [byButton, setByButton] = useState<{ from: number; to: number } | null>(null);
  const trigger = triggerAt(text, caret);
  const suggest = (): Suggestion[] => {
    if (!trigger || trigger.start === closedAt) return [];
    if (trigger.sign === '@')
      return findColleagues(colleagues, trigger.query).map((agent) => ({ kind: 'colleague', agent }));
    return findCannedReplies(replies.values(), trigger.query).map((reply) => ({ kind: 'canned', reply }));
  };
  const found = suggest();
  const replace = (from: number, to: number, by: string) => box.current && replaceText(box.current, from, to, by);

  /** The button's `/`, while nothing is typed after it. */
  const untouched = trigger?.query === '' && byButton?.to === caret ? byButton : null;

  const take = (index: number) => {
    const taken = found[index];
    if (!taken || !trigger) return;
    const filled = taken.kind === 'canned' ? fillInVariables(taken.reply.text, names) : `@${taken.agent.name} `;
    replace(trigger.start, caret, filled);
  };
  /** Removes the button's `/`, which closes the list. */
  const takeBack = ({ from, to }: { from: number; to: number }) => {
    setByButton(null);
    replace(from, to, '');
  };
  const listbox = useListbox({
    label: t(trigger?.sign === '@' ? 'mention.list' : 'canned.list'),
    count: found.length,
    query: trigger?.query ?? '',
    onTake: take,
  });
  return {
    found,
    listbox,
    /** The button was pressed, and there are no canned replies. */
    none: untouched !== null && replies.size === 0,
    /** Replaces what is selected. */
    insert(inserted: string) {
      const { selectionStart: from, selectionEnd: to } = box.current ?? { selectionStart: caret, selectionEnd: caret };
      replace(from, to, inserted);
    },
    /** For the field. */
    field: {
      ...listbox.field,
      'aria-haspopup': 'listbox',
      onSelect: ({ currentTarget }: SyntheticEvent<HTMLTextAreaElement>) => setCaret(currentTarget.selectionStart),
    } as const,
    typed(caretAt: number, next: string) {
      setCaret(caretAt);
      // A new trigger opens the list again.
      if (triggerAt(next, caretAt)?.start !== closedAt) setClosedAt(null);
    },
    /** True if the list has handled the key. */
    pressed(event: KeyboardEvent): boolean {
      if (isComposing(event.nativeEvent)) return false;
      if (event.key !== 'Escape') return found.length > 0 && listbox.pressed(event);
      if (untouched) takeBack(untouched);
      else if (found.length > 0) setClosedAt(trigger?.start ?? null);
      else return false;
      event.preventDefault();
      return true;
    },
    /** As if `/` had been typed; a second time removes it. */
    ask() {
      if (untouched) {
        takeBack(untouched);
        return;
      }
      const at = box.current?.selectionStart ?? text.length;
      const before = text.slice(0, at);
      const slash = before === '' || /\s$/.test(before) ? '/' : ' /';
      setClosedAt(null);
      setByButton({ from: at, to: at + slash.length });
      replace(at, at, slash);
    },
  };
}

function useNames(conversationId: string) {
  const myId = useMyId();
  const conversation = useRow('conversations', conversationId);
  return {
    customer: conversation?.customerName ?? '',
    agent: useOffice((state) => state.agents.get(myId)?.name ?? ''),
    group: useGroupName(conversation?.groupId ?? ''),
    office: useOffice((state) => state.office?.name ?? ''),
  };
}
