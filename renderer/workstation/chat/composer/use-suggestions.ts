import { type KeyboardEvent, type RefObject, type SyntheticEvent, useLayoutEffect, useRef, useState } from 'react';
import type { CannedReplyView } from '../../../../shared/protocol/canned-replies';
import type { AgentView } from '../../../../shared/protocol/views';
import { useGroupName, useMyId, useOffice, useRow, useTable } from '../../session/session-context';
import { isComposing } from '../../ui/composing';
import { useText } from '../../ui/text';
import { useListbox } from '../../ui/use-listbox';
import { fillInVariables, findCannedReplies } from './canned-replies';
import { findColleagues } from './mentions';
import { triggerAt } from './trigger';

/** What the list offers in the place of a sign. */
export type Suggestion = { kind: 'canned'; reply: CannedReplyView } | { kind: 'colleague'; agent: AgentView };

interface SuggestionOptions {
  conversationId: string;
  box: RefObject<HTMLTextAreaElement | null>;
  text: string;
  write: (text: string) => void;
  /** Who may be called with `@`. */
  colleagues: readonly AgentView[];
}

/** In a composer `/` offers canned replies and `@` colleagues; what is taken stands in its place. */
export function useSuggestions({ conversationId, box, text, write, colleagues }: SuggestionOptions) {
  const t = useText();
  const replies = useTable('cannedReplies');
  const names = useNames(conversationId);
  const [caret, setCaret] = useState(text.length);
  const [closedAt, setClosedAt] = useState<number | null>(null);
  /** Where the button has put its `/`, with the space before it. */
  const [summoned, setSummoned] = useState<{ from: number; to: number } | null>(null);
  const moveTo = useRef<number | null>(null);
  const trigger = triggerAt(text, caret);
  const suggest = (): Suggestion[] => {
    if (!trigger || trigger.start === closedAt) return [];
    if (trigger.sign === '@')
      return findColleagues(colleagues, trigger.query).map((agent) => ({ kind: 'colleague', agent }));
    return findCannedReplies(replies.values(), trigger.query).map((reply) => ({ kind: 'canned', reply }));
  };
  const found = suggest();

  /** Asked for by the button, and nothing typed after it yet. */
  const untouched = trigger?.query === '' && summoned?.to === caret ? summoned : null;

  useLayoutEffect(() => {
    if (moveTo.current === null) return;
    box.current?.setSelectionRange(moveTo.current, moveTo.current);
    moveTo.current = null;
  });

  const put = (next: string, caretAt: number) => {
    moveTo.current = caretAt;
    setCaret(caretAt);
    write(next);
    box.current?.focus();
  };
  const take = (index: number) => {
    const taken = found[index];
    if (!taken || !trigger) return;
    const filled = taken.kind === 'canned' ? fillInVariables(taken.reply.text, names) : `@${taken.agent.name} `;
    put(text.slice(0, trigger.start) + filled + text.slice(caret), trigger.start + filled.length);
  };
  /** What the button has put there goes with the list. */
  const takeBack = ({ from, to }: { from: number; to: number }) => {
    setSummoned(null);
    put(text.slice(0, from) + text.slice(to), from);
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
    /** The button was pressed, and there is none to choose from. */
    none: untouched !== null && replies.size === 0,
    /** Puts words in the place of what is selected. */
    insert(words: string) {
      const { selectionStart: from, selectionEnd: to } = box.current ?? { selectionStart: caret, selectionEnd: caret };
      put(text.slice(0, from) + words + text.slice(to), from + words.length);
    },
    /** For the field. */
    field: {
      ...listbox.field,
      'aria-haspopup': 'listbox',
      onSelect: ({ currentTarget }: SyntheticEvent<HTMLTextAreaElement>) => setCaret(currentTarget.selectionStart),
    } as const,
    typed(caretAt: number, next: string) {
      setCaret(caretAt);
      // The next sign asks again.
      if (triggerAt(next, caretAt)?.start !== closedAt) setClosedAt(null);
    },
    /** True when the key was the list's. */
    pressed(event: KeyboardEvent): boolean {
      if (isComposing(event.nativeEvent)) return false;
      if (event.key !== 'Escape') return found.length > 0 && listbox.pressed(event);
      if (untouched) takeBack(untouched);
      else if (found.length > 0) setClosedAt(trigger?.start ?? null);
      else return false;
      event.preventDefault();
      return true;
    },
    /** As if `/` had been typed; once more takes it back. */
    ask() {
      if (untouched) {
        takeBack(untouched);
        return;
      }
      const at = box.current?.selectionStart ?? text.length;
      const before = text.slice(0, at);
      const slash = before === '' || /\s$/.test(before) ? '/' : ' /';
      setClosedAt(null);
      setSummoned({ from: at, to: at + slash.length });
      put(before + slash + text.slice(at), at + slash.length);
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
