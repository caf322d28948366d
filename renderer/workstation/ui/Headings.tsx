import type { ReactNode } from 'react';
import classes from './Headings.module.css';

interface PageHeadProps {
  title: string;
  lead?: ReactNode;
  /** Beside the title. */
  children?: ReactNode;
}

/** A page's title and a sentence about it. */
export function PageHead({ title, lead, children }: PageHeadProps) {
  return (
    <div className={classes.page}>
      <div>
        <h1>{title}</h1>
        {lead === undefined ? null : <p>{lead}</p>}
      </div>
      {children}
    </div>
  );
}

/** The heading above a card, with a few words about it. */
export function SectionTitle({ title, help }: { title: string; help?: string }) {
  return (
    <h2 className={classes.section}>
      {title} {help === undefined ? null : <span>· {help}</span>}
    </h2>
  );
}
