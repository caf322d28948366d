import { Select, Switch } from '@mantine/core';
import { useMemo } from 'react';
import type { WorkingHours } from '../../../../shared/protocol/hours';
import type { GroupView } from '../../../../shared/protocol/views';
import { useOffice, useSession, useTable } from '../../session/session-context';
import { Card } from '../../ui/Card';
import { FormRow } from '../../ui/FormRow';
import { PaneLoading, PaneNote } from '../../ui/Pane';
import { useText } from '../../ui/text';
import { Page } from '../Page';
import { SaveBar } from '../SaveBar';
import { type DraftsProps, without } from '../settings-drafts';
import { byName } from '../team/agents-order';
import { GroupPicker } from '../team/GroupPicker';
import { HolidayRows } from './HolidayRows';
import classes from './Hours.module.css';
import { problemsOf, usualHours } from './hours-draft';
import { ownTimeZone, useOpenWords } from './use-open-words';
import { WeekRows } from './WeekRows';

/** When a group is open: its week, its holidays, its time zone (HR1). */
export function HoursPage({ drafts, onDrafts }: DraftsProps) {
  const t = useText();
  const ready = useOffice((state) => state.ready);
  const groups = useTable('groups');
  if (!ready) return <PaneLoading label={t('settings.loading')} />;
  const group = groups.get(drafts.groupId ?? '') ?? [...groups.values()].sort(byName)[0];
  if (!group) return <PaneNote title={t('settings.page.hours')}>{t('hours.noGroups')}</PaneNote>;
  return (
    <Page
      title={t('settings.page.hours')}
      lead={t('hours.help')}
      action={
        <GroupPicker
          groupId={group.groupId}
          withOffice={false}
          onPick={(groupId) => onDrafts({ ...drafts, groupId })}
        />
      }
    >
      <HoursOf key={group.groupId} group={group} drafts={drafts} onDrafts={onDrafts} />
    </Page>
  );
}

function HoursOf({ group, drafts, onDrafts }: DraftsProps & { group: GroupView }) {
  const t = useText();
  const session = useSession();
  const openWords = useOpenWords();
  const { groupId, name } = group;
  const draft = drafts.hours[groupId];
  const hours = draft === undefined ? group.hours : draft;
  const changed = JSON.stringify(hours) !== JSON.stringify(group.hours);
  const problems = useMemo(() => (hours === null ? new Map() : problemsOf(hours)), [hours]);
  const done = () => onDrafts({ ...drafts, hours: without(drafts.hours, groupId) });
  const change = (next: WorkingHours | null) => onDrafts({ ...drafts, hours: { ...drafts.hours, [groupId]: next } });
  return (
    <>
      <p className={classes.openNow} data-open={group.open} role="status">
        {openWords(group)}
      </p>
      <Card>
        <FormRow
          title={t('hours.always')}
          help={t('hours.alwaysHelp')}
          control={
            <Switch
              size="md"
              aria-label={t('hours.always')}
              checked={hours === null}
              onChange={(event) =>
                change(event.currentTarget.checked ? null : (group.hours ?? usualHours(ownTimeZone())))
              }
            />
          }
        />
        {hours === null ? null : <TimeZone hours={hours} onChange={change} />}
      </Card>
      {hours === null ? null : (
        <>
          <WeekRows hours={hours} problems={problems} onChange={change} />
          <HolidayRows hours={hours} problems={problems} onChange={change} />
        </>
      )}
      <SaveBar
        changesCount={changed ? 1 : 0}
        problem={problems.size > 0 ? t(problems.has('holidays') ? 'hours.problem.tooMuch' : 'hours.fixFirst') : null}
        elsewhere={false}
        effect={t('hours.effect')}
        send={() => session.send({ op: 'group.put', groupId, name, hours: hours && trimmed(hours) })}
        onSaved={done}
        onDiscard={done}
      />
    </>
  );
}

function trimmed(hours: WorkingHours): WorkingHours {
  return { ...hours, holidays: hours.holidays.map((each) => ({ ...each, name: each.name.trim() })) };
}

interface TimeZoneProps {
  hours: WorkingHours;
  onChange: (hours: WorkingHours) => void;
}

function TimeZone({ hours, onChange }: TimeZoneProps) {
  const t = useText();
  // The zone may have been set on a machine that lists more zones than this one.
  const zones = useMemo(
    () => [...new Set([...Intl.supportedValuesOf('timeZone'), hours.timeZone])].sort(),
    [hours.timeZone],
  );
  return (
    <FormRow
      title={t('hours.timeZone')}
      help={t('hours.timeZoneHelp')}
      control={
        <Select
          w={260}
          aria-label={t('hours.timeZone')}
          data={zones}
          value={hours.timeZone}
          searchable
          allowDeselect={false}
          limit={100}
          nothingFoundMessage={t('hours.noZone')}
          onChange={(timeZone) => timeZone !== null && onChange({ ...hours, timeZone })}
        />
      }
    />
  );
}
