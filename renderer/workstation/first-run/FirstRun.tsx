import { useState } from 'react';
import { Doors } from './Doors';
import type { Entered } from './entered';
import { Finish } from './Finish';
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

/** Language, one of three doors, its details, a sound test, done. Nothing is stored before the last step. */
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
