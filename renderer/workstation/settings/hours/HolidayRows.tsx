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

/** Dates with hours of their own; without any they are closed. */
export function HolidayRows({ hours, problems, onChange }: HoursProps) {
  const t = useText();
  const { holidays } = hours;
  const set = (index: number, change: Partial<Holiday>) =>
    onChange({ ...hours, holidays: holidays.map((each, i) => (i === index ? { ...each, ...change } : each)) });
  return (
    <>
      <SectionTitle title={t('hours.holidays')} help={t('hours.holidaysHelp')} />
      <Card>
        {holidays.map((holiday, i) => {
          const called = holiday.name.trim() || holiday.date || t('hours.thisHoliday');
          const problem = problems.get(`holidays.${i}.date`);
          return (
            <fieldset
              // biome-ignore lint/suspicious/noArrayIndexKey: its date is being typed
              key={i}
              className={classes.day}
              aria-label={called}
            >
              <TextInput
                type="date"
                size="xs"
                w={140}
                aria-label={t('hours.date')}
                value={holiday.date}
                error={problem === undefined ? null : t(`hours.problem.${problem}`)}
                onChange={(event) => set(i, { date: event.currentTarget.value })}
              />
              <TextInput
                size="xs"
                w={170}
                aria-label={t('hours.holidayName')}
                placeholder={t('hours.holidayNamePlaceholder')}
                maxLength={nameMax}
                value={holiday.name}
                onChange={(event) => set(i, { name: event.currentTarget.value })}
              />
              <PeriodFields
                day={called}
                periods={holiday.periods}
                field={`holidays.${i}.periods`}
                problems={problems}
                none={t('hours.closedAllDay')}
                onChange={(periods) => set(i, { periods })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                className={classes.dayAction}
                aria-label={t('hours.removeHoliday', { day: called })}
                onClick={() => onChange({ ...hours, holidays: holidays.filter((_, other) => other !== i) })}
              >
                <IconX size={16} />
              </ActionIcon>
            </fieldset>
          );
        })}
        <div className={classes.foot}>
          {holidays.length === 0 ? <span className="soft">{t('hours.noHolidays')} </span> : null}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange({ ...hours, holidays: [...holidays, { date: '', name: '', periods: [] }] })}
          >
            {t('hours.addHoliday')}
          </Button>
        </div>
      </Card>
    </>
  );
}
