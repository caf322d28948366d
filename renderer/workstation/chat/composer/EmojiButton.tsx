import { ActionIcon, Popover } from '@mantine/core';
import { IconMoodSmile } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { PaneLoading } from '../../ui/Pane';
import { useText } from '../../ui/text';
import classes from './EmojiButton.module.css';

/** Loaded on first use: the names of all emoji are as large as the rest of the page. */
const EmojiGrid = lazy(async () => ({ default: (await import('./EmojiGrid')).EmojiGrid }));

export function EmojiButton({ onPick }: { onPick(emoji: string): void }) {
  const t = useText();
  const [state, setState] = useState<'closed' | 'open' | 'picked'>('closed');
  const isOpen = state === 'open';
  return (
    // What was picked goes to where one writes, and so does the focus.
    <Popover
      opened={isOpen}
      onChange={(opened) => setState(opened ? 'open' : 'closed')}
      position="top-start"
      trapFocus
      returnFocus={state !== 'picked'}
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('emoji.pick')}
          onClick={() => setState(isOpen ? 'closed' : 'open')}
          data-command="emoji.pick"
        >
          <IconMoodSmile size={18} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown}>
        <Suspense fallback={<PaneLoading label={t('emoji.loading')} />}>
          <EmojiGrid
            onPick={(emoji) => {
              setState('picked');
              onPick(emoji);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
