import { type KeyboardEvent, type RefObject, type SyntheticEvent, useLayoutEffect, useRef, useState } from 'react';
import type { CannedReplyView } from '../../../shared/protocol/canned-replies';
import { useGroupName, useMyId, useOffice } from '../session/session-context';
import { isComposing } from '../ui/composing';
import { useText } from '../ui/text';
import { useListbox } from '../ui/use-listbox';
import { cannedQueryAt, fillIn, findCanned } from './canned';

interface CannedOptions {
  conversationId: string;
  box: RefObject<HTMLTextAreaElement | null>;
  text: string;
  write: (text: string) => void;
}

/** Canned replies in a composer: `/` opens the list, what is taken stands in its place. */
export function useCanned({ conversationId, box, text, write }: CannedOptions) {
  const t = useText();
  const replies = useOffice((state) => state.cannedReplies);
  useOffice((state) => state.cannedRepliesRevision);
  const names = useNames(conversationId);
  const [caret, setCaret] = useState(text.length);
  const [closedAt, setClosedAt] = useState<number | null>(null);
  /** Where the button has put its `/`, with the space before it. */
  const [summoned, setSummoned] = useState<{ from: number; to: number } | null>(null);
  const moveTo = useRef<number | null>(null);
  const asked = cannedQueryAt(text, caret);
  const found: readonly CannedReplyView[] =
    asked && asked.start !== closedAt ? findCanned(replies.values(), asked.query) : [];

  /** Asked for by the button, and nothing typed after it yet. */
  const untouched = asked?.query === '' && summoned?.to === caret ? summoned : null;

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
    if (!taken || !asked) return;
    const filled = fillIn(taken.text, names);
    put(text.slice(0, asked.start) + filled + text.slice(caret), asked.start + filled.length);
  };
  /** What the button has put there goes with the list. */
  const takeBack = ({ from, to }: { from: number; to: number }) => {
    setSummoned(null);
    put(text.slice(0, from) + text.slice(to), from);
  };
  const listbox = useListbox({ label: t('canned.list'), count: found.length, query: asked?.query ?? '', onTake: take });
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
      // The next `/` asks again.
      if (cannedQueryAt(next, caretAt)?.start !== closedAt) setClosedAt(null);
    },
    /** True when the key was the list's. */
    pressed(event: KeyboardEvent): boolean {
      if (isComposing(event.nativeEvent)) return false;
      if (event.key !== 'Escape') return found.length > 0 && listbox.pressed(event);
      if (untouched) takeBack(untouched);
      else if (found.length > 0) setClosedAt(asked?.start ?? null);
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
  const conversation = useOffice((state) => state.conversations.get(conversationId));
  return {
    customer: conversation?.customerName ?? '',
    agent: useOffice((state) => state.agents.get(myId)?.name ?? ''),
    group: useGroupName(conversation?.groupId ?? ''),
    office: useOffice((state) => state.office?.name ?? ''),
  };
}
