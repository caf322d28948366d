import type { ReactNode } from 'react';
import classes from './Headings.module.css';

interface PageHeadProps {
  title: string;
  lead?: ReactNode;
  /** Beside the title. */
  children?: ReactNode;
}

/** What a page is called and what it is for. */
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

/** Above a card, with a few words about it. */
export function SectionTitle({ title, help }: { title: string; help?: string }) {
  return (
    <h2 className={classes.section}>
      {title} {help === undefined ? null : <span>· {help}</span>}
    </h2>
  );
}
