import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';

interface BackButtonProps {
  label: string;
  /** The pane it leads to, among those that F6 goes through. */
  pane?: string;
  onBack: () => void;
}

/** Leads back to the pane that had to make room for this one. */
export function BackButton({ label, pane, onBack }: BackButtonProps) {
  return (
    <Button
      flex="none"
      size="compact-sm"
      variant="subtle"
      leftSection={<IconArrowLeft size={14} aria-hidden="true" />}
      data-pane={pane}
      onClick={onBack}
    >
      {label}
    </Button>
  );
}
