import { Button } from '@mantine/core';
import { IconMessageOff, IconMessages, IconUserOff } from '@tabler/icons-react';
import type { DragEvent } from 'react';
import { dragsFiles } from '../../../../shared/client/draft-files';
import type { ConversationView } from '../../../../shared/protocol/views';
import { Until } from '../../session/Figures';
import { isMine } from '../../session/selectors';
import { useAgentName, useIsUp, useMyId, useOffice, useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';
import { useSave } from '../../session/use-save';
import { UnsentDrafts } from '../../thread/UnsentDrafts';
import { PaneLoading, PaneNote } from '../../ui/Pane';
import { refusalText } from '../../ui/refusal-text';
import { Sentence } from '../../ui/Sentence';
import { useText } from '../../ui/text';
import { Composer } from '../composer/Composer';
import { CustomerPane } from '../customer/CustomerPane';
import { usePanes } from '../panes';
import { ConversationHeader } from './ConversationHeader';
import classes from './ConversationPane.module.css';
import { MessageList } from './MessageList';

export function ConversationPane() {
  const t = useText();
  const conversation = useOffice((state) =>
    state.selectedId === null
      ? undefined
      : (state.conversations.get(state.selectedId) ?? state.selectedGone ?? undefined),
  );
  const isErased = useOffice((state) => state.selectedErased);
  return (
    <main
      className={classes.pane}
      aria-label={conversation ? t('conversation.label', { name: conversation.customerName }) : t('conversation.none')}
      data-pane="conversation"
      tabIndex={-1}
      {...useFileDrop(conversation)}
    >
      {conversation ? <Opened conversation={conversation} /> : isErased ? <Erased /> : <Nothing />}
    </main>
  );
}

/** Files may be dropped anywhere on an own conversation; dropped on another one they do nothing. */
function useFileDrop(conversation: ConversationView | undefined) {
  const session = useSession();
  const myId = useMyId();
  const open = useOffice(({ conversations }) => conversation && conversations.has(conversation.conversationId));
  return {
    onDragOver(event: DragEvent) {
      if (dragsFiles(event.dataTransfer)) event.preventDefault();
    },
    onDrop(event: DragEvent) {
      if (!dragsFiles(event.dataTransfer)) return;
      event.preventDefault();
      if (conversation && open && isMine(conversation, myId))
        session.fileDrafts.of(conversation.conversationId).add(event.dataTransfer.files);
    },
  };
}

function Nothing() {
  const t = useText();
  const act = useAct();
  const session = useSession();
  const up = useIsUp();
  const myId = useMyId();
  const ready = useOffice((state) => state.ready);
  const offline = useOffice((state) => state.agents.get(myId)?.status === 'offline');
  if (!ready) return <PaneLoading label={t('list.loading')} />;
  return (
    <PaneNote level={1} icon={<IconMessages size={36} stroke={1.4} />} title={t('conversation.none')}>
      <p>{t(offline ? 'conversation.noneOffline' : 'conversation.noneHelp')}</p>
      {offline ? (
        <Button disabled={!up} onClick={() => act(session.send({ op: 'status.set', status: 'online' }))}>
          {t('banner.goOnline')}
        </Button>
      ) : null}
    </PaneNote>
  );
}

/** Replaces the open conversation once its customer is erased. */
function Erased() {
  const t = useText();
  const session = useSession();
  return (
    <div className={classes.fill} role="status">
      <PaneNote level={1} icon={<IconUserOff size={36} stroke={1.4} />} title={t('erase.erased')}>
        <p>{t('erase.erasedHelp')}</p>
        <Button variant="default" onClick={() => session.select(null)}>
          {t('conversation.dismiss')}
        </Button>
      </PaneNote>
    </div>
  );
}

function Opened({ conversation }: { conversation: ConversationView }) {
  const myId = useMyId();
  const gone = useOffice((state) => !state.conversations.has(conversation.conversationId));
  const mine = !gone && isMine(conversation, myId);
  return (
    <>
      <ConversationHeader conversation={conversation} gone={gone} mine={mine} />
      <div className={classes.mid}>
        <Messages conversation={conversation} />
        <CustomerDrawer />
      </div>
      {gone ? <Gone conversation={conversation} /> : <Foot conversation={conversation} mine={mine} />}
    </>
  );
}

/** The customer's pane beside the messages, where it has no column of its own. */
function CustomerDrawer() {
  const { room, customerShown } = usePanes();
  if (room !== 'two' || !customerShown) return null;
  return (
    <div className={classes.drawer}>
      <CustomerPane />
    </div>
  );
}

function Messages({ conversation }: { conversation: ConversationView }) {
  const t = useText();
  const up = useIsUp();
  const { conversationId } = conversation;
  const known = useOffice((state) => state.messages.has(conversationId));
  const problem = useOffice((state) =>
    state.readProblem?.conversationId === conversationId ? state.readProblem : null,
  );
  if (known) return <MessageList conversation={conversation} />;
  if (problem) {
    return (
      <div className={classes.fill}>
        <PaneNote icon={<IconMessageOff size={32} stroke={1.4} />} title={t('conversation.readFailed')}>
          {refusalText(t, problem)}
        </PaneNote>
      </div>
    );
  }
  return (
    <div className={classes.fill}>
      <PaneLoading label={t(up ? 'conversation.loading' : 'conversation.loadingOffline')} />
    </div>
  );
}

const replyOrNote = ['reply', 'note'] as const;
/** Colleagues who only read along may write notes. */
const noteOnly = ['note'] as const;
const replyOnly = ['reply'] as const;

function Foot({ conversation, mine }: { conversation: ConversationView; mine: boolean }) {
  const t = useText();
  const agentName = useAgentName();
  const { attendBy, stage, agentId, conversationId, customerName } = conversation;
  const unreadable = useOffice((state) => state.readProblem?.conversationId === conversationId);
  if (!mine) {
    return (
      <>
        <UnsentDrafts conversationId={conversationId} kinds={replyOnly} />
        <div className={classes.foot}>
          <p className={classes.quietFoot}>{t('conversation.readOnly')}</p>
          {unreadable ? null : (
            <Composer conversationId={conversationId} customerName={customerName} kinds={noteOnly} />
          )}
        </div>
      </>
    );
  }
  return (
    <div className={classes.foot}>
      {attendBy !== null ? (
        <p className={classes.hurry} role="status">
          <Sentence text="conversation.replyBefore" slots={{ time: <Until at={attendBy} /> }} />
        </p>
      ) : null}
      {stage === 'offered' ? (
        <p className={classes.handing}>{t('conversation.handingOver', { name: agentName(agentId) })}</p>
      ) : null}
      <Composer conversationId={conversationId} customerName={customerName} kinds={replyOrNote} />
    </div>
  );
}

function Gone({ conversation }: { conversation: ConversationView }) {
  const t = useText();
  const session = useSession();
  return (
    <>
      <UnsentDrafts conversationId={conversation.conversationId} kinds={replyOrNote} />
      <div className={classes.gone} role="status">
        <span>{t(conversation.stage === 'closed' ? 'conversation.ended' : 'conversation.gone')}</span>
        <Reopen conversation={conversation} />
        <Button variant="default" onClick={() => session.select(null)}>
          {t('conversation.dismiss')}
        </Button>
      </div>
    </>
  );
}

/** RO1: for whoever had it, and members of its group; the hub knows whether the customer is still there. */
function Reopen({ conversation }: { conversation: ConversationView }) {
  const t = useText();
  const session = useSession();
  const myId = useMyId();
  const { isUp, isBusy, save } = useSave();
  const { conversationId, stage, groupId, lastAgentId } = conversation;
  const isMember = useOffice((state) => state.agents.get(myId)?.groups.some((each) => each.groupId === groupId));
  if (stage !== 'closed' || (lastAgentId !== myId && !isMember)) return null;
  return (
    <Button
      disabled={!isUp || isBusy}
      onClick={() => save(() => session.ask({ op: 'conversation.reopen', conversationId }))}
    >
      {t('conversation.reopen')}
    </Button>
  );
}
