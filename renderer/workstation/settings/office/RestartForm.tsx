import { Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { FormRow, RowHelp } from '../../ui/FormRow';
import { useText } from '../../ui/text';
import type { Attempt } from '../../ui/use-attempt';

interface RestartFormProps {
  title: string;
  help: string;
  /** The form is changed and valid. */
  canSave: boolean;
  state: Attempt<string>;
  onSave: () => void;
  children: ReactNode;
}

/** A form whose changes restart the hub. */
export function RestartForm({ title, help, canSave, state, onSave, children }: RestartFormProps) {
  const t = useText();
  return (
    <FormRow title={title} help={help} onSubmit={() => canSave && onSave()}>
      {children}
      <RowHelp>{t('lan.firewall')}</RowHelp>
      {state.stage === 'done' ? (
        <Text size="sm" role="status">
          {t('lan.saved')}
        </Text>
      ) : null}
      {state.stage === 'failed' ? (
        <Text size="sm" role="alert" c="red">
          {state.problem}
        </Text>
      ) : null}
      <Button type="submit" variant="default" size="xs" loading={state.stage === 'busy'} disabled={!canSave}>
        {t('common.save')}
      </Button>
    </FormRow>
  );
}
