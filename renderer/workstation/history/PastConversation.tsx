import { Button } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import type { FoundConversation, ReadConversation } from '../../../shared/protocol/history';
import { useGroupName, useIsUp, useOffice, useSession } from '../session/session-context';
import { useSave } from '../session/use-save';
import { hitsIn } from '../thread/hits-in';
import { Thread } from '../thread/Thread';
import { UnsentDrafts } from '../thread/UnsentDrafts';
import { useSending } from '../thread/use-sending';
import { WhatHappened } from '../trace/WhatHappened';
import { Labels } from '../ui/Labels';
import { NoteWords } from '../ui/NoteWords';
import { PaneLoading, PaneNote } from '../ui/Pane';
import { refusalText } from '../ui/refusal-text';
import { Score } from '../ui/Score';
import { useText } from '../ui/text';
import { useTimes } from '../ui/use-times';
import classes from './History.module.css';

const replyOrNote = ['reply', 'note'] as const;

interface PastConversationProps {
  past: FoundConversation;
  /** The search that found it: its words are marked, and the first message with them is in view. */
  query?: string;
  /** Opens it on the chats page while it is still open; absent if that page shows this view itself. */
  onLive?: (conversationId: string) => void;
  /** A left message was reopened as `past`. */
  onReopened: (past: FoundConversation) => void;
}

/** One conversation, read-only. */
export function PastConversation(props: PastConversationProps) {
  const t = useText();
  const isErased = useOffice((state) => state.erased.has(props.past.customerId));
  return isErased ? <PaneNote title={t('erase.erased')}>{t('erase.erasedHelp')}</PaneNote> : <Past {...props} />;
}

function Past({ past, query = '', onLive, onReopened }: PastConversationProps) {
  const t = useText();
  const up = useIsUp();
  const { read, problem, retry, loadEarlier } = useReading(past, query);
  const sending = useSending(past.conversationId);
  const isOver = useOffice((state) => !state.conversations.has(past.conversationId));
  const isOnDesk = past.endedAt === null && !past.left && onLive !== undefined;
  return (
    <section className={classes.past} aria-label={t('history.read', { name: past.customerName })}>
      <Head past={read?.conversation ?? past}>
        {isOnDesk ? (
          <Button size="compact-sm" variant="default" onClick={() => onLive(past.conversationId)}>
            {t('history.live')}
          </Button>
        ) : null}
        {past.left ? null : (
          <WhatHappened
            conversation={past}
            button={(open) => (
              <Button size="compact-sm" variant="default" onClick={open}>
                {t('trace.open')}
              </Button>
            )}
          />
        )}
        {past.left?.seenTo && past.endedAt !== null ? (
          <Reopen
            leftMessageId={past.conversationId}
            endedAt={past.endedAt}
            onDone={(conversationId) =>
              onReopened({ ...past, conversationId, endedAt: null, left: past.left && { ...past.left, seenTo: null } })
            }
          />
        ) : null}
      </Head>
      {read ? (
        <Thread
          customerName={past.customerName}
          messages={read.messages}
          earlier={read.earlier}
          onEarlier={loadEarlier}
          sending={sending}
          head={read.note ? <NoteWords>{read.note}</NoteWords> : null}
          isLive={false}
          query={query}
        />
      ) : problem !== null ? (
        <PaneNote title={t('history.notRead')}>
          <p>{problem}</p>
          <Button size="compact-sm" variant="default" disabled={!up} onClick={retry}>
            {t('history.again')}
          </Button>
        </PaneNote>
      ) : up ? (
        <PaneLoading label={t('history.reading')} />
      ) : (
        <PaneNote title={t('history.offline')}>{t('history.offlineHelp')}</PaneNote>
      )}
      {isOver ? <UnsentDrafts conversationId={past.conversationId} kinds={replyOrNote} /> : null}
    </section>
  );
}

