import { Button } from '@mantine/core';
import { IconVolume } from '@tabler/icons-react';
import { useState } from 'react';
import { useRehearsal } from '../alerts/use-rehearsal';
import { useText } from '../ui/text';
import { StepActions, StepFoot, StepPage } from './StepPage';

/** Tests the sound before the first customer: no complaint about such apps is louder than an unheard alert. */
export function SoundTest({ onNext }: { onNext: () => void }) {
  const t = useText();
  const { state, silent, start, answer } = useRehearsal();
  const [missed, setMissed] = useState(false);
  const played = state === 'asked';
  const end = (noticed: boolean) => {
    answer(noticed);
    if (noticed) onNext();
    else setMissed(true);
  };
  return (
    <StepPage title={t('test.title')} lead={t('test.body')} foot={t('test.alsoShown')}>
      <StepActions>
        <Button
          variant={played ? 'default' : 'filled'}
          leftSection={<IconVolume size={17} />}
          onClick={() => {
            setMissed(false);
            start();
          }}
        >
          {t(played || missed ? 'test.playAgain' : 'test.play')}
        </Button>
        {played ? <Button onClick={() => end(true)}>{t('test.heard')}</Button> : null}
        {played && !silent ? (
          <Button variant="subtle" onClick={() => end(false)}>
            {t('test.notHeard')}
          </Button>
        ) : null}
        {played && !silent ? null : (
          <Button variant="subtle" onClick={onNext}>
            {t('test.skip')}
          </Button>
        )}
      </StepActions>
      {(played && silent) || missed ? <StepFoot isStatus>{t('test.help')}</StepFoot> : null}
    </StepPage>
  );
}
