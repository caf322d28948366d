import { Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useIsUp } from '../session/session-context';
import { useText } from '../ui/text';
import classes from './Thread.module.css';

/** What the two ends of the thread show. */
export interface ThreadContext {
  head: ReactNode;
  earlier: boolean;
  /** They could not be loaded. */
  failed: boolean;
  load(): void;
  /** The name of the customer while they are typing. */
  typing: string | null;
}

/** Takes the same room while nobody is typing, so that nothing moves. */
export function ThreadTyping({ name }: { name: string | null }) {
  const t = useText();
  return (
    <div className={classes.foot} aria-live="off">
      {name === null ? null : t('conversation.typing', { name })}
    </div>
  );
}

/** Above the first message, or the way to the earlier ones. */
export function ThreadHead({ head, earlier, failed, load }: ThreadContext) {
  const t = useText();
  const up = useIsUp();
  if (!earlier) return <div className={classes.head}>{head}</div>;
  return (
    <div className={classes.head}>
      {failed ? (
        <Button size="compact-sm" variant="subtle" disabled={!up} onClick={load}>
          {t('conversation.earlier')}
        </Button>
      ) : (
        <Loader size="xs" aria-label={t('conversation.earlierComes')} />
      )}
    </div>
  );
}
