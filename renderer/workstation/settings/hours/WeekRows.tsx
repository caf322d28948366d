import { Button } from '@mantine/core';
import type { WorkingHours } from '../../../../shared/protocol/hours';
import { useText } from '../../ui/text';
import classes from '../SettingsPage.module.css';
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
      <h2 className={classes.section}>
        {t('hours.week')} <span>· {t('hours.weekHelp')}</span>
      </h2>
      <div className={classes.card}>
        {days.map((day) => {
          const name = t(`hours.day.${day}`);
          return (
            <fieldset key={day} className={classes.dayRow} aria-label={name}>
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
                className={classes.dayCopy}
                aria-label={t('hours.copyFrom', { day: name })}
                onClick={() => onChange(copyToWorkdays(hours, day))}
              >
                {t('hours.copy')}
              </Button>
            </fieldset>
          );
        })}
      </div>
    </>
  );
}
