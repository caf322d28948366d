import { formatSpan } from '../ui/spans';
import { useHubNow, useOwnNow } from './session-context';

/** The time since `at`, on the hub's clock. */
export function Since({ at, className }: { at: number; className?: string | undefined }) {
  const now = useHubNow();
  return <span className={`tabular ${className ?? ''}`}>{formatSpan(now - at)}</span>;
}

export function Until({ at, className }: { at: number; className?: string | undefined }) {
  const now = useHubNow();
  return <span className={`tabular ${className ?? ''}`}>{formatSpan(at - now + 999)}</span>;
}

/** The time since `at`, on the page's own clock. */
export function OwnSince({ at, className }: { at: number; className?: string | undefined }) {
  const now = useOwnNow();
  return <span className={`tabular ${className ?? ''}`}>{formatSpan(now - at)}</span>;
}

export function OwnUntil({ at, className }: { at: number; className?: string | undefined }) {
  const now = useOwnNow();
  return <span className={`tabular ${className ?? ''}`}>{formatSpan(at - now + 999)}</span>;
}
