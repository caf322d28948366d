import { Button, Loader } from '@mantine/core';
import { useServices } from '../services/services';
import { useText } from '../ui/text';
import { StepActions, StepPage } from './StepPage';

/** Shown once the secret is accepted, while a supervisor still has to let this device in. */
export function JoinWaiting({ onCancel }: { onCancel: () => void }) {
  const t = useText();
  const { deviceLabel } = useServices();
  return (
    <StepPage title={t('join.waiting')} lead={t('join.waitingHelp', { device: deviceLabel })}>
      <StepActions isStatus>
        <Loader size="sm" aria-hidden="true" />
        <Button variant="default" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </StepActions>
    </StepPage>
  );
}
