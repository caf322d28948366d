import { Button, Group } from '@mantine/core';
import { IconDeviceDesktopPlus } from '@tabler/icons-react';
import type { JoinView } from '../../../shared/protocol/views';
import { useIsUp, useOffice, useSession } from '../session/session-context';
import { useAct } from '../session/use-act';
import { Sentence } from '../ui/Sentence';
import { useText } from '../ui/text';
import classes from './Banners.module.css';

/** Devices with a valid code that wait for a supervisor's consent. Only supervisors are told of any. */
export function JoinRequests() {
  const joins = useOffice((state) => state.joins);
  return joins.map((join) => <JoinRequest key={join.joinId} join={join} />);
}

function JoinRequest({ join }: { join: JoinView }) {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const { joinId, agentId, deviceLabel, address } = join;
  const name = useOffice((state) => state.agents.get(agentId)?.name ?? '');
  const answer = (accept: boolean) =>
    act(session.send({ op: 'join.answer', joinId, accept }), t(accept ? 'joins.accepted' : 'joins.declined', { name }));
  return (
    <div className={classes.banner} data-pane="banner" data-kind="join" role="alert">
      <IconDeviceDesktopPlus size={20} aria-hidden="true" />
      <div className={classes.words}>
        <Sentence
          text="joins.asks"
          slots={{ name: <b>{name}</b>, device: <b>{deviceLabel}</b>, address: <code>{address}</code> }}
        />{' '}
        {t('joins.help')}
      </div>
      <Group gap="xs" wrap="nowrap">
        <Button variant="default" size="xs" disabled={!up} onClick={() => answer(false)}>
          {t('joins.decline')}
        </Button>
        <Button size="xs" disabled={!up} onClick={() => answer(true)}>
          {t('joins.accept')}
        </Button>
      </Group>
    </div>
  );
}
