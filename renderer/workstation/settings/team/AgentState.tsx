import type { AgentView } from '../../../../shared/protocol/views';
import { StatusMark } from '../../ui/StatusMark';
import { useText } from '../../ui/text';
import classes from '../SettingsPage.module.css';

/** A colleague's status by icon and word, and why where it was not their own doing. */
export function AgentState({ agent }: { agent: AgentView }) {
  const t = useText();
  const { status, connected, statusCause, missed, devices } = agent;
  const cause =
    statusCause === 'supervisor'
      ? t('team.cause.supervisor')
      : statusCause === 'timeout' && missed
        ? t('team.cause.timeout', { name: missed.customerName })
        : statusCause === 'graceEnded'
          ? t('team.cause.graceEnded')
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
        {cause ? <span className={classes.soft}> · {cause}</span> : null}
      </span>
    </span>
  );
}
