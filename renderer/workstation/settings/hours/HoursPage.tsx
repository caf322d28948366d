import { Select, Switch } from '@mantine/core';
import { useMemo } from 'react';
import type { Answer } from '../../../../shared/client/answer';
import type { WorkingHours } from '../../../../shared/protocol/hours';
import type { GroupView } from '../../../../shared/protocol/views';
import { useOffice, useSession, useTable } from '../../session/session-context';
import { Card } from '../../ui/Card';
import { FormRow } from '../../ui/FormRow';
import { PaneLoading } from '../../ui/Pane';
import { useLanguage, useText } from '../../ui/text';
import { localeOf } from '../../ui/use-times';
import { Page } from '../Page';
import { SaveBar } from '../SaveBar';
import { type DraftsProps, without } from '../settings-drafts';
import { byName } from '../team/agents-order';
import { GroupPicker } from '../team/GroupPicker';
import { HolidayRows } from './HolidayRows';
import classes from './Hours.module.css';
import { allHours, isAllHours, problemsOf, usualHours } from './hours-draft';
import { ownTimeZone, useOpenWords } from './use-open-words';
import { WeekRows } from './WeekRows';

/** When the office, or a group with hours of its own, is open: week, holidays, time zone (HR1). */
export function HoursPage({ drafts, onDrafts }: DraftsProps) {
  const t = useText();
  const ready = useOffice((state) => state.ready);
  const groups = useTable('groups');
  if (!ready) return <PaneLoading label={t('settings.loading')} />;
  const group = groups.get(drafts.groupId ?? '');
  return (
    <Page
      title={t('settings.page.hours')}
      lead={t('hours.help')}
      action={
        <GroupPicker
          groupId={group?.groupId ?? null}
          withOffice
          onPick={(groupId) => onDrafts({ ...drafts, groupId })}
        />
      }
    >
      {group ? (
        <HoursOfGroup key={group.groupId} group={group} drafts={drafts} onDrafts={onDrafts} />
      ) : (
        <HoursOfOffice groups={[...groups.values()]} drafts={drafts} onDrafts={onDrafts} />
      )}
    </Page>
  );
}

function HoursOfOffice({ groups, drafts, onDrafts }: DraftsProps & { groups: readonly GroupView[] }) {
  const t = useText();
  const session = useSession();
  const saved = useOffice((state) => state.office?.hours ?? null);
  const followers = groups.filter(({ hours }) => hours === null).sort(byName);
  const { language } = useLanguage();
  const names = new Intl.ListFormat(localeOf(language)).format(followers.map(({ name }) => name));
  const change = (officeHours: WorkingHours | null | undefined) => onDrafts({ ...drafts, officeHours });
  return (
    <HoursForm
      saved={saved}
      draft={drafts.officeHours}
      state={followers.length === 0 ? t('hours.appliesToNone') : t('hours.applies', { groups: names })}
      none={{ title: t('hours.always'), help: t('hours.alwaysHelp') }}
      initial={usualHours(ownTimeZone())}
      onDraft={change}
      send={(hours) => session.send({ op: 'officeHours.put', hours })}
    />
  );
}

function HoursOfGroup({ group, drafts, onDrafts }: DraftsProps & { group: GroupView }) {
  const t = useText();
  const session = useSession();
  const openWords = useOpenWords();
  const ofOffice = useOffice((state) => state.office?.hours ?? null);
  const { groupId, name } = group;
  const others = without(drafts.hours, groupId);
  return (
    <HoursForm
      saved={group.hours}
      draft={drafts.hours[groupId]}
      state={openWords(group)}
      isOpen={group.open}
      none={{ title: t('hours.follow'), help: t('hours.followHelp') }}
      always={ofOffice !== null || (group.hours !== null && isAllHours(group.hours))}
      initial={ofOffice ?? usualHours(ownTimeZone())}
      onDraft={(hours) =>
        onDrafts({ ...drafts, hours: hours === undefined ? others : { ...others, [groupId]: hours } })
      }
      send={(hours) => session.send({ op: 'group.put', groupId, name, hours })}
    />
  );
}

interface HoursFormProps {
  saved: WorkingHours | null;
  /** undefined: as saved. */
  draft: WorkingHours | null | undefined;
  /** A line above: what holds now. */
  state: string;
  isOpen?: boolean;
  /** What null means. */
  none: { title: string; help: string };
  /** Being always open is offered beside it. */
  always?: boolean;
  /** The first hours in place of null. */
  initial: WorkingHours;
  onDraft: (draft: WorkingHours | null | undefined) => void;
  send: (hours: WorkingHours | null) => Promise<Answer>;
}

function HoursForm({ saved, draft, state, isOpen, none, always = false, initial, onDraft, send }: HoursFormProps) {
  const t = useText();
  const hours = draft === undefined ? saved : draft;
  const isAlways = always && hours !== null && isAllHours(hours);
  const own = saved === null || isAllHours(saved) ? initial : saved;
  const changed = JSON.stringify(hours) !== JSON.stringify(saved);
  const problems = useMemo(() => (hours === null ? new Map() : problemsOf(hours)), [hours]);
  const done = () => onDraft(undefined);
  return (
    <>
      <p className={isOpen === undefined ? classes.applies : classes.openNow} data-open={isOpen} role="status">
        {state}
      </p>
      <Card>
        <FormRow
          title={none.title}
          help={none.help}
          control={
            <Switch
              size="md"
              aria-label={none.title}
              checked={hours === null}
              onChange={(event) => onDraft(event.currentTarget.checked ? null : own)}
            />
          }
        />
        {always ? (
          <FormRow
            title={t('hours.always')}
            help={t('hours.alwaysGroupHelp')}
            control={
              <Switch
                size="md"
                aria-label={t('hours.always')}
                checked={isAlways}
                onChange={(event) => onDraft(event.currentTarget.checked ? allHours(initial.timeZone) : own)}
              />
            }
          />
        ) : null}
        {hours === null || isAlways ? null : <TimeZone hours={hours} onChange={onDraft} />}
      </Card>
      {hours === null || isAlways ? null : (
        <>
          <WeekRows hours={hours} problems={problems} onChange={onDraft} />
          <HolidayRows hours={hours} problems={problems} onChange={onDraft} />
        </>
      )}
      <SaveBar
        changesCount={changed ? 1 : 0}
        problem={problems.size > 0 ? t(problems.has('holidays') ? 'hours.problem.tooMuch' : 'hours.fixFirst') : null}
        elsewhere={false}
        effect={t('hours.effect')}
        send={() => send(hours && trimmed(hours))}
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
