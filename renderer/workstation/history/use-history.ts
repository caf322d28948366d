import { useCallback, useEffect, useRef, useState } from 'react';
import type { FoundConversation, HistoryCursor, HistoryStage } from '../../../shared/protocol/history';
import { useServices } from '../services/services';
import { useIsUp, useOffice, useSession } from '../session/session-context';
import { refusalText } from '../ui/refusal-text';
import { useText } from '../ui/text';

export interface HistoryFilter {
  text: string;
  customerId?: string;
  agentId?: string;
  groupId?: string;
  stage?: HistoryStage;
  tag?: string;
  wrapUpCode?: string;
  scoreMax?: number;
  from?: number;
  before?: number;
}

interface HistoryOptions {
  length: number;
  /** Debounce: how long the filter must not change before the search starts. */
  pauseMs?: number;
  /** Continues until `length` conversations are found; otherwise `more` has to be called for older ones. */
  fills?: boolean;
  /** False: no search. */
  enabled?: boolean;
}

interface Shown {
  /** The filter of this answer, as JSON. */
  key: string;
  found: readonly FoundConversation[];
  next: HistoryCursor | null;
  isBusy: boolean;
  problem: string | null;
}

const nothing: Shown = { key: '', found: [], next: null, isBusy: true, problem: null };

/** Searches past conversations page by page. A new filter abandons the search before. */
export function useHistory(
  filter: HistoryFilter,
  { length, pauseMs = 0, fills = false, enabled = true }: HistoryOptions,
) {
  const t = useText();
  const session = useSession();
  const up = useIsUp();
  const { clock } = useServices();
  const [shown, setShown] = useState(nothing);
  const [tries, setTries] = useState(0);
  const current = useRef<object | null>(null);
  const key = JSON.stringify(filter);
  const erased = useOffice((state) => state.erased);

  const load = useCallback(
    async (key: string, before: readonly FoundConversation[], after: HistoryCursor | null) => {
      const asked = {};
      current.current = asked;
      let found = before;
      let next = after;
      setShown({ key, found, next, isBusy: true, problem: null });
      do {
        const answer = await session.ask({
          op: 'conversation.find',
          ...(JSON.parse(key) as HistoryFilter),
          after: next,
          length,
        });
        if (current.current !== asked) return;
        if (!answer.ok) return setShown({ key, found, next, isBusy: false, problem: refusalText(t, answer) });
        const page = answer.result ?? nothing;
        const known = new Set(found.map(({ conversationId }) => conversationId));
        found = [...found, ...page.found.filter(({ conversationId }) => !known.has(conversationId))];
        next = page.next;
        const isBusy = fills && next !== null && found.length < before.length + length;
        setShown({ key, found, next, isBusy, problem: null });
        if (!isBusy) return;
      } while (next);
    },
    [session, t, length, fills],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` asks once more
  useEffect(() => {
    if (!up || !enabled) return;
    const cancel = clock.at(clock.now() + pauseMs, () => void load(key, [], null));
    return () => {
      cancel();
      current.current = null;
    };
  }, [up, enabled, clock, pauseMs, load, key, tries]);

  const isAnswered = shown.key === key;
  return {
    /** Until a new filter is answered, still the results of the one before. */
    found: shown.found.filter(({ customerId }) => !erased.has(customerId)),
    isBusy: !isAnswered || shown.isBusy,
    problem: isAnswered ? shown.problem : null,
    hasMore: isAnswered && !shown.isBusy && shown.next !== null,
    more: () => void load(key, shown.found, shown.next),
    retry: () => setTries(tries + 1),
  };
}
