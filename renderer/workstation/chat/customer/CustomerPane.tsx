import { Button, CloseButton } from '@mantine/core';
import { IconArrowLeft, IconUser } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { FoundConversation } from '../../../../shared/protocol/history';
import type { ConversationView } from '../../../../shared/protocol/views';
import historyClasses from '../../history/History.module.css';
import { PastConversation } from '../../history/PastConversation';
import { PastConversations } from '../../history/PastConversations';
import { Since } from '../../session/Figures';
import { useAgentName, useGroupName, useHubNow, useIsUp, useOffice } from '../../session/session-context';
import { Avatar } from '../../ui/Avatar';
import { NoteWords } from '../../ui/NoteWords';
import { PaneNote } from '../../ui/Pane';
import { Score } from '../../ui/Score';
import { formatSpan } from '../../ui/spans';
import { useText } from '../../ui/text';
import { useTimes } from '../../ui/use-times';
import { useExplanation } from '../list/use-explanation';
import { usePanes } from '../panes';
import { BlockCustomer } from './BlockCustomer';
import classes from './CustomerPane.module.css';
import { EraseCustomer } from './EraseCustomer';
import { Fact, Section } from './PaneSection';
import { Profile } from './Profile';
import { Tags } from './Tags';

export function CustomerPane() {
  const t = useText();
  const conversation = useOffice((state) =>
    state.selectedId === null
      ? undefined
      : (state.conversations.get(state.selectedId) ?? state.selectedGone ?? undefined),
  );
  const { customerShown, showCustomer } = usePanes();
  const pane = useFocusOnOpening(customerShown);
  const isUp = useIsUp();
  return (
    <aside
      ref={pane}
      className={classes.pane}
      aria-label={t('customer.label')}
      data-pane="customer"
      // Without a link nothing in it takes the focus, and it could not be scrolled by keys.
      tabIndex={isUp ? -1 : 0}
      onKeyDown={(event) => {
        if (customerShown && event.key === 'Escape' && !event.defaultPrevented) showCustomer(false);
      }}
    >
      {customerShown ? <CloseButton className={classes.close} onClick={() => showCustomer(false)} /> : null}
      {conversation ? (
        <About key={conversation.customerId} conversation={conversation} />
      ) : (
        <PaneNote icon={<IconUser size={30} stroke={1.4} />} title={t('customer.label')}>
          {t('customer.none')}
        </PaneNote>
      )}
    </aside>
  );
}

/** A pane that was opened takes the focus, and gives it back when it closes. */
function useFocusOnOpening(opened: boolean) {
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!opened) return;
    const before = document.activeElement;
    pane.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [opened]);
  return pane;
}

