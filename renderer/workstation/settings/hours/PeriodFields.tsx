import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useId } from 'react';
import { useText } from '../../ui/text';
import classes from './Hours.module.css';
import { completeTime, type HoursProblem, nextPeriod, type Period } from './hours-draft';

interface PeriodsProps {
  /** The name of this day. */
  day: string;
  periods: readonly Period[];
  /** The prefix of these periods' keys in `problems`: `<field>.<index>.from` and `.to`. */
  field: string;
  problems: ReadonlyMap<string, HoursProblem>;
  /** Shown when there are no periods. */
  none: string;
  onChange: (periods: Period[]) => void;
}

/** The opening periods of one day: from, to, one more. */
export function PeriodFields({ day, periods, field, problems, none, onChange }: PeriodsProps) {
  const t = useText();
  const set = (index: number, change: Partial<Period>) =>
    onChange(periods.map((each, i) => (i === index ? { ...each, ...change } : each)));
  return (
    <div className={classes.periods}>
      {periods.length === 0 ? <span className="soft">{none}</span> : null}
      {periods.map((period, i) => (
        <PeriodField
          // biome-ignore lint/suspicious/noArrayIndexKey: a period is known by its place only
          key={i}
          day={day}
          period={period}
          from={problems.get(`${field}.${i}.from`)}
          to={problems.get(`${field}.${i}.to`)}
          onChange={(change) => set(i, change)}
          onRemove={() => onChange(periods.filter((_, other) => other !== i))}
        />
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={13} />}
        aria-label={t('hours.addPeriodOn', { day })}
        onClick={() => onChange([...periods, nextPeriod(periods)])}
      >
        {t('hours.addPeriod')}
      </Button>
    </div>
  );
}

interface PeriodProps {
  day: string;
  period: Period;
  from: HoursProblem | undefined;
  to: HoursProblem | undefined;
  onChange: (change: Partial<Period>) => void;
  onRemove: () => void;
}

function PeriodField({ day, period, from, to, onChange, onRemove }: PeriodProps) {
  const t = useText();
  const id = useId();
  const problem = from ?? to;
  const time = (end: keyof Period, wrong: HoursProblem | undefined) => (
    <TextInput
      size="xs"
      w={66}
      inputMode="numeric"
      aria-label={t(`hours.${end}`, { day })}
      aria-describedby={wrong ? `${id}-problem` : undefined}
      error={wrong !== undefined}
      value={period[end]}
      onChange={(event) => onChange({ [end]: event.currentTarget.value })}
      onBlur={(event) => {
        const complete = completeTime(event.currentTarget.value);
        if (complete !== period[end]) onChange({ [end]: complete });
      }}
    />
  );
  return (
    <span className={classes.period}>
      {time('from', from)}
      <span className="soft">{t('hours.between')}</span>
      {time('to', to)}
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-label={t('hours.removePeriod', { day, from: period.from, to: period.to })}
        onClick={onRemove}
      >
        <IconX size={14} />
      </ActionIcon>
      {problem === undefined ? null : (
        <span className={classes.problem} id={`${id}-problem`} role="alert">
          {t(`hours.problem.${problem}`)}
        </span>
      )}
    </span>
  );
}