interface ReopenProps {
  leftMessageId: string;
  endedAt: number;
  /** A left message from the archive is reopened under a new id. */
  onDone: (leftMessageId: string) => void;
}

/** Marks a left message as not dealt with again. */
function Reopen({ leftMessageId, endedAt, onDone }: ReopenProps) {
  const t = useText();
  const session = useSession();
  const { isUp, save } = useSave();
  const reopen = async () => {
    const ask = () => session.ask({ op: 'leftMessage.reopen', leftMessageId, endedAt });
    const done = await save(ask, t('history.reopened'));
    if (done?.result) onDone(done.result.leftMessageId);
  };
  return (
    <Button size="compact-sm" variant="default" disabled={!isUp} onClick={reopen}>
      {t('history.reopen')}
    </Button>
  );
}

/** Pages that are read at most to get to what was searched for. */
const pagesToHitMax = 10;

function useReading({ conversationId, endedAt, excerpt }: FoundConversation, query: string) {
  const t = useText();
  const session = useSession();
  const up = useIsUp();
  const [read, setRead] = useState<ReadConversation | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const open = useCallback(async () => {
    const answer = await session.ask({ op: 'conversation.read', conversationId, endedAt });
    if (answer.ok) {
      let read = answer.result ?? null;
      for (let page = 0; page < pagesToHitMax && excerpt !== null; page += 1) {
        const before =
          read?.earlier && hitsIn(read.messages, query).length === 0 ? read.messages[0]?.messageId : undefined;
        if (!read || before === undefined) break;
        const more = await session.ask({ op: 'conversation.read', conversationId, endedAt, before });
        if (!more.ok || !more.result) break;
        read = { ...read, messages: [...more.result.messages, ...read.messages], earlier: more.result.earlier };
      }
      return setRead(read);
    }
    // After a reconnect the effect below asks again.
    setIsOpen(false);
    if (answer.code !== 'linkLost') setProblem(refusalText(t, answer));
  }, [session, t, conversationId, endedAt, excerpt, query]);
  useEffect(() => {
    // Only once: every reading is noted in the audit log.
    if (!up || isOpen || problem !== null) return;
    setIsOpen(true);
    void open();
  }, [up, isOpen, problem, open]);
  const loadEarlier = async () => {
    const before = read?.messages[0]?.messageId;
    if (before === undefined) return true;
    const answer = await session.ask({ op: 'conversation.read', conversationId, endedAt, before });
    if (!answer.ok || !answer.result) return false;
    const { messages, earlier } = answer.result;
    setRead((now) => now && { ...now, messages: [...messages, ...now.messages], earlier });
    return true;
  };
  return { read, problem, retry: () => setProblem(null), loadEarlier };
}

function Head({ past, children }: { past: FoundConversation; children: React.ReactNode }) {
  const t = useText();
  const { dayAndTime, clockTime } = useTimes();
  const group = useGroupName(past.groupId);
  const { customerName, openedAt, endedAt, agentNames, tags, wrapUpCode, rating, left } = past;
  const ended = endedAt === null ? t('history.open') : t('history.ended', { time: clockTime(endedAt) });
  const seenTo = left?.seenTo
    ? t('history.seenToAt', { name: left.seenTo.name, time: dayAndTime(left.seenTo.at) })
    : t('history.leftOpen');
  const facts = left
    ? [t('history.left'), group, dayAndTime(openedAt), left.contact, seenTo].filter(Boolean)
    : [group, dayAndTime(openedAt), ended, agentNames.join(', ')].filter(Boolean);
  return (
    <header className={classes.pastHead}>
      <div>
        <h2 className={classes.pastName} dir="auto">
          {customerName}
        </h2>
        <span className={classes.facts}>{facts.join(' · ')}</span>
        {rating ? <Score rating={rating} withComment /> : null}
        <Labels labels={wrapUpCode === null ? tags : [wrapUpCode, ...tags]} />
      </div>
      {children}
    </header>
  );
}
