import { Badge, Button, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Damage, RecoveryChoice } from '../../../shared/damage';
import { useServices } from '../services/services';
import { useText } from '../ui/text';
import { useTimes } from '../ui/use-times';
import choiceClasses from './Choice.module.css';
import classes from './HubFailed.module.css';
import { ProblemNote } from './ProblemNote';
import { StepActions, StepBlock, StepPage } from './StepPage';
import { useHubStart } from './use-hub-start';
import { useRestore } from './use-restore';

interface HubFailedProps {
  message: string;
  damage: Damage | null;
}

/** Why the hub on this machine does not run, and the ways to get it running again. */
export function HubFailed({ message, damage }: HubFailedProps) {
  return damage ? <Recovery damage={damage} /> : <Failure message={message} />;
}

function Failure({ message }: { message: string }) {
  const t = useText();
  const { isBusy, problem, start } = useHubStart();
  return (
    <StepPage title={t('recovery.failed')} lead={message}>
      <ProblemNote words={problem} />
      <StepActions>
        <ShowFolder />
        <Button loading={isBusy} onClick={() => start((call) => call('hub.resume'))}>
          {t(isBusy ? 'recovery.trying' : 'recovery.again')}
        </Button>
      </StepActions>
    </StepPage>
  );
}

type Way = RecoveryChoice['kind'] | 'restore';

function Recovery({ damage }: { damage: Damage }) {
  const t = useText();
  const { file, line, why, choices } = damage;
  const [way, setWay] = useState<Way>(choices[0]?.kind ?? 'restore');
  const recovery = useHubStart();
  const restore = useRestore();
  const { isBusy, problem } = way === 'restore' ? restore : recovery;
  const go = () => (way === 'restore' ? restore.pick() : recovery.start((call) => call('hub.recover', way)));
  return (
    <StepPage title={t('recovery.damaged')} lead={t('recovery.damagedHelp')} foot={t('recovery.afterwards')}>
      <StepBlock
        title={t('recovery.where')}
        help={
          <code>
            {line === null ? file : t('recovery.line', { file, line })}: {why}
          </code>
        }
      />
      <Radio.Group label={t('recovery.howOn')} value={way} onChange={(value) => setWay(value as Way)} mt={16}>
        <Stack gap="xs" mt="xs">
          {choices.map((choice, index) => (
            <ChoiceCard key={choice.kind} choice={choice} isBest={index === 0} />
          ))}
          <WayCard way="restore" title={t('recovery.restore')} help={t('recovery.restoreHelp')} />
        </Stack>
      </Radio.Group>
      <ProblemNote words={problem} />
      {way === 'restore' ? restore.asked : null}
      <StepActions>
        <ShowFolder />
        <Button loading={isBusy} onClick={go}>
          {t(way === 'restore' ? 'recovery.goRestore' : 'recovery.go')}
        </Button>
      </StepActions>
    </StepPage>
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
      <span className={choiceClasses.words}>
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
