import { UnstyledButton } from '@mantine/core';
import { IconBuildingBroadcastTower, IconChevronRight, IconFlask, IconUsersPlus } from '@tabler/icons-react';
import { useText } from '../ui/text';
import choice from './Choice.module.css';
import classes from './Doors.module.css';
import { StepPage } from './StepPage';

const doors = [
  { door: 'join', icon: IconUsersPlus },
  { door: 'host', icon: IconBuildingBroadcastTower },
  { door: 'sample', icon: IconFlask },
] as const;

type Door = (typeof doors)[number]['door'];

/** The three ways to begin. */
export function Doors({ onDoor }: { onDoor: (door: Door) => void }) {
  const t = useText();
  return (
    <StepPage title={t('first.welcome')} lead={t('first.intro')} foot={t('first.nothingWritten')}>
      <div className={classes.doors}>
        {doors.map(({ door, icon: Icon }) => (
          <UnstyledButton
            key={door}
            className={classes.door}
            aria-label={t(`first.${door}`)}
            onClick={() => onDoor(door)}
          >
            <span className={classes.icon}>
              <Icon size={22} stroke={1.6} aria-hidden="true" />
            </span>
            <span className={choice.words}>
              <b>{t(`first.${door}`)}</b>
              <span>{t(`first.${door}Help`)}</span>
            </span>
            <IconChevronRight size={18} aria-hidden="true" className={classes.arrow} />
          </UnstyledButton>
        ))}
      </div>
    </StepPage>
  );
}
