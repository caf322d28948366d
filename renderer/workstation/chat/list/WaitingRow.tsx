import { Button, UnstyledButton } from '@mantine/core';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { memo } from 'react';
import type { ConversationView } from '../../../../shared/protocol/views';
import type { Text, TextKey } from '../../../../shared/text/workstation-text';
import { useAgentName, useGroupName, useHubNow, useOffice, useRow, useSession } from '../../session/session-context';
import { formatSpan } from '../../ui/spans';
import { useText } from '../../ui/text';
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
  const conversation = useRow('conversations', conversationId);
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
            <span className={classes.name} dir="auto">
              {customerName}
            </span>
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
  const detail = stateWords(t, conversation, agentName(conversation.agentId));
  if (!conversation.flagged) return <span className={classes.text}>{`${group} · ${detail}`}</span>;
  return (
    <span className={classes.text} data-flagged="true">
      <span className={classes.flag}>
        <IconAlertTriangleFilled size={13} aria-hidden="true" />
        {t('list.flagged')}
      </span>
      {` · ${detail} · ${group}`}
    </span>
  );
}

/** Flagged and with an agent: not answered in time (SB3). Flagged without one: offered too often (RD4). */
function stateWords(t: Text, { flagged, stage, redirects }: ConversationView, name: string): string {
  if (stage === 'offered') return t('list.ringsAt', { name });
  if (stage === 'active') return t('list.notAnsweredBy', { name });
  if (flagged) return t('list.nobodyTook');
  return redirects > 0 ? t('list.redirected', { count: redirects }) : t('list.nobodyFree');
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
