import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from './text';

/** The buttons of a dialog: Cancel and the dialog's action. */
export function DialogFoot({ onCancel, children }: { onCancel: () => void; children: ReactNode }) {
  const t = useText();
  return (
    <Group justify="flex-end" mt="lg">
      <Button variant="default" onClick={onCancel}>
        {t('common.cancel')}
      </Button>
      {children}
    </Group>
  );
}
