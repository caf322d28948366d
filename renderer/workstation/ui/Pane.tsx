import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Pane.module.css';

interface PaneNoteProps {
  icon?: ReactNode;
  title: string;
  /** Of the heading: 1 where the pane is the page. */
  level?: 1 | 2;
  children?: ReactNode;
}

/** What a pane says when it has nothing to show: why, and what to do. */
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
