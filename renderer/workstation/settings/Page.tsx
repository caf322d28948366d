import type { ReactNode } from 'react';
import { PageHead } from '../ui/Headings';
import classes from './Page.module.css';

interface PageProps {
  title: string;
  lead?: ReactNode;
  /** Beside the title: a button to add something, or a group picker. */
  action?: ReactNode;
  /** For tables. */
  isWide?: boolean;
  children: ReactNode;
}

/** One page of the settings. */
export function Page({ title, lead, action, isWide = false, children }: PageProps) {
  return (
    <div className={classes.page} data-wide={isWide || undefined}>
      <PageHead title={title} lead={lead}>
        {action}
      </PageHead>
      {children}
    </div>
  );
}
