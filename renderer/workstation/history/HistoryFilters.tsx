import { NativeSelect, TextInput } from '@mantine/core';
import type { HistoryStage } from '../../../shared/protocol/history';
import { useIsSupervisor, useMyId, useOffice, useTable } from '../session/session-context';
import { useText } from '../ui/text';
import classes from './History.module.css';
import type { HistoryFilter } from './use-history';

/** As the fields hold it: empty is any. Days are this machine's, both included. */
export interface HistoryDraft {
  text: string;
  agentId: string;
  groupId: string;
  stage: HistoryStage | '';
  tag: string;
  wrapUpCode: string;
  fromDay: string;
  toDay: string;
}

export const noFilter: HistoryDraft = {
  text: '',
  agentId: '',
  groupId: '',
  stage: '',
  tag: '',
  wrapUpCode: '',
  fromDay: '',
  toDay: '',
};

export function filterOf({
  text,
  agentId,
  groupId,
  stage,
  tag,
  wrapUpCode,
  fromDay,
  toDay,
}: HistoryDraft): HistoryFilter {
  const from = startOf(fromDay, 0);
  const before = startOf(toDay, 1);
  return {
    text: text.trim(),
    ...(agentId === '' ? {} : { agentId }),
    ...(groupId === '' ? {} : { groupId }),
    ...(stage === '' ? {} : { stage }),
    ...(tag === '' ? {} : { tag }),
    ...(wrapUpCode === '' ? {} : { wrapUpCode }),
    ...(from === null ? {} : { from }),
    ...(before === null ? {} : { before }),
  };
}

/** The beginning of a day `2026-11-23`, or of one so many days later; days have 23 to 25 hours. */
function startOf(day: string, daysLater: number): number | null {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return null;
  const at = new Date(year, month - 1, date + daysLater).getTime();
  return at >= 0 ? at : null;
}

const none: readonly string[] = [];

interface HistoryFiltersProps {
  draft: HistoryDraft;
  onChange: (draft: HistoryDraft) => void;
}

export function HistoryFilters({ draft, onChange }: HistoryFiltersProps) {
  const t = useText();
  const agents = [...useTable('agents').values()].sort((a, b) => a.name.localeCompare(b.name));
  const groups = useReadableGroups();
  const tags = useOffice((state) => state.office?.tags ?? none);
  const wrapUpCodes = useOffice((state) => state.office?.wrapUpCodes ?? none);
  const set = (fields: Partial<HistoryDraft>) => onChange({ ...draft, ...fields });
  return (
    <div className={classes.filters}>
      <NativeSelect
        size="xs"
        aria-label={t('history.group')}
        value={draft.groupId}
        onChange={(event) => set({ groupId: event.currentTarget.value })}
        data={[
          { value: '', label: t('history.anyGroup') },
          ...groups.map(({ groupId, name }) => ({ value: groupId, label: name })),
        ]}
      />
      <NativeSelect
        size="xs"
        aria-label={t('history.agent')}
        value={draft.agentId}
        onChange={(event) => set({ agentId: event.currentTarget.value })}
        data={[
          { value: '', label: t('history.anyAgent') },
          ...agents.map(({ agentId, name }) => ({ value: agentId, label: name })),
        ]}
      />
      <NativeSelect
        size="xs"
        aria-label={t('history.stage')}
        value={draft.stage}
        onChange={(event) => set({ stage: event.currentTarget.value as HistoryDraft['stage'] })}
        data={[
          { value: '', label: t('history.anyStage') },
          { value: 'open', label: t('history.stageOpen') },
          { value: 'ended', label: t('history.stageEnded') },
        ]}
      />
      {tags.length > 0 ? (
        <NativeSelect
          size="xs"
          aria-label={t('customer.tags')}
          value={draft.tag}
          onChange={(event) => set({ tag: event.currentTarget.value })}
          data={[{ value: '', label: t('history.anyTag') }, ...tags]}
        />
      ) : null}
      {wrapUpCodes.length > 0 ? (
        <NativeSelect
          size="xs"
          aria-label={t('conversation.wrapUpCode')}
          value={draft.wrapUpCode}
          onChange={(event) => set({ wrapUpCode: event.currentTarget.value })}
          data={[{ value: '', label: t('history.anyWrapUpCode') }, ...wrapUpCodes]}
        />
      ) : null}
      <TextInput
        size="xs"
        type="date"
        label={t('history.from')}
        value={draft.fromDay}
        onChange={(event) => set({ fromDay: event.currentTarget.value })}
      />
      <TextInput
        size="xs"
        type="date"
        label={t('history.to')}
        value={draft.toDay}
        onChange={(event) => set({ toDay: event.currentTarget.value })}
      />
    </div>
  );
}

/** The hub refuses to look through others'. */
function useReadableGroups() {
  const supervisor = useIsSupervisor();
  const myId = useMyId();
  const mine = useTable('agents').get(myId)?.groups ?? [];
  const groups = useTable('groups');
  return [...groups.values()].filter(
    ({ groupId }) => supervisor || mine.some((membership) => membership.groupId === groupId),
  );
}
