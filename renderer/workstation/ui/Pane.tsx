import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Pane.module.css';

interface PaneNoteProps {
  icon?: ReactNode;
  title: string;
  /** The level of the heading: 1 if the pane is the whole page. */
  level?: 1 | 2;
  children?: ReactNode;
}

/** The text of an empty pane: why it is empty, and what to do. */
export function PaneNote({ icon, title, level = 2, children }: PaneNoteProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={classes.note}>
      {icon ? <span className={classes.icon}>{icon}</span> : null}
      <Heading className={classes.title}>{title}</Heading>
      {children ? <div className={classes.body}>{children}</div> : null}
    </div>
  );
}

export function PaneLoading({ label }: { label: string }) {
  return (
    <div className={classes.note} role="status">
      <Loader size="sm" type="dots" />
      <p className={classes.body}>{label}</p>
    </div>
  );
}
