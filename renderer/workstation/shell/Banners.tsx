import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCalendarExclamation,
  IconClockPause,
  IconDatabaseExclamation,
  IconPlugConnectedX,
  IconShieldExclamation,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useServices } from '../services/services';
import { OwnSince } from '../session/Figures';
import { useIsSupervisor, useIsUp, useMyId, useOffice, useRow, useSession } from '../session/session-context';
import { useAct } from '../session/use-act';
import { hasText } from '../ui/refusal-text';
import { Sentence } from '../ui/Sentence';
import { formatSpan } from '../ui/spans';
import { useText } from '../ui/text';
import { useTimes } from '../ui/use-times';
import classes from './Banners.module.css';
import { JoinRequests } from './JoinRequests';
import { PassphraseBanner } from './PassphraseBanner';
import { RefusalsBanner } from './RefusalsBanner';

/** Conditions that must not be overlooked, such as a lost link or a short break; read out at once. */
export function Banners({ onPassphrase }: { onPassphrase: () => void }) {
  return (
    <div aria-live="assertive" className={classes.banners}>
      <OutdatedBanner />
      <OfflineBanner />
      <DiskSpaceBanner />
      <FaultBanners />
      <DateJumpBanner />
      <PassphraseBanner onOpen={onPassphrase} />
      <JoinRequests />
      <BreakBanner />
      <RefusalsBanner />
    </div>
  );
}

/** Cannot be dismissed, except with sample data: content from strangers needs an Electron with security fixes. */
function OutdatedBanner() {
  const t = useText();
  const { outdatedRuntime } = useServices();
  const isReal = useOffice((state) => state.office?.sample === false);
  if (!outdatedRuntime || !isReal) return null;
  return (
    <div className={classes.banner} data-pane="banner" data-kind="outdated" role="alert">
      <IconShieldExclamation size={20} aria-hidden="true" />
      <div className={classes.words}>
        <b>{t('banner.outdated', { version: outdatedRuntime })}</b> {t('banner.outdatedHelp')}
      </div>
    </div>
  );
}

function OfflineBanner() {
  const t = useText();
  const session = useSession();
  const link = useOffice((state) => state.link);
  const unsent = useOffice((state) => state.unsent);
  if (link.state !== 'down') return null;
  const reason = `close.${link.reason}`;
  return (
    <div className={classes.banner} data-pane="banner" data-kind="offline" role="alert">
      <IconPlugConnectedX size={20} aria-hidden="true" />
      <div className={classes.words}>
        <b>
          <Sentence text="banner.offline" slots={{ time: <OwnSince at={link.since} /> }} />
        </b>{' '}
        {hasText(reason) ? t(reason) : null} {t('banner.offlineKept')}{' '}
        {unsent > 0 ? t('link.waiting', { count: unsent }) : null}
      </div>
      <Button variant="default" size="xs" onClick={() => session.retryNow()} disabled={link.retryAt === null}>
        {t(link.retryAt === null ? 'link.trying' : 'link.retry')}
      </Button>
    </div>
  );
}

/** Low space is shown to supervisors, who can make room; a full disk to everybody, as nothing can be saved then. */
function DiskSpaceBanner() {
  const t = useText();
  const isSupervisor = useIsSupervisor();
  const space = useOffice((state) => state.office?.diskSpace ?? 'plenty');
  if (space === 'plenty' || (space === 'low' && !isSupervisor)) return null;
  return (
    <div className={classes.banner} data-pane="banner" data-kind="diskSpace" role="alert">
      <IconDatabaseExclamation size={20} aria-hidden="true" />
      <div className={classes.words}>
        <b>{t(`banner.space.${space}`)}</b> {t(`banner.space.${space}Help`)}
      </div>
    </div>
  );
}

/** Faults of the hub itself. One that it recovered from (`restarted`) stays until it is dismissed. */
function FaultBanners() {
  const t = useText();
  const { clockTime } = useTimes();
  const [notedAt, setNotedAt] = useState(0);
  const faults = useOffice((state) => state.faults);
  return faults.map((fault) => {
    const { kind, at } = fault;
    if (kind === 'restarted' && at <= notedAt) return null;
    const words =
      fault.kind === 'restarted'
        ? t('banner.restarted', { count: fault.count, time: clockTime(at) })
        : t('banner.notSaved', { time: clockTime(at) });
    return (
      <div key={kind} className={classes.banner} data-pane="banner" data-kind="fault" role="alert">
        <IconAlertTriangle size={20} aria-hidden="true" />
        <div className={classes.words}>
          <b>{words}</b> {t(`banner.${kind}Help`)}
        </div>
        {kind === 'restarted' && (
          <Button variant="default" size="xs" onClick={() => setNotedAt(at)}>
            {t('banner.noted')}
          </Button>
        )}
      </div>
    );
  });
}

/** Asks a supervisor: only a person can tell whether the hub was off for so long or its clock is wrong. */
function DateJumpBanner() {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const { fullDay } = useTimes();
  const isSupervisor = useIsSupervisor();
  const jump = useOffice((state) => state.office?.dateJump ?? null);
  if (!jump || !isSupervisor) return null;
  return (
    <div className={classes.banner} data-pane="banner" data-kind="dateJump" role="alert">
      <IconCalendarExclamation size={20} aria-hidden="true" />
      <div className={classes.words}>
        <b>{t('banner.dateJump', { from: fullDay(jump.from), to: fullDay(jump.to) })}</b> {t('banner.dateJumpHelp')}
      </div>
      <Button
        variant="default"
        size="xs"
        disabled={!up}
        onClick={() => act(session.send({ op: 'date.confirm' }), t('banner.dateConfirmed'))}
      >
        {t('banner.dateConfirm')}
      </Button>
    </div>
  );
}

function BreakBanner() {
  const t = useText();
  const act = useAct();
  const session = useSession();
  const myId = useMyId();
  const me = useRow('agents', myId);
  if (me?.status !== 'shortBreak') return null;
  const words = me.missed
    ? t('banner.breakMissed', { name: me.missed.customerName, time: formatSpan(me.missed.waitedSeconds * 1000) })
    : me.statusCause === 'idle'
      ? t('banner.breakIdle')
      : me.reason
        ? t('banner.breakReason', { reason: me.reason })
        : t('banner.break');
  return (
    <div className={classes.banner} data-pane="banner" data-kind="break" role="alert">
      <IconClockPause size={22} aria-hidden="true" />
      <div className={classes.words}>
        <b>{words}</b> {t('banner.breakHelp')}
      </div>
      <Button color="#201500" onClick={() => act(session.send({ op: 'status.set', status: 'online' }))}>
        {t('banner.back')}
      </Button>
    </div>
  );
}
