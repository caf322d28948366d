import { Button, Text } from '@mantine/core';
import type { AssistantView } from '../../../../shared/protocol/views';
import type { Text as Words } from '../../../../shared/text/workstation-text';
import { useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { DialogFoot } from '../../ui/DialogFoot';
import { useText } from '../../ui/text';
import type { Asked } from './AssistantActions';

interface ConfirmProps {
  kind: Exclude<Asked, 'edit'>;
  assistant: AssistantView;
  onDone: () => void;
  onToken: (made: { name: string; token: string }) => void;
}

/** Asks before an assistant's line may end: by a new token, its revocation, or removal. */
export function ConfirmAssistant({ kind, assistant, onDone, onToken }: ConfirmProps) {
  const t = useText();
  const session = useSession();
  const { isUp, isBusy, save } = useSave();
  const { assistantId, name, tokenMadeAt } = assistant;
  const confirm = async () => {
    if (kind === 'token') {
      const answer = await save(() => session.send({ op: 'assistant.token', assistantId }));
      if (!answer) return;
      // A repeated command is answered without the token, which then has to be made anew.
      if (answer.result) onToken({ name, token: answer.result.token });
      onDone();
    } else {
      const said = t(kind === 'revoke' ? 'assistants.revoked' : 'assistants.removed', { name });
      if (await save(() => session.send({ op: `assistant.${kind}`, assistantId }), said)) onDone();
    }
  };
  return (
    <>
      <Text size="sm">{bodyOf(t, kind, tokenMadeAt === null)}</Text>
      <DialogFoot onCancel={onDone}>
        <Button
          {...(kind === 'token' ? {} : { color: 'red' })}
          disabled={!isUp || isBusy}
          onClick={() => void confirm()}
        >
          {t(kind === 'token' ? 'assistants.makeToken' : kind === 'revoke' ? 'assistants.revoke' : 'common.remove')}
        </Button>
      </DialogFoot>
    </>
  );
}

function bodyOf(t: Words, kind: ConfirmProps['kind'], isFirst: boolean): string {
  if (kind === 'token') return t(isFirst ? 'assistants.tokenFirstBody' : 'assistants.tokenBody');
  return t(kind === 'revoke' ? 'assistants.revokeBody' : 'assistants.removeBody');
}
