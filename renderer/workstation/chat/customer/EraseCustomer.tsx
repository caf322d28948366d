import { Button, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { useIsSupervisor, useIsUp, useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';
import { DialogFoot } from '../../ui/DialogFoot';
import { useText } from '../../ui/text';

/** For supervisors: asks for confirmation and explains the consequences. */
export function EraseCustomer({ customerId, name }: { customerId: string; name: string }) {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const isSupervisor = useIsSupervisor();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  if (!isSupervisor) return null;

  const erase = async () => {
    setBusy(true);
    const done = await act(session.ask({ op: 'customer.erase', customerId }), t('erase.done'));
    setBusy(false);
    if (done) setAsking(false);
  };
  return (
    <>
      <Button variant="subtle" color="red" size="compact-sm" mt="lg" disabled={!up} onClick={() => setAsking(true)}>
        {t('erase.open')}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('erase.title', { name })}>
        <Text size="sm">{t('erase.body')}</Text>
        <Text size="sm" mt="sm">
          {t('erase.backups')}
        </Text>
        <DialogFoot onCancel={() => setAsking(false)}>
          <Button color="red" loading={busy} disabled={!up} onClick={erase}>
            {t('erase.go')}
          </Button>
        </DialogFoot>
      </Modal>
    </>
  );
}
