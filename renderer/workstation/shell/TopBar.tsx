import { Tooltip } from '@mantine/core';
import type { Dialog } from '../navigation/pages';
import { useOffice } from '../session/session-context';
import { useText } from '../ui/text';
import { AlertsMenu } from './AlertsMenu';
import { PaletteButton } from './commands/PaletteButton';
import { HubLink } from './HubLink';
import { MeMenu } from './MeMenu';
import { ReceptionStrip } from './ReceptionStrip';
import { StatusMenu } from './StatusMenu';
import classes from './TopBar.module.css';

interface TopBarProps {
  onSettings: () => void;
  onDialog: (dialog: Dialog) => void;
}

export function TopBar({ onSettings, onDialog }: TopBarProps) {
  const t = useText();
  const sample = useOffice((state) => state.office?.sample ?? false);
  return (
    <section className={classes.bar} aria-label={t('app.name')} data-pane="bar">
      <StatusMenu />
      <ReceptionStrip onSettings={onSettings} />
      <div className={classes.rest}>
        <PaletteButton onOpen={() => onDialog('palette')} />
        {sample ? (
          <Tooltip label={t('sample.help')}>
            <span className={classes.sample}>{t('sample.label')}</span>
          </Tooltip>
        ) : null}
        <HubLink />
        <AlertsMenu />
        <MeMenu onDialog={onDialog} />
      </div>
    </section>
  );
}
