import { UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { shortcutOf } from '../../commands/commands';
import { ariaKeys } from '../../commands/shortcut';
import { useServices } from '../../services/services';
import { useText } from '../../ui/text';
import classes from './Commands.module.css';
import { Keys } from './Keys';

export function PaletteButton({ onOpen }: { onOpen: () => void }) {
  const t = useText();
  const { mac } = useServices();
  const shortcut = shortcutOf('palette.open');
  return (
    <UnstyledButton
      className={classes.open}
      aria-label={t('palette.label')}
      aria-keyshortcuts={shortcut && ariaKeys(shortcut, mac)}
      onClick={onOpen}
    >
      <IconSearch size={15} aria-hidden="true" />
      <span className={classes.openWords}>{t('palette.label')}</span>
      {shortcut ? <Keys shortcut={shortcut} /> : null}
    </UnstyledButton>
  );
}
