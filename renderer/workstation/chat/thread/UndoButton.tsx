import { Button, type ButtonSize } from '@mantine/core';
import type { Ref } from 'react';
import { useOwnNow, useSession } from '../../session/session-context';
import { useText } from '../../ui/text';

interface UndoButtonProps {
  ref: Ref<HTMLButtonElement>;
  /** The conversation or left message that will be closed, and when, by the page's own clock. */
  id: string;
  at: number;
  label: string;
  command?: string;
  size?: ButtonSize;
}

/** Counts down to an action and cancels it. */
export function UndoButton({ ref, id, at, label, command, size = 'sm' }: UndoButtonProps) {
  const t = useText();
  const session = useSession();
  const count = Math.max(1, Math.ceil((at - useOwnNow()) / 1_000));
  return (
    <Button
      variant="default"
      size={size}
      ref={ref}
      aria-label={label}
      data-command={command}
      onClick={() => session.keepOpen(id)}
    >
      {t('conversation.undoClose', { count })}
    </Button>
  );
}
