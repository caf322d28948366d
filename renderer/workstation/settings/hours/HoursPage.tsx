import { Select, Switch } from '@mantine/core';
import { useMemo } from 'react';
import type { WorkingHours } from '../../../../shared/protocol/hours';
import type { GroupView } from '../../../../shared/protocol/views';
import { useOffice, useSession, useTable } from '../../session/session-context';
import { PaneLoading, PaneNote } from '../../ui/Pane';
import { useText } from '../../ui/text';
import { SaveBar } from '../SaveBar';
import classes from '../SettingsPage.module.css';
import { type DraftsProps, without } from '../settings-drafts';
import { byName } from '../team/agents-order';
import { GroupPicker } from '../team/GroupPicker';
import { HolidayRows } from './HolidayRows';
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
    <div className={classes.content}>
      <div className={classes.titleRow}>
        <div>
          <h1 className={classes.title}>{t('settings.page.hours')}</h1>
          <p className={classes.lead}>{t('hours.help')}</p>
        </div>
        <GroupPicker
          groupId={group.groupId}
          withOffice={false}
          onPick={(groupId) => onDrafts({ ...drafts, groupId })}
        />
      </div>
      <HoursOf key={group.groupId} group={group} drafts={drafts} onDrafts={onDrafts} />
    </div>
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
      <div className={classes.card}>
        <div className={classes.setting}>
          <div className={classes.settingWords}>
            <h2 className={classes.settingTitle}>{t('hours.always')}</h2>
            <p className={classes.help}>{t('hours.alwaysHelp')}</p>
          </div>
          <Switch
            size="md"
            aria-label={t('hours.always')}
            checked={hours === null}
            onChange={(event) =>
              change(event.currentTarget.checked ? null : (group.hours ?? usualHours(ownTimeZone())))
            }
          />
        </div>
        {hours === null ? null : <TimeZone hours={hours} onChange={change} />}
      </div>
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
  // A zone of another machine may be one this machine does not list.
  const zones = useMemo(
    () => [...new Set([...Intl.supportedValuesOf('timeZone'), hours.timeZone])].sort(),
    [hours.timeZone],
  );
  return (
    <div className={classes.setting}>
      <div className={classes.settingWords}>
        <h2 className={classes.settingTitle}>{t('hours.timeZone')}</h2>
        <p className={classes.help}>{t('hours.timeZoneHelp')}</p>
      </div>
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
    </div>
  );
}
