import { useIsSupervisor, useMyId } from '../../session/session-context';
import { Card } from '../../ui/Card';
import { FormRow } from '../../ui/FormRow';
import { useText } from '../../ui/text';
import { Page } from '../Page';
import { AgentDevices } from '../team/AgentDevices';
import { ChangePassphrase } from './ChangePassphrase';

/** The user's own access: their devices and, for a supervisor, the passphrase. */
export function AccessPage() {
  const t = useText();
  const myId = useMyId();
  const isSupervisor = useIsSupervisor();
  return (
    <Page title={t('access.title')} lead={t('access.help')}>
      <Card>
        {isSupervisor ? <ChangePassphrase /> : null}
        <FormRow title={t('access.devices')}>
          <AgentDevices agentId={myId} help={t('access.devicesHelp')} />
        </FormRow>
      </Card>
    </Page>
  );
}
