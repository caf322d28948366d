import { ActionIcon, Button, Popover, UnstyledButton } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowsRight,
  IconChevronRight,
  IconHelp,
  IconRobot,
  IconTimelineEvent,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { ConversationView } from '../../../../shared/protocol/views';
import { Since } from '../../session/Figures';
import { useAgentName, useGroupName, useIsUp, useMyId, useOffice, useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';
import { WhatHappened } from '../../trace/WhatHappened';
import { Avatar } from '../../ui/Avatar';
import { Sentence } from '../../ui/Sentence';
import { useText } from '../../ui/text';
import { useClaim } from '../list/use-claim';
import { useExplanation } from '../list/use-explanation';
import { usePanes } from '../panes';
import { TransferDialog } from '../transfer/TransferDialog';
import { CloseButton } from './CloseButton';
import classes from './ConversationPane.module.css';
import { FoldingButton } from './FoldingButton';

interface HeaderProps {
  conversation: ConversationView;
  gone: boolean;
  mine: boolean;
}

export function ConversationHeader({ conversation, gone, mine }: HeaderProps) {
  const t = useText();
  const up = useIsUp();
  const claim = useClaim(conversation);
  const [handingOver, setHandingOver] = useState(false);
  const { customerName, stage } = conversation;
  const group = useGroupName(conversation.groupId);
  return (
    <header className={classes.header}>
      <Back />
      <Face name={customerName} />
      <div className={classes.who}>
        <h1 className={classes.name} dir="auto">
          {customerName}
        </h1>
        <div className={classes.sub}>
          {group} {gone ? null : <Stage conversation={conversation} mine={mine} />}
        </div>
      </div>
      {gone ? null : <Why conversation={conversation} />}
      <WhatHappened
        conversation={conversation}
        button={(open) => (
          <FoldingButton
            size="xs"
            radius="xl"
            fw={500}
            icon={IconTimelineEvent}
            label={t('trace.open')}
            onClick={open}
          />
        )}
      />
      {mine && stage === 'active' ? (
        <>
          <FoldingButton
            folds="late"
            icon={IconArrowsRight}
            label={t('conversation.transfer')}
            disabled={!up}
            onClick={() => setHandingOver(true)}
            data-command="conversation.transfer"
          />
          <HandBack conversation={conversation} />
          <CloseButton conversation={conversation} />
          <TransferDialog conversation={conversation} opened={handingOver} onClose={() => setHandingOver(false)} />
        </>
      ) : null}
      {!gone && !mine && claim ? (
        <Button disabled={!up} onClick={claim} data-command="conversation.takeOver">
          {t(stage === 'active' || stage === 'assisted' ? 'conversation.takeOver' : 'list.claim')}
        </Button>
      ) : null}
    </header>
  );
}

/** BO4: while the group's assistant is there. */
function HandBack({ conversation: { conversationId, groupId } }: { conversation: ConversationView }) {
  const t = useText();
  const act = useAct();
  const session = useSession();
  const up = useIsUp();
  const isThere = useOffice((state) => state.groups.get(groupId)?.assistant?.connected ?? false);
  if (!isThere) return null;
  return (
    <FoldingButton
      folds="late"
      icon={IconRobot}
      label={t('conversation.handBack')}
      disabled={!up}
      onClick={() => void act(session.send({ op: 'conversation.handBack', conversationId }))}
    />
  );
}

/** To the list, where it has no room beside the conversation. */
function Back() {
  const t = useText();
  const session = useSession();
  const { room } = usePanes();
  if (room !== 'one') return null;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={t('list.back')}
      title={t('list.back')}
      data-pane="list"
      onClick={() => session.select(null)}
    >
      <IconArrowLeft size={18} aria-hidden="true" />
    </ActionIcon>
  );
}

/** The customer's picture; where their pane has no room, it opens that, and stands for it among the panes. */
function Face({ name }: { name: string }) {
  const t = useText();
  const { room, customerShown, showCustomer } = usePanes();
  if (room === 'three') return <Avatar name={name} />;
  return (
    <UnstyledButton
      className={classes.face}
      aria-label={t('customer.about', { name })}
      aria-expanded={customerShown}
      title={t('customer.about', { name })}
      data-pane={customerShown ? undefined : 'customer'}
      onClick={() => showCustomer(!customerShown)}
    >
      <Avatar name={name} size={32} />
      <IconChevronRight size={15} aria-hidden="true" />
    </UnstyledButton>
  );
}

function Stage({ conversation, mine }: { conversation: ConversationView; mine: boolean }) {
  const t = useText();
  const agentName = useAgentName();
  const { stage, since, enqueuedAt, agentId } = conversation;
  const assistant = useOffice((state) => state.groups.get(conversation.groupId)?.assistant?.name ?? '');
  if (stage === 'assisted') {
    return (
      <>
        {'· '}
        <Sentence text="conversation.withAssistant" slots={{ name: assistant, time: <Since at={since} /> }} />
      </>
    );
  }
  if (stage === 'offered' && !mine) {
    return (
      <>
        {'· '}
        {t('conversation.rings', { name: agentName(agentId) })} ·{' '}
        <Sentence text="conversation.waitingFor" slots={{ time: <Since at={enqueuedAt} /> }} />
      </>
    );
  }
  const active = stage === 'active' || mine;
  return (
    <>
      {'· '}
      <Sentence
        text={active ? 'conversation.inConversation' : 'conversation.waitingFor'}
        slots={{ time: <Since at={active ? since : enqueuedAt} /> }}
      />
      {active && !mine ? ` · ${agentName(agentId)}` : null}
    </>
  );
}

function Why({ conversation }: { conversation: ConversationView }) {
  const t = useText();
  const myId = useMyId();
  const agentName = useAgentName();
  const why = useExplanation(conversation);
  if (!why) return null;
  return (
    <Popover position="bottom-end" returnFocus>
      <Popover.Target>
        <FoldingButton
          size="xs"
          radius="xl"
          fw={500}
          icon={IconHelp}
          label={
            conversation.agentId === myId
              ? t('conversation.whyMe')
              : t('conversation.why', { name: agentName(conversation.agentId) })
          }
        />
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.why} role="status">
          <div>{why.main}</div>
          {why.rest ? <div className={classes.whyRest}>{why.rest}</div> : null}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