function About({ conversation }: { conversation: ConversationView }) {
  const t = useText();
  const agentName = useAgentName();
  const { clockTime } = useTimes();
  const { customerName, customerConnected, enqueuedAt, stage, agentId, redirects, note, fromAgentId, rating } =
    conversation;
  const group = useGroupName(conversation.groupId);
  const why = useExplanation(conversation);
  // With a colleague or out of sight: what would go on is not known any more.
  const isLost = useOffice((state) => !state.conversations.has(conversation.conversationId)) && stage !== 'closed';
  const hasTags = useOffice((state) => (state.office?.tags ?? []).length > 0) || conversation.tags.length > 0;
  const [past, setPast] = useState<FoundConversation | null>(null);
  if (past)
    return (
      <div className={historyClasses.inPane}>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconArrowLeft size={14} />}
          onClick={() => setPast(null)}
        >
          {t('history.back')}
        </Button>
        <PastConversation key={`${past.conversationId} ${past.endedAt}`} past={past} onReopened={setPast} />
      </div>
    );
  return (
    <>
      <header className={classes.head}>
        <Avatar name={customerName} size={42} />
        <div>
          <h2 className={classes.name} dir="auto">
            {customerName}
          </h2>
          <span className={classes.line} data-up={customerConnected}>
            {t(customerConnected ? 'customer.lineUp' : 'customer.lineAway')}
          </span>
        </div>
      </header>
      <Profile conversation={conversation} />
      <Section title={t('customer.this')}>
        <dl className={classes.facts}>
          <Fact label={t('customer.group')}>{group}</Fact>
          <Fact label={t('customer.since')}>{clockTime(enqueuedAt)}</Fact>
          {isLost ? null : (
            <>
              <Fact label={t('customer.waited')}>
                <Waited conversation={conversation} />
              </Fact>
              <With conversation={conversation} />
            </>
          )}
          {rating ? (
            <Fact label={t('rating.title')}>
              <Score rating={rating} withComment />
            </Fact>
          ) : null}
          {redirects > 0 ? <Fact label={t('customer.redirects')}>{redirects}</Fact> : null}
        </dl>
      </Section>
      {why && agentId !== null ? (
        <Section title={t('customer.how')}>
          <p className={classes.words}>{why.main}</p>
          {why.rest ? <p className={classes.more}>{why.rest}</p> : null}
        </Section>
      ) : null}
      {note ? (
        <Section title={fromAgentId ? t('customer.noteFrom', { name: agentName(fromAgentId) }) : t('transfer.note')}>
          <NoteWords>{note}</NoteWords>
        </Section>
      ) : null}
      {hasTags ? (
        <Section title={t('customer.tags')}>
          <Tags conversation={conversation} />
        </Section>
      ) : null}
      <Section title={t('history.before')}>
        <PastConversations
          customerId={conversation.customerId}
          besideId={conversation.conversationId}
          onOpen={setPast}
        />
      </Section>
      {stage === 'active' && !isLost ? (
        <Section title={t('customer.waits')}>
          <ReplyWait conversation={conversation} />
        </Section>
      ) : null}
      <BlockCustomer conversation={conversation} />
      <EraseCustomer key={conversation.customerId} customerId={conversation.customerId} name={customerName} />
    </>
  );
}

/** How long it waited for its first agent; it counts on while it is in the queue. */
function Waited({ conversation }: { conversation: ConversationView }) {
  const { stage, since, enqueuedAt, fromAgentId, firstAssignedAt } = conversation;
  const isInQueue = stage === 'waiting' || (stage === 'offered' && fromAgentId === null);
  return isInQueue ? <Since at={enqueuedAt} /> : formatSpan((firstAssignedAt ?? since) - enqueuedAt);
}

/** Who has it, or had it at its end. */
function With({ conversation: { stage, agentId, lastAgentId = null } }: { conversation: ConversationView }) {
  const t = useText();
  const agentName = useAgentName();
  if (stage === 'closed')
    return (
      <Fact label={t('customer.agentWas')}>
        {lastAgentId === null ? t('customer.nobodyWas') : agentName(lastAgentId)}
      </Fact>
    );
  if (stage === 'assisted') return <Fact label={t('customer.agent')}>{t('conversation.assistantMark')}</Fact>;
  const isWithNobody = stage === 'waiting' || agentId === null;
  return <Fact label={t('customer.agent')}>{isWithNobody ? t('customer.nobody') : agentName(agentId)}</Fact>;
}

/** How long the customer has waited for a reply, against the hub's limit, or two minutes if there is none. */
const fairWaitMs = 120_000;

function ReplyWait({ conversation }: { conversation: ConversationView }) {
  const t = useText();
  const now = useHubNow();
  const { unansweredSince, attendBy } = conversation;
  if (unansweredSince === null) return <p className={classes.more}>{t('customer.answered')}</p>;
  const limit = attendBy === null ? fairWaitMs : Math.max(1, attendBy - unansweredSince);
  const waited = now - unansweredSince;
  const share = Math.min(1, Math.max(0, waited / limit));
  return (
    <div className={classes.wait}>
      <span className={classes.bar}>
        <span data-late={share >= 1} style={{ width: `${share * 100}%` }} />
      </span>
      <span className="tabular">{t('customer.limit', { time: formatSpan(waited), limit: formatSpan(limit) })}</span>
    </div>
  );
}
