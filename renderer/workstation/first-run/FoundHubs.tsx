import { Button, Loader } from '@mantine/core';
import { IconBuildingBroadcastTower } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useServices } from '../services/services';
import { useText } from '../ui/text';
import classes from './FoundHubs.module.css';
import { StepWords } from './StepPage';

type Found = { state: 'looking' } | { state: 'looked'; hubs: { name: string; address: string }[] };

/** Hubs that announce themselves on this network. An announcement proves nothing: the code does. */
export function FoundHubs({ onPick }: { onPick: (address: string) => void }) {
  const t = useText();
  const { desktop } = useServices();
  const [round, setRound] = useState(0);
  const [found, setFound] = useState<Found>({ state: 'looking' });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks for another look
  useEffect(() => {
    let shown = true;
    setFound({ state: 'looking' });
    const looked = (hubs: { name: string; address: string }[]) => shown && setFound({ state: 'looked', hubs });
    desktop?.call('hub.find').then(looked, () => looked([]));
    return () => {
      shown = false;
    };
  }, [desktop, round]);

  if (!desktop) return null;
  return (
    <section className={classes.found} aria-label={t('join.found')}>
      <div className={classes.head}>
        <h2>{t('join.found')}</h2>
        {found.state === 'looking' ? (
          <Loader size="xs" aria-hidden="true" />
        ) : (
          <Button variant="subtle" size="compact-xs" onClick={() => setRound(round + 1)}>
            {t('join.lookAgain')}
          </Button>
        )}
      </div>
      <div className={classes.results} role="status">
        {found.state === 'looking' ? (
          <StepWords>{t('join.looking')}</StepWords>
        ) : found.hubs.length === 0 ? (
          <StepWords>{t('join.noneFound')}</StepWords>
        ) : (
          found.hubs.map(({ name, address }) => (
            <Button
              key={address}
              variant="default"
              justify="start"
              leftSection={<IconBuildingBroadcastTower size={17} aria-hidden="true" />}
              onClick={() => onPick(address)}
            >
              {t('join.foundHub', { name, address })}
            </Button>
          ))
        )}
      </div>
    </section>
  );
}
