import { Button, Loader } from '@mantine/core';
import { useServices } from '../services/services';
import { useText } from '../ui/text';
import { StepActions, StepPage } from './StepPage';

/** The secret was right; a supervisor has still to let this device in. */
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
