import { ActionIcon, Menu } from '@mantine/core';
import {
  IconDots,
  IconKey,
  IconListDetails,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import type { WebhookView } from '../../../../shared/protocol/webhooks';
import { useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { useText } from '../../ui/text';
import { hostOf } from './host-of';

/** What is asked for a webhook. */
export type WebhookAsked = 'edit' | 'attempts' | 'rotate' | 'remove';

/** A supervisor's actions for one webhook. */
export function WebhookActions({ webhook, onAsk }: { webhook: WebhookView; onAsk: (kind: WebhookAsked) => void }) {
  const t = useText();
  const session = useSession();
  const { isUp, save } = useSave();
  const { webhookId, url, paused } = webhook;
  const host = hostOf(url);
  const pauseOrResume = () => {
    const said = t(paused ? 'webhooks.wasResumed' : 'webhooks.wasPaused', { host });
    void save(() => session.send({ op: 'webhook.pause', webhookId, paused: paused === null }), said);
  };
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" disabled={!isUp} aria-label={t('agents.actions', { name: host })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconListDetails size={16} />} onClick={() => onAsk('attempts')}>
          {t('webhooks.attempts')}
        </Menu.Item>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onAsk('edit')}>
          {t('common.edit')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKey size={16} />} onClick={() => onAsk('rotate')}>
          {t('webhooks.rotate')}
        </Menu.Item>
        <Menu.Item
          leftSection={paused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
          onClick={pauseOrResume}
        >
          {t(paused ? 'webhooks.resume' : 'webhooks.pause')}
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => onAsk('remove')}>
          {t('common.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
