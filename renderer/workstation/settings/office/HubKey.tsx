import { Button, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { useIsUp, useOffice, useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';
import { DialogFoot } from '../../ui/DialogFoot';
import { FormRow } from '../../ui/FormRow';
import { useText } from '../../ui/text';
import { useTimes } from '../../ui/use-times';

/** The key that other machines pin, and its rotation: at first both keys are accepted, then only the new one. */
export function HubKey() {
  const t = useText();
  const up = useIsUp();
  const { fullDay } = useTimes();
  const hubKey = useOffice((state) => state.hubKey);
  const [asks, setAsks] = useState(false);
  if (!hubKey) return null;
  const { pins, switchesAt } = hubKey;
  const isUnderWay = switchesAt !== null;
  return (
    <FormRow title={t('hubKey.title')} help={t('hubKey.help', { start: (pins[0] ?? '').slice(0, 8) })}>
      {isUnderWay ? <p role="status">{t('hubKey.waiting', { day: fullDay(switchesAt) })}</p> : null}
      <div>
        <Button variant="default" size="xs" disabled={!up} onClick={() => setAsks(true)}>
          {t(isUnderWay ? 'hubKey.finish' : 'hubKey.change')}
        </Button>
        <Confirm opened={asks} finish={isUnderWay} onClose={() => setAsks(false)} />
      </div>
    </FormRow>
  );
}

function Confirm({ opened, finish, onClose }: { opened: boolean; finish: boolean; onClose: () => void }) {
  const t = useText();
  const act = useAct();
  const session = useSession();
  const change = () => {
    onClose();
    void act(session.ask({ op: 'hubKey.rotate', finish }), t(finish ? 'hubKey.finished' : 'hubKey.prepared'));
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t(finish ? 'hubKey.finishTitle' : 'hubKey.changeTitle')}>
      <Text size="sm">{t(finish ? 'hubKey.finishBody' : 'hubKey.changeBody')}</Text>
      <DialogFoot onCancel={onClose}>
        <Button color="red" onClick={change}>
          {t(finish ? 'hubKey.finish' : 'hubKey.change')}
        </Button>
      </DialogFoot>
    </Modal>
  );
}
