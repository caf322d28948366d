import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Holiday } from '../../../../shared/protocol/hours';
import { nameMax } from '../../../../shared/protocol/limits';
import { Card } from '../../ui/Card';
import { SectionTitle } from '../../ui/Headings';
import { useText } from '../../ui/text';
import classes from './Hours.module.css';
import { PeriodFields } from './PeriodFields';
import type { HoursProps } from './WeekRows';

/** Dates with hours of their own; a date without periods is closed. */
export function HolidayRows({ hours, problems, onChange }: HoursProps) {
  const t = useText();
  const { holidays } = hours;
  const change = (next: Holiday[]) => onChange({ ...hours, holidays: next });
  return (
    <>
      <SectionTitle title={t('hours.holidays')} help={t('hours.holidaysHelp')} />
      <Card>
        {holidays.map((holiday, i) => (
          <HolidayRow
            // biome-ignore lint/suspicious/noArrayIndexKey: its date is being typed
            key={i}
            index={i}
            holiday={holiday}
            problems={problems}
            onChange={(fields) => change(holidays.map((each, at) => (at === i ? { ...each, ...fields } : each)))}
            onRemove={() => change(holidays.filter((_, at) => at !== i))}
          />
        ))}
        <div className={classes.foot}>
          {holidays.length === 0 ? <span className="soft">{t('hours.noHolidays')} </span> : null}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => change([...holidays, { date: '', name: '', periods: [] }])}
          >
            {t('hours.addHoliday')}
          </Button>
        </div>
      </Card>
    </>
  );
}

interface HolidayRowProps {
  index: number;
  holiday: Holiday;
  problems: HoursProps['problems'];
  onChange: (fields: Partial<Holiday>) => void;
  onRemove: () => void;
}

function HolidayRow({ index, holiday, problems, onChange, onRemove }: HolidayRowProps) {
  const t = useText();
  const { date, name, periods } = holiday;
  const label = name.trim() || date || t('hours.thisHoliday');
  const problem = problems.get(`holidays.${index}.date`);
  return (
    <fieldset className={classes.day} aria-label={label}>
      <TextInput
        type="date"
        size="xs"
        w={140}
        aria-label={t('hours.date')}
        value={date}
        error={problem === undefined ? null : t(`hours.problem.${problem}`)}
        onChange={(event) => onChange({ date: event.currentTarget.value })}
      />
      <TextInput
        size="xs"
        w={170}
        aria-label={t('hours.holidayName')}
        placeholder={t('hours.holidayNamePlaceholder')}
        maxLength={nameMax}
        value={name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <PeriodFields
        day={label}
        periods={periods}
        field={`holidays.${index}.periods`}
        problems={problems}
        none={t('hours.closedAllDay')}
        onChange={(next) => onChange({ periods: next })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        className={classes.dayAction}
        aria-label={t('hours.removeHoliday', { day: label })}
        onClick={onRemove}
      >
        <IconX size={16} />
      </ActionIcon>
    </fieldset>
  );
}
