import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './DataTable.module.css';

interface Column {
  title: string;
  /** Only screen readers are told what a column of buttons holds. */
  isHidden?: boolean;
  widthPx?: number;
}

interface DataTableProps {
  /** Absent where every row has a heading of its own. */
  columns?: readonly Column[];
  /** Its rows, each a `tr`. */
  children: ReactNode;
}

export function DataTable({ columns, children }: DataTableProps) {
  return (
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
  );
}
