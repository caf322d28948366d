import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { passphraseLengthMin } from '../../../shared/passphrase';
import { useIsSupervisor, useOffice } from '../session/session-context';
import { useText } from '../ui/text';
import classes from './Banners.module.css';

/** Asks a supervisor for a passphrase where the office has none, and for a better one where the rules were weaker. */
export function PassphraseBanner({ onOpen }: { onOpen: () => void }) {
  const t = useText();
  const isSupervisor = useIsSupervisor();
  const passphrase = useOffice((state) => state.passphrase);
  if (!isSupervisor || passphrase === null) return null;
  const asked = passphrase.own === 'short' ? 'short' : passphrase.office ? null : 'none';
  if (asked === null) return null;
  return (
    <div className={classes.banner} data-pane="banner" data-kind="passphrase" role="status">
      <IconKey size={20} aria-hidden="true" />
      <div className={classes.words}>
        <b>{t(`banner.passphrase.${asked}`)}</b> {t(`banner.passphrase.${asked}Help`, { min: passphraseLengthMin })}
      </div>
      <Button variant="default" size="xs" onClick={onOpen}>
        {t('banner.passphrase.go')}
      </Button>
    </div>
  );
}
