import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './DataTable.module.css';

interface Column {
  title: string;
  /** The title is for screen readers only, as in a column of buttons. */
  isHidden?: boolean;
  widthPx?: number;
}

interface DataTableProps {
  /** Absent if every row has a heading of its own. */
  columns?: readonly Column[];
  /** Its rows, each a `tr`. */
  children: ReactNode;
}

export function DataTable({ columns, children }: DataTableProps) {
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        {columns ? (
          <thead>
            <tr>
              {columns.map(({ title, isHidden, widthPx }) => (
                <th key={title} style={{ width: widthPx }}>
                  {isHidden ? <VisuallyHidden>{title}</VisuallyHidden> : title}
                </th>
              ))}
            </tr>
          </thead>
        ) : null}
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
