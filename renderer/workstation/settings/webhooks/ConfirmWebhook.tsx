import { Button, Text } from '@mantine/core';
import type { WebhookView } from '../../../../shared/protocol/webhooks';
import { useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { DialogFoot } from '../../ui/DialogFoot';
import { useText } from '../../ui/text';
import { hostOf } from './host-of';
import type { MadeSecret } from './WebhookForm';

interface ConfirmProps {
  kind: 'rotate' | 'remove';
  webhook: WebhookView;
  onDone: () => void;
  onSecret: (made: MadeSecret) => void;
}

/** Asks before a webhook gets another secret, or is removed. */
export function ConfirmWebhook({ kind, webhook: { webhookId, url }, onDone, onSecret }: ConfirmProps) {
  const t = useText();
  const session = useSession();
  const { isUp, isBusy, save } = useSave();
  const host = hostOf(url);
  const confirm = async () => {
    if (kind === 'remove') {
      if (await save(() => session.send({ op: 'webhook.remove', webhookId }), t('webhooks.removed', { host })))
        onDone();
      return;
    }
    const answer = await save(() => session.send({ op: 'webhook.rotate', webhookId }));
    if (!answer) return;
    // A repeated command is answered without the secret, which then has to be made anew.
    if (answer.result) onSecret({ host, secret: answer.result.secret });
    onDone();
  };
  return (
    <>
      <Text size="sm">{t(kind === 'rotate' ? 'webhooks.rotateBody' : 'webhooks.removeBody')}</Text>
      <DialogFoot onCancel={onDone}>
        <Button
          {...(kind === 'remove' ? { color: 'red' } : {})}
          disabled={!isUp || isBusy}
          onClick={() => void confirm()}
        >
          {t(kind === 'rotate' ? 'webhooks.rotate' : 'common.remove')}
        </Button>
      </DialogFoot>
    </>
  );
}
