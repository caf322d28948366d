import type { FoundConversation } from '../../../shared/protocol/history';
import { useGroupName } from '../session/session-context';
import { Labels } from '../ui/Labels';
import { Marked } from '../ui/Marked';
import { Score } from '../ui/Score';
import { useText } from '../ui/text';
import { useTimes } from '../ui/use-times';
import classes from './History.module.css';

/** A result: customer, time, agents, and the excerpt that matches. */
export function HistoryRow({ past, query }: { past: FoundConversation; query: string }) {
  const t = useText();
  const { dayAndTime } = useTimes();
  const group = useGroupName(past.groupId);
  const { customerName, openedAt, endedAt, agentNames, preview, excerpt, tags, wrapUpCode, rating, left } = past;
  const seenTo = left?.seenTo ? t('history.seenTo', { name: left.seenTo.name }) : null;
  const open = left ? t('history.leftOpen') : t('history.open');
  const about = [
    left ? t('history.left') : null,
    endedAt === null ? open : null,
    group,
    agentNames.join(', '),
    seenTo,
  ].filter(Boolean);
  return (
    <>
      <div className={classes.rowTop}>
        <b className={classes.rowName} dir="auto">
          <Marked text={customerName} query={query} />
        </b>
        <time className={classes.rowTime} dateTime={new Date(openedAt).toISOString()}>
          {dayAndTime(openedAt)}
        </time>
      </div>
      <div className={classes.rowText} dir="auto">
        <Marked text={excerpt ?? preview} query={query} />
      </div>
      <div className={classes.rowAbout}>{about.join(' · ')}</div>
      {rating ? <Score rating={rating} /> : null}
      <Labels labels={wrapUpCode === null ? tags : [wrapUpCode, ...tags]} />
    </>
  );
}
