import { Drawer } from '@mantine/core';
import { IconFileOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Answer } from '../../../shared/client/answer';
import type { ConversationView, TraceEntry } from '../../../shared/protocol/views';
import { useIsUp, useSession, useTable } from '../session/session-context';
import { PaneLoading, PaneNote } from '../ui/Pane';
import { refusalText } from '../ui/refusal-text';
import { useText } from '../ui/text';
import { useTimes } from '../ui/use-times';
import classes from './TraceDrawer.module.css';
import { type TraceLine, traceLines } from './trace';

/** Its trace is loaded anew whenever it changes. */
export type Traced = Pick<ConversationView, 'conversationId' | 'customerName' | 'groupId'>;

interface DrawerProps {
  conversation: Traced;
  opened: boolean;
  onClose: () => void;
}

/** For supervisors: everything that the hub decided about one conversation, in sentences (EX1). */
export function TraceDrawer({ conversation, opened, onClose }: DrawerProps) {
  const t = useText();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={460}
      title={t('trace.title', { name: conversation.customerName })}
      classNames={{ title: classes.title }}
    >
      <p className={classes.help}>{t('trace.help')}</p>
      <Trace conversation={conversation} />
    </Drawer>
  );
}

interface Recorded {
  trace: TraceEntry[];
  /** Names by agent id, also of agents who have left the team. */
  names: Record<string, string>;
}

function Trace({ conversation }: { conversation: Traced }) {
  const t = useText();
  const up = useIsUp();
  const { recorded, problem } = useTrace(conversation);
  const lines = useTraceLines(conversation, recorded);
  if (problem) {
    return (
      <PaneNote icon={<IconFileOff size={32} stroke={1.4} />} title={t('trace.failed')}>
        {refusalText(t, problem)}
      </PaneNote>
    );
  }
  if (lines === null) return <PaneLoading label={t(up ? 'trace.loading' : 'trace.offline')} />;
  return (
    <ol className={classes.lines}>
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a trace only grows at its end
        <Line key={i} line={line} newDay={i === 0 || dayOf(line.at) !== dayOf(lines[i - 1]?.at ?? 0)} />
      ))}
    </ol>
  );
}

function Line({ line: { at, type, main, more }, newDay }: { line: TraceLine; newDay: boolean }) {
  const { exactTime, dayName } = useTimes();
  return (
    <>
      {newDay ? <li className={classes.day}>{dayName(dayOf(at))}</li> : null}
      <li className={classes.line} data-type={type}>
        <time className="tabular" dateTime={new Date(at).toISOString()}>
          {exactTime(at)}
        </time>
        <span className={classes.mark} aria-hidden="true" />
        <div>
          <div>{main}</div>
          {more ? <div className={classes.more}>{more}</div> : null}
        </div>
      </li>
    </>
  );
}

function dayOf(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Loaded when the drawer opens, and again whenever the conversation has changed. */
function useTrace(conversation: Traced) {
  const session = useSession();
  const up = useIsUp();
  const [recorded, setRecorded] = useState<Recorded | null>(null);
  const [problem, setProblem] = useState<Extract<Answer, { ok: false }> | null>(null);
  useEffect(() => {
    if (!up) return;
    const { conversationId } = conversation;
    let wanted = true;
    void session.ask({ op: 'conversation.trace', conversationId }).then((answer) => {
      if (!wanted) return;
      if (answer.ok) setRecorded(answer.result ?? null);
      // A lost link is no failure: the trace is loaded after the reconnect.
      setProblem(answer.ok || answer.code === 'linkLost' ? null : answer);
    });
    return () => {
      wanted = false;
    };
  }, [session, up, conversation]);
  return { recorded, problem };
}

function useTraceLines({ customerName, groupId }: Traced, recorded: Recorded | null): TraceLine[] | null {
  const t = useText();
  const { exactTime } = useTimes();
  const agents = useTable('agents');
  const groups = useTable('groups');
  if (recorded === null) return null;
  return traceLines(t, recorded.trace, {
    customerName,
    groupId,
    agent: (id = '') => agents.get(id)?.name ?? recorded.names[id] ?? t('why.formerAgent'),
    group: (id) => groups.get(id)?.name ?? t('trace.formerGroup'),
    time: exactTime,
  });
}
