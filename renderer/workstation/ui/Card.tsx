import type { ReactNode } from 'react';
import classes from './Card.module.css';

/** A frame around related rows; with a label it is a region (landmark) of the page. */
export function Card({ label, children }: { label?: string; children: ReactNode }) {
  const Frame = label === undefined ? 'div' : 'section';
  return (
    <Frame className={classes.card} aria-label={label}>
      {children}
    </Frame>
  );
}
