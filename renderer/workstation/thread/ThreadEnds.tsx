import { Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useIsUp } from '../session/session-context';
import { useText } from '../ui/text';
import classes from './Thread.module.css';

/** The state shown above the first and below the last message. */
export interface ThreadContext {
  head: ReactNode;
  earlier: boolean;
  /** They could not be loaded. */
  failed: boolean;
  load(): void;
  /** The name of the customer while they are typing. */
  typing: string | null;
}

/** Takes the same room while the customer is not typing, so that nothing moves. */
export function ThreadTyping({ name }: { name: string | null }) {
  const t = useText();
  return (
    <div className={classes.foot} aria-live="off">
      {name === null ? null : t('conversation.typing', { name })}
    </div>
  );
}

/** Shown above the first message: the head, or the button for earlier messages. */
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
