import { Kbd } from '@mantine/core';
import { keysOf, type Shortcut } from '../../commands/shortcut';
import { useServices } from '../../services/services';
import classes from './Commands.module.css';

/** A shortcut with the labels of its keys. */
export function Keys({ shortcut }: { shortcut: Shortcut }) {
  const { mac } = useServices();
  return (
    <span className={classes.keys}>
      {keysOf(shortcut, mac).map((key) => (
        <Kbd key={key} size="xs">
          {key}
        </Kbd>
      ))}
    </span>
  );
}
