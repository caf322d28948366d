import { Button, Loader } from '@mantine/core';
import { useServices } from '../services/services';
import { useText } from '../ui/text';
import { Card } from './Card';
import classes from './FirstRun.module.css';

/** The hub knows who this is; a supervisor looks at name and address and lets them in. */
export function JoinWaiting({ onCancel }: { onCancel: () => void }) {
  const t = useText();
  const { deviceLabel } = useServices();
  return (
    <Card title={t('join.waiting')} lead={t('join.waitingHelp', { device: deviceLabel })}>
      <div className={classes.actions} role="status">
        <Loader size="sm" aria-hidden="true" />
        <Button variant="default" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </Card>
  );
}
