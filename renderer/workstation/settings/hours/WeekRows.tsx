import { Button } from '@mantine/core';
import type { WorkingHours } from '../../../../shared/protocol/hours';
import { Card } from '../../ui/Card';
import { SectionTitle } from '../../ui/Headings';
import { useText } from '../../ui/text';
import classes from './Hours.module.css';
import { copyToWorkdays, days, type HoursProblem, periodsOf, withPeriods } from './hours-draft';
import { PeriodFields } from './PeriodFields';

export interface HoursProps {
  hours: WorkingHours;
  problems: ReadonlyMap<string, HoursProblem>;
  onChange: (hours: WorkingHours) => void;
}

export function WeekRows({ hours, problems, onChange }: HoursProps) {
  const t = useText();
  return (
    <>
      <SectionTitle title={t('hours.week')} help={t('hours.weekHelp')} />
      <Card>
        {days.map((day) => {
          const name = t(`hours.day.${day}`);
          return (
            <fieldset key={day} className={classes.day} aria-label={name}>
              <span className={classes.dayName}>{name}</span>
              <PeriodFields
                day={name}
                periods={periodsOf(hours, day)}
                field={`weekly.${day}`}
                problems={problems}
                none={t('hours.closedDay')}
                onChange={(periods) => onChange(withPeriods(hours, day, periods))}
              />
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                className={classes.dayAction}
                aria-label={t('hours.copyFrom', { day: name })}
                onClick={() => onChange(copyToWorkdays(hours, day))}
              >
                {t('hours.copy')}
              </Button>
            </fieldset>
          );
        })}
      </Card>
    </>
  );
}
