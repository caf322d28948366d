import { Menu, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { agentStatus } from '../../../shared/protocol/fields';
import { useIsUp, useMinutesSince, useMyId, useRow, useSession } from '../session/session-context';
import { useAct } from '../session/use-act';
import { StatusMark } from '../ui/StatusMark';
import { useText } from '../ui/text';
import { useTimes } from '../ui/use-times';
import classes from './TopBar.module.css';

/** To the minute: nothing else moves on a desk that has nothing to do. */
function StatusTime({ since }: { since: number }) {
  const { span } = useTimes();
  return <span className={`tabular ${classes.timer}`}>{span(useMinutesSince(since))}</span>;
}

export function StatusMenu() {
  const t = useText();
  const act = useAct();
  const session = useSession();
  const myId = useMyId();
  const up = useIsUp();
  const me = useRow('agents', myId);
  const status = me?.status ?? 'offline';
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <UnstyledButton
          className={classes.pill}
          data-status={status}
          data-pane-focus
          aria-label={t('status.label', { status: t(`status.${status}`) })}
        >
          <StatusMark status={status} gone={!up} />
          <b>{t(`status.${status}`)}</b>
          {me ? <StatusTime since={me.statusSince} /> : null}
          <IconChevronDown size={14} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {agentStatus.options.map((each) => (
          <Menu.Item
            key={each}
            leftSection={<StatusMark status={each} size={16} />}
            aria-label={t(`status.${each}`)}
            aria-current={each === status ? 'true' : undefined}
            fw={each === status ? 600 : undefined}
            onClick={() => act(session.send({ op: 'status.set', status: each }))}
          >
            {t(`status.${each}`)}
            <div className={classes.help}>{t(`status.${each}Help`)}</div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
