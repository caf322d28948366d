import { Button, type ButtonSize } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useOwnNow, useSession } from '../../session/session-context';
import { useText } from '../../ui/text';

interface UndoButtonProps {
  /** The conversation or left message that will be closed, and when, by the page's own clock. */
  id: string;
  at: number;
  label: string;
  command?: string;
  size?: ButtonSize;
}

/** Counts down to an action and cancels it. */
export function UndoButton({ id, at, label, command, size = 'sm' }: UndoButtonProps) {
  const t = useText();
  const session = useSession();
  const button = useRef<HTMLButtonElement>(null);
  // It replaces the button that was pressed, so it takes over its focus.
  useEffect(() => {
    if (document.activeElement === document.body) button.current?.focus();
  }, []);
  const count = Math.max(1, Math.ceil((at - useOwnNow()) / 1_000));
  return (
    <Button
      variant="default"
      size={size}
      ref={button}
      aria-label={label}
      data-command={command}
      onClick={() => session.keepOpen(id)}
    >
      {t('conversation.undoClose', { count })}
    </Button>
  );
}
