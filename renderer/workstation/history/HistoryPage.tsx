import { Button, TextInput } from '@mantine/core';
import { IconHistory, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { FoundConversation } from '../../../shared/protocol/history';
import { searchTextMax } from '../../../shared/protocol/limits';
import { useIsUp } from '../session/session-context';
import { PaneLoading, PaneNote } from '../ui/Pane';
import { useText } from '../ui/text';
import { useListbox } from '../ui/use-listbox';
import classes from './History.module.css';
import { filterOf, HistoryFilters, noFilter } from './HistoryFilters';
import { HistoryRow } from './HistoryRow';
import { PastConversation } from './PastConversation';
import { useHistory } from './use-history';

const shownAtOnce = 20;
const pauseMs = 250;

interface HistoryPageProps {
  opened: FoundConversation | null;
  onOpen: (past: FoundConversation) => void;
  onLive: (conversationId: string) => void;
}

/** Finds conversations, open and ended, and shows one of them to be read. */
export function HistoryPage({ opened, onOpen, onLive }: HistoryPageProps) {
  const t = useText();
  const up = useIsUp();
  const [draft, setDraft] = useState(noFilter);
  const filter = filterOf(draft);
  const history = useHistory(filter, { length: shownAtOnce, pauseMs, fills: true });
  const { found, isBusy, problem, hasMore } = history;
  const take = (index: number) => {
    const past = found[index];
    if (past) onOpen(past);
  };
  const reopened = (past: FoundConversation) => {
    onOpen(past);
    history.retry();
  };
  const query = JSON.stringify(filter);
  const listbox = useListbox({ label: t('history.found'), count: found.length, query, onTake: take });
  return (
    <div className={classes.page}>
      <div className={classes.list} data-pane="history">
        <h1 className={classes.title}>{t('history.title')}</h1>
        <TextInput
          className={classes.search}
          role="combobox"
          aria-expanded={found.length > 0}
          aria-label={t('history.search')}
          placeholder={t('history.placeholder')}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          autoComplete="off"
          spellCheck={false}
          data-pane-focus
          maxLength={searchTextMax}
          value={draft.text}
          onChange={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
          onKeyDown={listbox.pressed}
          {...listbox.field}
        />
        <HistoryFilters draft={draft} onChange={setDraft} />
        {up ? null : (
          <p className={classes.status} role="status">
            {t('history.offline')} {t('history.offlineHelp')}
          </p>
        )}
        {problem !== null ? (
          <PaneNote title={t('history.failed')}>
            <p>{problem}</p>
            <Button size="compact-sm" variant="default" disabled={!up} onClick={history.retry}>
              {t('history.again')}
            </Button>
          </PaneNote>
        ) : null}
        {found.length > 0 ? (
          <div className={classes.rows} {...listbox.list}>
            {found.map((past, at) => (
              <div
                key={past.conversationId}
                className={classes.row}
                data-open={past.conversationId === opened?.conversationId}
                {...listbox.option(at)}
              >
                <HistoryRow past={past} query={draft.text} />
              </div>
            ))}
          </div>
        ) : null}
        {isBusy && up ? <PaneLoading label={t('history.searching')} /> : null}
        {!isBusy && problem === null && found.length === 0 ? (
          <PaneNote icon={<IconSearch size={28} stroke={1.4} />} title={t('history.none')}>
            {t('history.noneHelp')}
          </PaneNote>
        ) : null}
        {hasMore ? (
          <Button variant="subtle" disabled={!up} onClick={history.more}>
            {t('history.more')}
          </Button>
        ) : null}
      </div>
      <div className={classes.reading} data-pane="reading" tabIndex={-1}>
        {opened ? (
          <PastConversation
            key={`${opened.conversationId} ${opened.endedAt}`}
            past={opened}
            onLive={onLive}
            onReopened={reopened}
          />
        ) : (
          <PaneNote icon={<IconHistory size={30} stroke={1.4} />} title={t('history.choose')}>
            {t('history.chooseHelp')}
          </PaneNote>
        )}
      </div>
    </div>
  );
}
