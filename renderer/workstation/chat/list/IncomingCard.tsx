import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { memo } from 'react';
import type { ConversationView } from '../../../../shared/protocol/views';
import { Since } from '../../session/Figures';
import { useAgentName, useGroupName, useRow } from '../../session/session-context';
import { declineReasons } from '../../trace/decline-reasons';
import { Avatar } from '../../ui/Avatar';
import { Sentence } from '../../ui/Sentence';
import { useText } from '../../ui/text';
import { AcceptButton } from './AcceptButton';
import { Countdown } from './Countdown';
import classes from './IncomingCard.module.css';
import { useAnswer } from './use-answer';
import { useExplanation } from './use-explanation';

export const IncomingCard = memo(function IncomingCard({
  conversationId,
  first,
  onAccepted,
}: {
  conversationId: string;
  first: boolean;
  onAccepted?: () => void;
}) {
  const t = useText();
  const conversation = useRow('conversations', conversationId);
  const group = useGroupName(conversation?.groupId ?? '');
  const answer = useAnswer(conversationId, conversation?.offerId ?? '', onAccepted);
  if (!conversation?.offerId) return null;
  const { customerName, preview, enqueuedAt, deadline, since } = conversation;
  return (
    <article className={classes.card} aria-label={t('incoming.label', { name: customerName })}>
      <header className={classes.head}>
        <Avatar name={customerName} />
        <div className={classes.who}>
          <div className={classes.name} dir="auto">
            {customerName}
          </div>
          <div className={classes.sub}>
            {group} · <Sentence text="incoming.waiting" slots={{ time: <Since at={enqueuedAt} /> }} />
          </div>
        </div>
        {deadline === null ? null : <Countdown from={since} to={deadline} />}
      </header>
      <p className={classes.quote} dir="auto">
        {preview === '' ? t('incoming.noWords') : `“${preview}”`}
      </p>
      <WhyYou conversationId={conversationId} />
      <div className={classes.actions}>
        <AcceptButton first={first} possible={answer.possible} onAccept={answer.accept} />
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              variant="default"
              disabled={!answer.possible}
              rightSection={<IconChevronDown size={15} aria-hidden="true" />}
            >
              {t('incoming.decline')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('incoming.declineWhy')}</Menu.Label>
            {declineReasons.map(({ text, reason }) => (
              <Menu.Item key={text} onClick={() => answer.decline(reason)}>
                {t(text)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </article>
  );
});

function WhyYou({ conversationId }: { conversationId: string }) {
  const conversation = useRow('conversations', conversationId);
  return conversation ? <WhyOf conversation={conversation} /> : null;
}

function WhyOf({ conversation }: { conversation: ConversationView }) {
  const t = useText();
  const agentName = useAgentName();
  const why = useExplanation(conversation);
  const { fromAgentId, note, deadline } = conversation;
  return (
    <div className={classes.why}>
      {fromAgentId !== null ? (
        <div className={classes.whyMain}>{t('incoming.transferFrom', { name: agentName(fromAgentId) })}</div>
      ) : why ? (
        <div className={classes.whyMain}>{why.main}</div>
      ) : null}
      {note ? <div>{t('incoming.note', { note })}</div> : null}
      {fromAgentId === null && why?.rest ? <div>{why.rest}</div> : null}
      {deadline === null ? <div>{t('incoming.noLimit')}</div> : null}
    </div>
  );
}
