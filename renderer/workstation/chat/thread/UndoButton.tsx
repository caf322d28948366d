import { Button, type ButtonSize } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useOwnNow, useSession } from '../../session/session-context';
import { useText } from '../../ui/text';

interface UndoButtonProps {
  /** The conversation or left message that is about to be closed, and when, on the page's own clock. */
  id: string;
  at: number;
  label: string;
  command?: string;
  size?: ButtonSize;
}

/** Takes back what is done in a moment, and counts down to it. */
export function UndoButton({ id, at, label, command, size = 'sm' }: UndoButtonProps) {
  const t = useText();
  const session = useSession();
  const button = useRef<HTMLButtonElement>(null);
  // In the place of the button that was pressed, which is gone.
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
