import { Badge, Button, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Damage, RecoveryChoice } from '../../../shared/damage';
import { useServices } from '../services/services';
import { useText } from '../ui/text';
import { useTimes } from '../ui/use-times';
import { AttemptProblem, useAttempt } from './attempt';
import { Card } from './Card';
import classes from './FirstRun.module.css';
import { useRestore } from './RestorePassphrase';

interface HubFailedProps {
  message: string;
  damage: Damage | null;
}

/** Why the hub on this machine does not run, and everything a person can do about it from here. */
export function HubFailed({ message, damage }: HubFailedProps) {
  return damage ? <Recovery damage={damage} /> : <Failure message={message} />;
}

function Failure({ message }: { message: string }) {
  const t = useText();
  const { busy, attempt, problem } = useAttempt();
  return (
    <Card title={t('recovery.failed')} lead={message}>
      <AttemptProblem words={problem} />
      <div className={classes.actions}>
        <ShowFolder />
        <Button loading={busy} onClick={() => attempt((call) => call('hub.resume'))}>
          {t(busy ? 'recovery.trying' : 'recovery.again')}
        </Button>
      </div>
    </Card>
  );
}

type Way = RecoveryChoice['kind'] | 'restore';

function Recovery({ damage }: { damage: Damage }) {
  const t = useText();
  const { file, line, why, choices } = damage;
  const [way, setWay] = useState<Way>(choices[0]?.kind ?? 'restore');
  const recovery = useAttempt();
  const restore = useRestore();
  const { busy, problem } = way === 'restore' ? restore : recovery;
  const go = () => (way === 'restore' ? restore.pick() : recovery.attempt((call) => call('hub.recover', way)));
  return (
    <Card title={t('recovery.damaged')} lead={t('recovery.damagedHelp')} foot={t('recovery.afterwards')}>
      <section className={classes.block}>
        <h2>{t('recovery.where')}</h2>
        <p>
          <code>
            {line === null ? file : t('recovery.line', { file, line })}: {why}
          </code>
        </p>
      </section>
      <Radio.Group
        label={t('recovery.howOn')}
        value={way}
        onChange={(value) => setWay(value as Way)}
        className={classes.block}
      >
        <Stack gap="xs" mt="xs">
          {choices.map((choice, index) => (
            <ChoiceCard key={choice.kind} choice={choice} isBest={index === 0} />
          ))}
          <WayCard way="restore" title={t('recovery.restore')} help={t('recovery.restoreHelp')} />
        </Stack>
      </Radio.Group>
      <AttemptProblem words={problem} />
      {way === 'restore' ? restore.asked : null}
      <div className={classes.actions}>
        <ShowFolder />
        <Button loading={busy} onClick={go}>
          {t(way === 'restore' ? 'recovery.goRestore' : 'recovery.go')}
        </Button>
      </div>
    </Card>
  );
}

function ChoiceCard({ choice, isBest }: { choice: RecoveryChoice; isBest: boolean }) {
  const t = useText();
  const { dayAndTime } = useTimes();
  const { kind, keepsAt, losesRecords } = choice;
  const keeps = keepsAt === 0 ? t('recovery.keepsNothing') : t('recovery.keeps', { when: dayAndTime(keepsAt) });
  const loses = losesRecords === 0 ? t('recovery.losesNothing') : t('recovery.loses', { count: losesRecords });
  const help = [keeps, loses].join(t('common.sentenceGap'));
  return (
    <WayCard way={kind} title={t(kind === 'cut' ? 'recovery.cut' : 'recovery.snapshot')} help={help} isBest={isBest} />
  );
}

function WayCard({ way, title, help, isBest = false }: { way: Way; title: string; help: string; isBest?: boolean }) {
  const t = useText();
  return (
    <Radio.Card value={way} className={classes.way} aria-label={title}>
      <Radio.Indicator />
      <span className={classes.doorWords}>
        <b>{title}</b>
        <span>{help}</span>
      </span>
      {isBest ? <Badge variant="light">{t('recovery.least')}</Badge> : null}
    </Radio.Card>
  );
}

function ShowFolder() {
  const t = useText();
  const { desktop } = useServices();
  return (
    <Button variant="default" onClick={() => void desktop?.call('hub.showFolder')}>
      {t('recovery.showFolder')}
    </Button>
  );
}
