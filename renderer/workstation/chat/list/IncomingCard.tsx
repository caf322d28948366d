import { Button, Kbd, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { memo, useState } from 'react';
import type { Answer } from '../../../../shared/client/answer';
import type { ConversationView } from '../../../../shared/protocol/views';
import { shortcutOf } from '../../commands/commands';
import { ariaKeys, keysOf } from '../../commands/shortcut';
import { useServices } from '../../services/services';
import { Since } from '../../session/Figures';
import { useAgentName, useGroupName, useIsUp, useRow, useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';
import { Avatar } from '../../ui/Avatar';
import { Sentence } from '../../ui/Sentence';
import { useText } from '../../ui/text';
import { Countdown } from './Countdown';
import { declineReasons } from './decline-reasons';
import classes from './IncomingCard.module.css';
import { useExplanation } from './use-explanation';

const acceptShortcut = shortcutOf('offer.accept');

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
  const act = useAct();
  const session = useSession();
  const up = useIsUp();
  const { mac } = useServices();
  const [busy, setBusy] = useState(false);
  const conversation = useRow('conversations', conversationId);
  const group = useGroupName(conversation?.groupId ?? '');
  if (!conversation?.offerId) return null;
  const { customerName, offerId, preview, enqueuedAt, deadline, since } = conversation;

  const answered = async (answer: Promise<Answer> | null, then?: () => void) => {
    if (answer === null) return;
    setBusy(true);
    if (await act(answer)) then?.();
    setBusy(false);
  };
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
        <Button
          flex={1}
          disabled={busy || !up}
          onClick={() =>
            answered(session.accept(offerId), () => {
              session.select(conversationId);
              onAccepted?.();
            })
          }
          rightSection={
            first && acceptShortcut ? <Kbd className={classes.keys}>{keysOf(acceptShortcut, mac).join(' ')}</Kbd> : null
          }
          aria-keyshortcuts={first && acceptShortcut ? ariaKeys(acceptShortcut, mac) : undefined}
          aria-label={t('incoming.accept')}
        >
          {t('incoming.accept')}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" disabled={busy || !up} rightSection={<IconChevronDown size={15} />}>
              {t('incoming.decline')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('incoming.declineWhy')}</Menu.Label>
            {declineReasons.map(({ text, reason }) => (
              <Menu.Item
                key={text}
                onClick={() =>
                  answered(session.send({ op: 'offer.decline', offerId, ...(reason === null ? {} : { reason }) }))
                }
              >
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
