import { Button, UnstyledButton } from '@mantine/core';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { memo } from 'react';
import type { ConversationView } from '../../../shared/protocol/views';
import type { TextKey } from '../../../shared/text/workstation-text';
import { useAgentName, useGroupName, useHubNow, useOffice, useSession } from '../session/session-context';
import { formatSpan } from '../ui/spans';
import { useText } from '../ui/text';
import classes from './Row.module.css';
import { useClaim } from './use-claim';

export const WaitingRow = memo(function WaitingRow({
  conversationId,
  place,
}: {
  conversationId: string;
  place: number;
}) {
  const t = useText();
  const session = useSession();
  const conversation = useOffice((state) => state.conversations.get(conversationId));
  const selected = useOffice((state) => state.selectedId === conversationId);
  const claim = useClaim(conversation);
  const group = useGroupName(conversation?.groupId ?? '');
  if (!conversation) return null;
  const { customerName, flagged, enqueuedAt } = conversation;
  return (
    <div className={classes.row} data-selected={selected}>
      <UnstyledButton
        className={classes.main}
        aria-current={selected ? 'true' : undefined}
        aria-label={t('list.rowLabel', { name: customerName, group, detail: t(detailOf(conversation)) })}
        onClick={() => session.select(conversationId)}
      >
        <span className={classes.place} aria-hidden="true">
          {place}
        </span>
        <span className={classes.words}>
          <span className={classes.top}>
            <span className={classes.name}>{customerName}</span>
            <Waited at={enqueuedAt} />
          </span>
          <span className={classes.bottom}>
            <Detail conversation={conversation} />
          </span>
        </span>
      </UnstyledButton>
      {claim ? (
        <Button
          className={classes.claim}
          data-always={flagged}
          size="compact-xs"
          variant={flagged ? 'filled' : 'default'}
          aria-label={t('list.claimLabel', { name: customerName })}
          onClick={claim}
        >
          {t('list.claim')}
        </Button>
      ) : null}
    </div>
  );
});

function detailOf({ flagged, stage }: ConversationView): TextKey {
  return flagged ? 'list.flagged' : stage === 'offered' ? 'list.ringing' : 'list.inQueue';
}

function Detail({ conversation }: { conversation: ConversationView }) {
  const t = useText();
  const agentName = useAgentName();
  const group = useGroupName(conversation.groupId);
  const { flagged, stage, agentId, redirects } = conversation;
  const detail =
    stage === 'offered'
      ? t('list.ringsAt', { name: agentName(agentId) })
      : redirects > 0
        ? t('list.redirected', { count: redirects })
        : t('list.nobodyFree');
  return (
    <span className={classes.text}>
      {flagged ? (
        <span className={classes.flag}>
          <IconAlertTriangleFilled size={13} aria-hidden="true" />
          {t('list.flagged')}
        </span>
      ) : null}
      {flagged ? ' · ' : null}
      {flagged ? group : `${group} · ${detail}`}
    </span>
  );
}

const longMs = 120_000;

function Waited({ at }: { at: number }) {
  const ms = useHubNow() - at;
  return (
    <span className={`${classes.time} tabular`} data-long={ms >= longMs}>
      {formatSpan(ms)}
    </span>
  );
}
