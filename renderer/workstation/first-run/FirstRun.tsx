import { UnstyledButton } from '@mantine/core';
import { IconBuildingBroadcastTower, IconChevronRight, IconFlask, IconUsersPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../ui/text';
import { Card } from './Card';
import type { Entered } from './entered';
import { Finish } from './Finish';
import classes from './FirstRun.module.css';
import { type HostDetails, HostForm } from './HostForm';
import { HostStart } from './HostStart';
import { JoinForm } from './JoinForm';
import { SampleStart } from './SampleStart';
import { SoundTest } from './SoundTest';

type Step =
  | { step: 'doors' | 'join' | 'sample' }
  | { step: 'host'; details: HostDetails | null; problem: string | null }
  | { step: 'sound'; next: Step }
  | { step: 'hostStart'; details: HostDetails }
  | { step: 'finish'; entered: Entered };

/** Language, one of three doors, its details, a sound test, done. Nothing is kept before the last step. */
export function FirstRun({ sample, invitation }: { sample: boolean; invitation: string | null }) {
  const [step, setStep] = useState<Step>({ step: sample ? 'sample' : invitation !== null ? 'join' : 'doors' });
  const toDoors = () => setStep({ step: 'doors' });
  const finish = (entered: Entered) => setStep({ step: 'sound', next: { step: 'finish', entered } });
  switch (step.step) {
    case 'doors':
      return (
        <Doors
          onDoor={(door) => setStep(door === 'host' ? { step: 'host', details: null, problem: null } : { step: door })}
        />
      );
    case 'join':
      return <JoinForm invitation={invitation ?? ''} onBack={toDoors} onEntered={finish} />;
    case 'sample':
      return <SampleStart onBack={toDoors} onEntered={finish} />;
    case 'host':
      return (
        <HostForm
          initial={step.details}
          problem={step.problem}
          onBack={toDoors}
          onNext={(details) => setStep({ step: 'sound', next: { step: 'hostStart', details } })}
        />
      );
    case 'hostStart':
      return (
        <HostStart
          details={step.details}
          onFailed={(problem) => setStep({ step: 'host', details: step.details, problem })}
        />
      );
    case 'sound':
      return <SoundTest onNext={() => setStep(step.next)} />;
    case 'finish':
      return <Finish entered={step.entered} />;
  }
}

const doors = [
  { door: 'join', icon: IconUsersPlus },
  { door: 'host', icon: IconBuildingBroadcastTower },
  { door: 'sample', icon: IconFlask },
] as const;

function Doors({ onDoor }: { onDoor: (door: 'join' | 'host' | 'sample') => void }) {
  const t = useText();
  return (
    <Card title={t('first.welcome')} lead={t('first.intro')} foot={t('first.nothingWritten')}>
      <div className={classes.doors}>
        {doors.map(({ door, icon: Icon }) => (
          <UnstyledButton
            key={door}
            className={classes.door}
            aria-label={t(`first.${door}`)}
            onClick={() => onDoor(door)}
          >
            <span className={classes.doorIcon}>
              <Icon size={22} stroke={1.6} aria-hidden="true" />
            </span>
            <span className={classes.doorWords}>
              <b>{t(`first.${door}`)}</b>
              <span>{t(`first.${door}Help`)}</span>
            </span>
            <IconChevronRight size={18} aria-hidden="true" className={classes.doorArrow} />
          </UnstyledButton>
        ))}
      </div>
    </Card>
  );
}
