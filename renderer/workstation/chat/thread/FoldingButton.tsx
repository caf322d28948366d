import { Button, type ButtonProps } from '@mantine/core';
import type { IconProps } from '@tabler/icons-react';
import type { ComponentProps, ComponentType } from 'react';
import classes from './FoldingButton.module.css';

interface FoldingButtonProps extends Omit<ButtonProps & ComponentProps<'button'>, 'children' | 'color' | 'style'> {
  icon: ComponentType<IconProps>;
  label: string;
  /** `late`: keeps its words until there is hardly room for any. */
  folds?: 'early' | 'late';
}

/** A button with words where the header is wide, with a sign where it is not. */
export function FoldingButton({ icon: Icon, label, folds = 'early', ...button }: FoldingButtonProps) {
  return (
    <Button
      {...button}
      variant="default"
      className={classes.button ?? ''}
      data-folds={folds}
      aria-label={label}
      title={label}
    >
      <Icon size={17} stroke={1.7} aria-hidden="true" />
      <span className={classes.words}>{label}</span>
    </Button>
  );
}
