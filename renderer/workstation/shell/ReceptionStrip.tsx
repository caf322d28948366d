import { Popover, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useShallow } from 'zustand/react/shallow';
import { type ReceptionForMe, receptionForMe } from '../session/reception';
import { useIsSupervisor, useOffice } from '../session/session-context';
import { useText } from '../ui/text';
import { ReceptionPopover } from './ReceptionPopover';
import { meaning, summary } from './reception-words';
import classes from './TopBar.module.css';

/** The reception switches in effect and what they mean for this agent; always visible. */
export function ReceptionStrip({ onSettings }: { onSettings: () => void }) {
  const t = useText();
  const supervisor = useIsSupervisor();
  const reception = useReception();
  if (!reception) return null;
  const label = `${t('reception.open')}: ${summary(t, reception)}`;
  return (
    <div className={classes.strip}>
      <Popover position="bottom-start" width={372} trapFocus returnFocus>
        <Popover.Target>
          <UnstyledButton className={classes.pill} aria-label={label}>
            <span className={classes.soft}>{t('reception.label')}</span>
            <b>{t(reception.automatic ? 'reception.automatic' : 'reception.manual')}</b>
            <Part value={reception.redirectSeconds} off={t('reception.redirectOff')}>
              {t('reception.redirect')} <b>{t('settings.valueSeconds', { value: reception.redirectSeconds ?? 0 })}</b>
            </Part>
            <Part value={reception.breakSeconds} off={t('reception.breakOff')}>
              {t('reception.break')} <b>{t('reception.missed', { count: reception.misses })}</b>
            </Part>
            {supervisor || reception.mayChoose ? <IconChevronDown size={14} aria-hidden="true" /> : null}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>
          <ReceptionPopover reception={reception} onSettings={onSettings} />
        </Popover.Dropdown>
      </Popover>
      <span className={classes.means} title={meaning(t, reception)}>
        {meaning(t, reception)}
      </span>
    </div>
  );
}

function Part({ value, off, children }: { value: number | null; off: string; children: React.ReactNode }) {
  return (
    <span className={classes.soft}>
      {'· '}
      {value === null ? off : children}
    </span>
  );
}

function useReception(): ReceptionForMe | null {
  return useOffice(useShallow(receptionForMe));
}
