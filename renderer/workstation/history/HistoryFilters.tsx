import { NativeSelect, TextInput } from '@mantine/core';
import type { HistoryStage } from '../../../shared/protocol/history';
import { ratingRange } from '../../../shared/protocol/limits';
import { useIsSupervisor, useMyId, useOffice, useTable } from '../session/session-context';
import { useText } from '../ui/text';
import classes from './History.module.css';
import type { HistoryFilter } from './use-history';

/** The fields' values: empty means any. Days are in this machine's time zone, both inclusive. */
export interface HistoryDraft {
  text: string;
  agentId: string;
  groupId: string;
  stage: HistoryStage | '';
  tag: string;
  wrapUpCode: string;
  scoreMax: string;
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
  scoreMax: '',
  fromDay: '',
  toDay: '',
};

/** The filter for the hub: only the fields that are not empty. */
export function filterOf(draft: HistoryDraft): HistoryFilter {
  const { agentId, groupId, stage, tag, wrapUpCode, scoreMax } = draft;
  const from = startOf(draft.fromDay, 0);
  const before = startOf(draft.toDay, 1);
  return {
    text: draft.text.trim(),
    ...(agentId === '' ? {} : { agentId }),
    ...(groupId === '' ? {} : { groupId }),
    ...(stage === '' ? {} : { stage }),
    ...(tag === '' ? {} : { tag }),
    ...(wrapUpCode === '' ? {} : { wrapUpCode }),
    ...(scoreMax === '' ? {} : { scoreMax: Number(scoreMax) }),
    ...(from === null ? {} : { from }),
    ...(before === null ? {} : { before }),
  };
}

/** The start of the day `2026-11-23`, or of one some days later: by the calendar, as days have 23 to 25 hours. */
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
  const hasRatings = useOffice((state) => state.office?.afterwards !== undefined);
  const set = (fields: Partial<HistoryDraft>) => onChange({ ...draft, ...fields });
  return (
    <div className={classes.filters}>
      <Choice
        label={t('history.group')}
        any={t('history.anyGroup')}
        value={draft.groupId}
        options={groups.map(({ groupId, name }) => ({ value: groupId, label: name }))}
        onChange={(groupId) => set({ groupId })}
      />
      <Choice
        label={t('history.agent')}
        any={t('history.anyAgent')}
        value={draft.agentId}
        options={agents.map(({ agentId, name }) => ({ value: agentId, label: name }))}
        onChange={(agentId) => set({ agentId })}
      />
      <Choice
        label={t('history.stage')}
        any={t('history.anyStage')}
        value={draft.stage}
        options={[
          { value: 'open', label: t('history.stageOpen') },
          { value: 'ended', label: t('history.stageEnded') },
        ]}
        onChange={(stage) => set({ stage: stage as HistoryDraft['stage'] })}
      />
      {tags.length > 0 ? (
        <Choice
          label={t('customer.tags')}
          any={t('history.anyTag')}
          value={draft.tag}
          options={tags}
          onChange={(tag) => set({ tag })}
        />
      ) : null}
      {wrapUpCodes.length > 0 ? (
        <Choice
          label={t('conversation.wrapUpCode')}
          any={t('history.anyWrapUpCode')}
          value={draft.wrapUpCode}
          options={wrapUpCodes}
          onChange={(wrapUpCode) => set({ wrapUpCode })}
        />
      ) : null}
      {hasRatings ? (
        <Choice
          label={t('rating.title')}
          any={t('rating.any')}
          value={draft.scoreMax}
          options={[
            { value: String(ratingRange.max), label: t('rating.rated') },
            ...[3, 2, 1].map((score) => ({ value: String(score), label: t('rating.atMost', { score }) })),
          ]}
          onChange={(scoreMax) => set({ scoreMax })}
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

interface ChoiceProps {
  label: string;
  /** The label of the first option, which filters nothing. */
  any: string;
  value: string;
  options: readonly (string | { value: string; label: string })[];
  onChange: (value: string) => void;
}

function Choice({ label, any, value, options, onChange }: ChoiceProps) {
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: any }, ...options]}
    />
  );
}

/** All groups for a supervisor, else the agent's own: the hub refuses a search in others. */
function useReadableGroups() {
  const supervisor = useIsSupervisor();
  const myId = useMyId();
  const mine = useTable('agents').get(myId)?.groups ?? [];
  const groups = useTable('groups');
  return [...groups.values()].filter(
    ({ groupId }) => supervisor || mine.some((membership) => membership.groupId === groupId),
  );
}
