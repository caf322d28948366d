import {
  IconCircleCheckFilled,
  IconCircleMinus,
  IconCircleX,
  IconClockPause,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import type { AgentStatus } from '../../../shared/protocol/fields';
import classes from './StatusMark.module.css';

/** A status by shape and colour. `gone`: the agent chose it, but no workstation of theirs is connected. */
export function StatusMark({
  status,
  gone = false,
  size = 14,
}: {
  status: AgentStatus;
  gone?: boolean;
  size?: number;
}) {
  const Icon = gone && status !== 'offline' ? IconPlugConnectedX : icons[status];
  return (
    <span className={classes.mark} data-status={gone ? 'offline' : status} aria-hidden="true">
      <Icon size={size} stroke={2.2} />
    </span>
  );
}

const icons = {
  online: IconCircleCheckFilled,
  busy: IconCircleMinus,
  shortBreak: IconClockPause,
  offline: IconCircleX,
};
