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
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="top-start" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('emoji.pick')}
          onClick={() => setOpened(!opened)}
          data-command="emoji.pick"
        >
          <IconMoodSmile size={18} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown}>
        <Suspense fallback={<PaneLoading label={t('emoji.loading')} />}>
          <EmojiGrid
            onPick={(emoji) => {
              setOpened(false);
              onPick(emoji);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
