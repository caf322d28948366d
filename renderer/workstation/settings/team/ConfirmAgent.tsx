import { Button, Group, Text } from '@mantine/core';
import type { AgentView } from '../../../../shared/protocol/views';
import { useSession } from '../../session/session-context';
import { useText } from '../../ui/text';
import { useAct } from '../../ui/use-act';

/** Asked before somebody is signed out everywhere or removed. */
export function ConfirmAgent({
  kind,
  agent,
  onDone,
}: {
  kind: 'revoke' | 'remove';
  agent: AgentView;
  onDone: () => void;
}) {
  const t = useText();
  const act = useAct();
  const session = useSession();
  const { agentId, name } = agent;
  return (
    <>
      <Text size="sm">{t(`agents.${kind}Body`)}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button
          color="red"
          onClick={async () => {
            const sent = session.send({ op: `agent.${kind}`, agentId });
            if (await act(sent, t(kind === 'revoke' ? 'agents.revoked' : 'agents.removed', { name }))) onDone();
          }}
        >
          {t(`agents.${kind}`)}
        </Button>
      </Group>
    </>
  );
}
