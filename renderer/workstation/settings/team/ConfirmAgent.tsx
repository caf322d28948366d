import { Button, Text } from '@mantine/core';
import type { AgentView } from '../../../../shared/protocol/views';
import { useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { DialogFoot } from '../../ui/DialogFoot';
import { useText } from '../../ui/text';

/** Asks before an agent is signed out everywhere or removed. */
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
  const session = useSession();
  const { save } = useSave();
  const { agentId, name } = agent;
  return (
    <>
      <Text size="sm">{t(`agents.${kind}Body`)}</Text>
      <DialogFoot onCancel={onDone}>
        <Button
          color="red"
          onClick={async () => {
            const said = t(kind === 'revoke' ? 'agents.revoked' : 'agents.removed', { name });
            if (await save(() => session.send({ op: `agent.${kind}`, agentId }), said)) onDone();
          }}
        >
          {t(`agents.${kind}`)}
        </Button>
      </DialogFoot>
    </>
  );
}
