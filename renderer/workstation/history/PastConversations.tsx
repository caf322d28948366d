import { Button, UnstyledButton } from '@mantine/core';
import type { FoundConversation } from '../../../shared/protocol/history';
import { useIsUp } from '../session/session-context';
import { useText } from '../ui/text';
import { useTimes } from '../ui/use-times';
import classes from './History.module.css';
import { useHistory } from './use-history';

const shownAtOnce = 10;

interface PastConversationsProps {
  customerId: string;
  /** The conversation that is open on the chats page. */
  besideId: string;
  onOpen: (past: FoundConversation) => void;
}

/** A customer's earlier conversations, as far as this agent may read them. */
export function PastConversations({ customerId, besideId, onOpen }: PastConversationsProps) {
  const t = useText();
  const up = useIsUp();
  const { dayAndTime } = useTimes();
  const history = useHistory({ text: '', customerId }, { length: shownAtOnce });
  const { isBusy, problem, hasMore } = history;
  const before = history.found.filter(({ conversationId }) => conversationId !== besideId);
  return (
    <>
      {before.map((past) => (
        <UnstyledButton key={past.conversationId} className={classes.before} onClick={() => onOpen(past)}>
          <span className={classes.facts}>
            {[dayAndTime(past.openedAt), past.agentNames.join(', ')].filter(Boolean).join(' · ')}
          </span>
          <span className={classes.beforeText}>{past.preview}</span>
        </UnstyledButton>
      ))}
      {problem !== null ? (
        <p className={classes.beforeNote}>
          {problem}{' '}
          <Button size="compact-xs" variant="subtle" disabled={!up} onClick={history.retry}>
            {t('history.again')}
          </Button>
        </p>
      ) : isBusy ? (
        <p className={classes.beforeNote} role="status">
          {t(up ? 'history.searching' : 'history.offline')}
        </p>
      ) : hasMore ? (
        <Button size="compact-xs" variant="subtle" disabled={!up} onClick={history.more}>
          {t('history.more')}
        </Button>
      ) : before.length === 0 ? (
        <p className={classes.beforeNote}>{t('history.first')}</p>
      ) : null}
    </>
  );
}
