import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './FormRow.module.css';
import { useText } from './text';

/** One row of a card, its content side by side; with `onSubmit` it is a form. */
export function Row({ onSubmit, children }: { onSubmit?: (() => void) | undefined; children: ReactNode }) {
  if (!onSubmit) return <div className={classes.row}>{children}</div>;
  return (
    <form
      className={classes.row}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}

interface FormRowProps {
  title: string;
  /** The level of its heading: 3 below a section's heading of level 2. */
  level?: 2 | 3;
  help?: ReactNode;
  helpId?: string;
  /** On the right, level with the title. */
  control?: ReactNode;
  onSubmit?: () => void;
  /** Below the help, in a column. */
  children?: ReactNode;
}

/** One setting: its title, help and fields. */
export function FormRow({ title, level = 2, help, helpId, control, onSubmit, children }: FormRowProps) {
  const Heading = `h${level}` as const;
  return (
    <Row onSubmit={onSubmit}>
      <div className={classes.words}>
        <div>
          <Heading className={classes.title}>{title}</Heading>
          {help ? (
            <p className={classes.help} id={helpId}>
              {help}
            </p>
          ) : null}
        </div>
        {children}
      </div>
      {control ? <div className={classes.control}>{control}</div> : null}
    </Row>
  );
}

/** Help further down in a row. */
export function RowHelp({ children }: { children: ReactNode }) {
  return <p className={classes.help}>{children}</p>;
}

/** Fields of a row side by side; they wrap if there is no room. */
export function Fields({ children }: { children: ReactNode }) {
  return <div className={classes.fields}>{children}</div>;
}

interface FieldRowProps {
  canSave: boolean;
  onSave: () => void;
  children: ReactNode;
}

/** One field with a Save button of its own. */
export function FieldRow({ canSave, onSave, children }: FieldRowProps) {
  const t = useText();
  return (
    <Row onSubmit={() => canSave && onSave()}>
      {children}
      <Button className={classes.beside} type="submit" variant="default" disabled={!canSave}>
        {t('common.save')}
      </Button>
    </Row>
  );
}
