import { Button, Kbd } from '@mantine/core';
import { shortcutOf } from '../../commands/commands';
import { ariaKeys, keysOf } from '../../commands/shortcut';
import { useServices } from '../../services/services';
import { useText } from '../../ui/text';
import classes from './IncomingCard.module.css';

const acceptShortcut = shortcutOf('offer.accept');

interface AcceptButtonProps {
  /** The shortcut accepts the first offer. */
  first: boolean;
  possible: boolean;
  onAccept: () => void;
  compact?: boolean;
}

export function AcceptButton({ first, possible, onAccept, compact = false }: AcceptButtonProps) {
  const t = useText();
  const { mac } = useServices();
  const shortcut = first ? acceptShortcut : undefined;
  return (
    <Button
      {...(compact ? { size: 'xs' } : { flex: 1, miw: 'max-content' })}
      disabled={!possible}
      onClick={onAccept}
      rightSection={shortcut && !compact ? <Kbd className={classes.keys}>{keysOf(shortcut, mac).join(' ')}</Kbd> : null}
      aria-keyshortcuts={shortcut ? ariaKeys(shortcut, mac) : undefined}
      aria-label={t('incoming.accept')}
    >
      {t('incoming.accept')}
    </Button>
  );
}
