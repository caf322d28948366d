import { Button, Checkbox, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isWebhookUrl, type WebhookView, webhookEventType } from '../../../../shared/protocol/webhooks';
import { useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { DialogFoot } from '../../ui/DialogFoot';
import { useText } from '../../ui/text';
import { hostOf } from './host-of';

/** Shown once. */
export interface MadeSecret {
  host: string;
  secret: string;
}

interface FormProps {
  /** Null: a new one. */
  webhook: WebhookView | null;
  onDone: () => void;
  onSecret: (made: MadeSecret) => void;
}

const allTypes = webhookEventType.options;

export function WebhookForm({ webhook, onDone, onSecret }: FormProps) {
  const t = useText();
  const session = useSession();
  const { isUp, isBusy, save } = useSave();
  const [typed, setTyped] = useState(webhook?.url ?? '');
  const [wanted, setWanted] = useState<readonly string[]>(webhook?.events ?? allTypes);
  const url = typed.trim();
  const isWrong = url !== '' && !isWebhookUrl(url);
  const submit = async () => {
    const host = hostOf(url);
    const events = allTypes.filter((type) => wanted.includes(type));
    const command = { op: 'webhook.put', url, events } as const;
    const send = () => session.send(webhook ? { ...command, webhookId: webhook.webhookId } : command);
    const answer = await save(send, t('webhooks.saved', { host }));
    if (!answer) return;
    if (answer.result?.secret !== undefined) onSecret({ host, secret: answer.result.secret });
    onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('webhooks.url')}
          description={t('webhooks.urlHelp')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={isWrong ? t('webhooks.urlWrong') : null}
          data-autofocus
        />
        <Checkbox.Group label={t('webhooks.events')} value={[...wanted]} onChange={setWanted}>
          <Stack gap={8} mt={6}>
            {allTypes.map((type) => (
              <Checkbox key={type} value={type} label={t(`webhooks.event.${type}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Stack>
      <DialogFoot onCancel={onDone}>
        <Button type="submit" disabled={!isUp || isBusy || url === '' || isWrong || wanted.length === 0}>
          {t('common.save')}
        </Button>
      </DialogFoot>
    </form>
  );
}
