import { Button } from '@mantine/core';
import { IconVolume } from '@tabler/icons-react';
import { useState } from 'react';
import { useServices } from '../app/services';
import { useText } from '../ui/text';
import { Card } from './Card';
import classes from './FirstRun.module.css';

/** The loudest complaint of this field is the sound that nobody heard, so it is tried before the first customer. */
export function SoundTest({ onNext }: { onNext: () => void }) {
  const t = useText();
  const { chime } = useServices();
  const [played, setPlayed] = useState(false);
  const [silent, setSilent] = useState(false);
  const play = async () => {
    const heard = await chime.play();
    setPlayed(true);
    setSilent(!heard);
  };
  return (
    <Card title={t('test.title')} lead={t('test.body')} foot={t('test.alsoShown')}>
      <div className={classes.actions}>
        <Button
          variant={played ? 'default' : 'filled'}
          leftSection={<IconVolume size={17} />}
          onClick={() => void play()}
        >
          {t(played ? 'test.playAgain' : 'test.play')}
        </Button>
        {played ? <Button onClick={onNext}>{t('test.heard')}</Button> : null}
        {played && !silent ? (
          <Button variant="subtle" onClick={() => setSilent(true)}>
            {t('test.notHeard')}
          </Button>
        ) : null}
        {!played || silent ? (
          <Button variant="subtle" onClick={onNext}>
            {t('test.skip')}
          </Button>
        ) : null}
      </div>
      {silent ? (
        <p className={classes.foot} role="status">
          {t('test.help')}
        </p>
      ) : null}
    </Card>
  );
}
