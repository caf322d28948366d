import { Button, TextInput } from '@mantine/core';
import { IconHistory, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { FoundConversation } from '../../../shared/protocol/history';
import { searchTextMax } from '../../../shared/protocol/limits';
import { useIsUp } from '../session/session-context';
import { BackButton } from '../ui/BackButton';
import { PaneLoading, PaneNote } from '../ui/Pane';
import { useText } from '../ui/text';
import { useListbox } from '../ui/use-listbox';
import { useRoom } from '../ui/use-room';
import classes from './History.module.css';
import { filterOf, type HistoryDraft, HistoryFilters, noFilter } from './HistoryFilters';
import { HistoryRow } from './HistoryRow';
import { PastConversation } from './PastConversation';
import { type HistoryFilter, useHistory } from './use-history';

const shownAtOnce = 20;
const pauseMs = 250;

interface HistoryPageProps {
  opened: FoundConversation | null;
  onOpen: (past: FoundConversation | null) => void;
  onLive: (conversationId: string) => void;
}

/** Searches open and ended conversations, and shows one of them read-only. */
export function HistoryPage({ opened, onOpen, onLive }: HistoryPageProps) {
  const t = useText();
  const [draft, setDraft] = useState(noFilter);
  const filter = filterOf(draft);
  const history = useHistory(filter, { length: shownAtOnce, pauseMs, fills: true });
  const room = useRoom();
  const reopened = (past: FoundConversation) => {
    onOpen(past);
    history.retry();
  };
  return (
    <div className={classes.page}>
      {room === 'one' && opened ? null : (
        <div className={classes.list} data-pane="history">
          <h1 className={classes.title}>{t('history.title')}</h1>
          <Search draft={draft} onChange={setDraft} filter={filter} history={history} opened={opened} onOpen={onOpen} />
        </div>
      )}
      {room === 'one' && !opened ? null : (
        <div className={classes.reading} data-pane="reading" tabIndex={-1}>
          {room === 'one' ? (
            <BackButton label={t('history.toList')} pane="history" onBack={() => onOpen(null)} />
          ) : null}
          {opened ? (
            <PastConversation
              key={`${opened.conversationId} ${opened.endedAt}`}
              past={opened}
              query={filter.text}
              onLive={onLive}
              onReopened={reopened}
            />
          ) : (
            <PaneNote icon={<IconHistory size={30} stroke={1.4} />} title={t('history.choose')}>
              {t('history.chooseHelp')}
            </PaneNote>
          )}
        </div>
      )}
    </div>
  );
}

interface SearchProps {
  draft: HistoryDraft;
  onChange: (draft: HistoryDraft) => void;
  filter: HistoryFilter;
  history: ReturnType<typeof useHistory>;
  opened: FoundConversation | null;
  onOpen: (past: FoundConversation) => void;
}

/** The search field, the filters and the results; the arrow keys in the field move through the results. */
function Search({ draft, onChange, filter, history, opened, onOpen }: SearchProps) {
  const t = useText();
  const { found } = history;
  const listbox = useListbox({
    label: t('history.found'),
    count: found.length,
    query: JSON.stringify(filter),
    onTake(index) {
      const past = found[index];
      if (past) onOpen(past);
    },
  });
  return (
    <>
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
        onChange={(event) => onChange({ ...draft, text: event.currentTarget.value })}
        onKeyDown={listbox.pressed}
        {...listbox.field}
      />
      <HistoryFilters draft={draft} onChange={onChange} />
      <Trouble problem={history.problem} onRetry={history.retry} />
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
      <Rest history={history} />
    </>
  );
}

/** Shown without a link, or when the hub has refused the search. */
function Trouble({ problem, onRetry }: { problem: string | null; onRetry: () => void }) {
  const t = useText();
  const up = useIsUp();
  return (
    <>
      {up ? null : (
        <p className={classes.status} role="status">
          {t('history.offline')} {t('history.offlineHelp')}
        </p>
      )}
      {problem !== null ? (
        <PaneNote title={t('history.failed')}>
          <p>{problem}</p>
          <Button size="compact-sm" variant="default" disabled={!up} onClick={onRetry}>
            {t('history.again')}
          </Button>
        </PaneNote>
      ) : null}
    </>
  );
}

/** Below the results: a button for more, "nothing found", or "searching". */
function Rest({ history: { found, isBusy, problem, hasMore, more } }: Pick<SearchProps, 'history'>) {
  const t = useText();
  const up = useIsUp();
  return (
    <>
      {isBusy && up ? <PaneLoading label={t('history.searching')} /> : null}
      {!isBusy && problem === null && found.length === 0 ? (
        <PaneNote icon={<IconSearch size={28} stroke={1.4} />} title={t('history.none')}>
          {t('history.noneHelp')}
        </PaneNote>
      ) : null}
      {hasMore ? (
        <Button variant="subtle" disabled={!up} onClick={more}>
          {t('history.more')}
        </Button>
      ) : null}
    </>
  );
}
