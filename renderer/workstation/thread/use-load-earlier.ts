import { useMemo, useRef, useState } from 'react';
import type { MessageView } from '../../../shared/protocol/views';
import { useIsUp } from '../session/session-context';

/** How many messages have been prepended since the thread was opened. */
export function useCountBefore(messages: readonly MessageView[]): number {
  const anchor = useRef<string | null>(null);
  return useMemo(() => {
    const place = messages.findIndex(({ messageId }) => messageId === anchor.current);
    if (place === -1) anchor.current = messages[0]?.messageId ?? null;
    return Math.max(0, place);
  }, [messages]);
}

interface EarlierOptions {
  /** There are earlier messages. */
  earlier: boolean;
  onEarlier(): Promise<boolean>;
}

/** Loads the earlier messages, one page at a time. */
export function useLoadEarlier({ earlier, onEarlier }: EarlierOptions) {
  const up = useIsUp();
  const [failed, setFailed] = useState(false);
  const loading = useRef(false);
  const load = async () => {
    if (!earlier || loading.current || !up) return;
    loading.current = true;
    setFailed(false);
    setFailed(!(await onEarlier()));
    loading.current = false;
  };
  return { failed: failed || !up, load: () => void load() };
}
