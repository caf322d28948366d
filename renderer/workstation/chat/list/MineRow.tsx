import { UnstyledButton } from '@mantine/core';
import { memo, useSyncExternalStore } from 'react';
import { wordsOf } from '../../../../shared/protocol/after-message';
import type { ConversationView, MessageView } from '../../../../shared/protocol/views';
import { Until } from '../../session/Figures';
import { useAgentName, useGroupName, useHubNow, useOffice, useRow, useSession } from '../../session/session-context';
import { Avatar } from '../../ui/Avatar';
import { Sentence } from '../../ui/Sentence';
import { formatSpan } from '../../ui/spans';
import { useText } from '../../ui/text';
import classes from './Row.module.css';

export const MineRow = memo(function MineRow({ conversationId }: { conversationId: string }) {
  const t = useText();
  const session = useSession();
  const conversation = useRow('conversations', conversationId);
  const selected = useOffice((state) => state.selectedId === conversationId);
  const group = useGroupName(conversation?.groupId ?? '');
  if (!conversation) return null;
  const { customerName, unanswered, unansweredSince } = conversation;
  return (
    <div className={classes.row} data-selected={selected}>
      <UnstyledButton
        className={classes.main}
        aria-current={selected ? 'true' : undefined}
        aria-label={t('list.rowLabel', {
          name: customerName,
          group,
          detail: unanswered > 0 ? t('list.unanswered', { count: unanswered }) : t('list.replied'),
        })}
        onClick={() => session.select(conversationId)}
      >
        <Avatar name={customerName} />
        <span className={classes.words}>
          <span className={classes.top}>
            <span className={classes.name} dir="auto">
              {customerName}
            </span>
            {unansweredSince === null ? (
              <span className={classes.time}>{conversation.lastMessageAt === null ? '' : t('list.replied')}</span>
            ) : (
              <Waited at={unansweredSince} />
            )}
          </span>
          <span className={classes.bottom}>
            <SecondLine conversation={conversation} />
            {unanswered > 0 ? (
              <span className={classes.badge} role="img" aria-label={t('list.unanswered', { count: unanswered })}>
                {unanswered}
              </span>
            ) : null}
          </span>
        </span>
      </UnstyledButton>
    </div>
  );
});

/** The first that applies: being closed, a deadline, a transfer, the agent's draft, typing, the last message. */
function SecondLine({ conversation }: { conversation: ConversationView }) {
  const t = useText();
  const { drafts } = useSession();
  const agentName = useAgentName();
  const { conversationId, attendBy, agentId, stage, preview } = conversation;
  const reply = useSyncExternalStore(drafts.reply.subscribe, () => drafts.reply.read(conversationId));
  const note = useSyncExternalStore(drafts.note.subscribe, () => drafts.note.read(conversationId));
  const draft = reply || note;
  const selected = useOffice((state) => state.selectedId === conversationId);
  const closing = useOffice((state) => state.closing.has(conversationId));
  const typing = useOffice((state) => state.typing.has(conversationId));
  const last = useOffice((state) => lastWords(state.messages.get(conversationId)));
  if (closing) return <span className={classes.text}>{t('list.closing')}</span>;
  if (attendBy !== null) {
    return (
      <span className={`${classes.text} ${classes.hurry}`}>
        <Sentence text="list.replyWithin" slots={{ time: <Until at={attendBy} /> }} />
      </span>
    );
  }
  if (stage === 'offered')
    return <span className={classes.text}>{t('list.handingOver', { name: agentName(agentId) })}</span>;
  if (draft !== '' && !selected) {
    return (
      <span className={classes.text}>
        <span className={classes.draft}>{t('list.draft')}</span> <bdi>{draft}</bdi>
      </span>
    );
  }
  if (typing) return <span className={classes.text}>{t('list.typing')}</span>;
  return (
    <span className={classes.text} dir="auto">
      {last ?? preview}
    </span>
  );
}

function lastWords(messages: readonly MessageView[] | undefined): string | null {
  for (let i = (messages?.length ?? 0) - 1; i >= 0; i -= 1) {
    const message = messages?.[i];
    if (message && message.line === null && message.from.kind !== 'note') return wordsOf(message);
  }
  return null;
}

const longMs = 60_000;

function Waited({ at }: { at: number }) {
  const ms = useHubNow() - at;
  return (
    <span className={`${classes.time} tabular`} data-late={ms >= longMs}>
      {formatSpan(ms)}
    </span>
  );
}
