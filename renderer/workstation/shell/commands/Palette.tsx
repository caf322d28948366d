import { Modal } from '@mantine/core';
import { IconArrowRight, IconHistory, IconMessage, IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { CommandContext } from '../../commands/commands';
import { useHistory } from '../../history/use-history';
import { useText } from '../../ui/text';
import { useListbox } from '../../ui/use-listbox';
import classes from './Commands.module.css';
import { type Found, find, foundBefore } from './find';
import { Keys } from './Keys';

interface PaletteProps {
  context: CommandContext;
  /** Closes the palette, restores the focus, and only then calls `then`, which may move the focus. */
  onClose: (then?: () => void) => void;
}

const pastShown = 8;
const pauseMs = 300;

/** Finds the commands that are possible now, and conversations, by a few letters. */
export function Palette({ context, onClose }: PaletteProps) {
  const t = useText();
  return (
    <Modal.Root
      opened
      onClose={() => onClose()}
      size={620}
      transitionProps={{ duration: 0 }}
      yOffset="10vh"
      returnFocus={false}
    >
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content aria-label={t('palette.label')}>
        <Modal.Body p={0}>
          <Search context={context} onClose={onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Search({ context, onClose }: PaletteProps) {
  const t = useText();
  const [query, setQuery] = useState('');
  const text = query.trim();
  const offered = useMemo(() => find(query, context, t), [query, context, t]);
  const past = useHistory({ text }, { length: pastShown, pauseMs, enabled: text !== '' });
  // While busy, `past` still holds the results of the query before.
  const found = text === '' || past.isBusy ? offered : [...offered, ...foundBefore(past.found, offered)];
  const take = (index: number) => {
    const taken = found[index];
    if (taken) onClose(() => open(taken, context));
  };
  const listbox = useListbox({ label: t('palette.found'), count: found.length, query, onTake: take });
  return (
    <>
      <div className={classes.search}>
        <IconSearch size={18} aria-hidden="true" />
        <input
          type="text"
          role="combobox"
          aria-expanded={found.length > 0}
          aria-label={t('palette.placeholder')}
          placeholder={t('palette.placeholder')}
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={listbox.pressed}
          {...listbox.field}
        />
      </div>
      {found.length > 0 ? (
        <div className={classes.found} {...listbox.list}>
          {found.map((each, at) => (
            <div key={each.key} className={classes.option} {...listbox.option(at)}>
              <Row found={each} />
            </div>
          ))}
        </div>
      ) : (
        <p className={classes.none} role="status">
          {t(context.up && past.isBusy ? 'history.searching' : 'palette.none')}
        </p>
      )}
    </>
  );
}

function Row({ found }: { found: Found }) {
  if (found.kind === 'command') {
    const { shortcut } = found.command;
    return (
      <>
        <IconArrowRight size={16} aria-hidden="true" />
        <span className={classes.name}>{found.label}</span>
        {shortcut ? <Keys shortcut={shortcut} /> : null}
      </>
    );
  }
  const Icon = found.kind === 'past' ? IconHistory : IconMessage;
  return (
    <>
      <Icon size={16} aria-hidden="true" />
      <span className={classes.name}>{found.name}</span>
      <span className={classes.detail}>{found.detail}</span>
    </>
  );
}

function open(found: Found, context: CommandContext) {
  if (found.kind === 'command') return found.command.run(context);
  if (found.kind === 'past') return context.openPast(found.past);
  context.openPage('chats');
  context.session.select(found.conversationId);
}
