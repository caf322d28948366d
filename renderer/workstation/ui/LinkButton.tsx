import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './LinkButton.module.css';

interface LinkButtonProps {
  'aria-label'?: string;
  onClick: () => void;
  children: ReactNode;
}

/** A button in running text. */
export function LinkButton(props: LinkButtonProps) {
  return <UnstyledButton className={classes.link} {...props} />;
}
