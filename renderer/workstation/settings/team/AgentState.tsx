import type { AgentView } from '../../../../shared/protocol/views';
import { StatusMark } from '../../ui/StatusMark';
import { useText } from '../../ui/text';
import classes from './AgentState.module.css';

/** A colleague's status by icon and word, with the cause where it was not their own choice. */
export function AgentState({ agent }: { agent: AgentView }) {
  const t = useText();
  const { status, connected, statusCause, missed, devices, reason, afterThis } = agent;
  const cause =
    statusCause === 'supervisor'
      ? t('team.cause.supervisor')
      : statusCause === 'timeout' && missed
        ? t('team.cause.timeout', { name: missed.customerName })
        : statusCause === 'graceEnded'
          ? t('team.cause.graceEnded')
          : statusCause === 'idle'
            ? t('team.cause.idle')
            : null;
  const word =
    devices === 0
      ? t('status.neverJoined')
      : connected || status === 'offline'
        ? t(`status.${status}`)
        : `${t(`status.${status}`)} · ${t('status.disconnected')}`;
  return (
    <span className={classes.state}>
      <StatusMark status={status} gone={!connected} />
      <span>
        {word}
        {reason ? (
          <span className="soft">
            {' · '}
            <bdi>{reason}</bdi>
          </span>
        ) : null}
        {cause ? <span className="soft"> · {cause}</span> : null}
        {afterThis ? (
          <span className="soft"> · {t('status.then', { status: t(`status.${afterThis.status}`) })}</span>
        ) : null}
      </span>
    </span>
  );
}

/** The same in one word, for a group's table. */
export function MemberState({ agent: { status, connected } }: { agent: AgentView }) {
  const t = useText();
  return (
    <span className={classes.state}>
      <StatusMark status={status} gone={!connected} />
      {t(connected || status === 'offline' ? `status.${status}` : 'status.disconnected')}
    </span>
  );
}
