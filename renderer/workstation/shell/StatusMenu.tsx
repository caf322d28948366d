import { Menu, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Fragment } from 'react';
import { agentStatus, statusAfterThis } from '../../../shared/protocol/fields';
import type { AgentView } from '../../../shared/protocol/views';
import { useIsUp, useLists, useMinutesSince, useMyId, useOffice, useRow, useSession } from '../session/session-context';
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
          {me?.afterThis ? (
            <span className={classes.then}>{t('status.then', { status: t(`status.${me.afterThis.status}`) })}</span>
          ) : null}
          {me ? <StatusTime since={me.statusSince} /> : null}
          <IconChevronDown size={14} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <StatusItems status={status} />
        <AfterThisItems me={me} />
      </Menu.Dropdown>
    </Menu>
  );
}

const none: readonly string[] = [];

function StatusItems({ status }: { status: AgentView['status'] }) {
  const t = useText();
  const act = useAct();
  const session = useSession();
  const reasons = useOffice((state) => state.office?.breakReasons ?? none);
  return agentStatus.options.map((each) => (
    <Fragment key={each}>
      <Menu.Item
        leftSection={<StatusMark status={each} size={16} />}
        aria-label={t(`status.${each}`)}
        aria-current={each === status ? 'true' : undefined}
        onClick={() => act(session.send({ op: 'status.set', status: each }))}
      >
        {each === status ? <b>{t(`status.${each}`)}</b> : t(`status.${each}`)}
        <div className={classes.help}>{t(`status.${each}Help`)}</div>
      </Menu.Item>
      {(each === 'shortBreak' ? reasons : none).map((reason) => (
        <Menu.Item
          key={reason}
          pl={42}
          aria-label={t('status.withReason', { status: t('status.shortBreak'), reason })}
          onClick={() => act(session.send({ op: 'status.set', status: 'shortBreak', reason }))}
        >
          <bdi>{reason}</bdi>
        </Menu.Item>
      ))}
    </Fragment>
  ));
}

/** ID2: a status to take once the last conversation has ended. */
function AfterThisItems({ me }: { me: AgentView | undefined }) {
  const t = useText();
  const act = useAct();
  const session = useSession();
  const isBusyWithSome = useLists().mine.length > 0;
  if (!me || (!me.afterThis && !isBusyWithSome)) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t('status.afterThis')}</Menu.Label>
      {statusAfterThis.options.map((status) => (
        <Menu.Item
          key={status}
          leftSection={<StatusMark status={status} size={16} />}
          aria-label={`${t('status.afterThis')}: ${t(`status.${status}`)}`}
          aria-current={me.afterThis?.status === status ? 'true' : undefined}
          fw={me.afterThis?.status === status ? 600 : undefined}
          onClick={() => act(session.send({ op: 'status.afterThis', status }))}
        >
          {t(`status.${status}`)}
        </Menu.Item>
      ))}
      {me.afterThis ? (
        <Menu.Item onClick={() => act(session.send({ op: 'status.afterThis', status: null }))}>
          {t('status.stay', { status: t(`status.${me.status}`) })}
        </Menu.Item>
      ) : null}
    </>
  );
}
