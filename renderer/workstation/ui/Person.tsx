import type { ReactNode } from 'react';
import { Avatar } from './Avatar';
import classes from './Person.module.css';

/** An avatar and a name. */
export function Person({ name, size = 28, children }: { name: string; size?: number; children?: ReactNode }) {
  return (
    <span className={classes.person}>
      <Avatar name={name} size={size} />
      {name}
      {children}
    </span>
  );
}
