import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconKey, IconKeyOff, IconPencil, IconTrash } from '@tabler/icons-react';
import type { AssistantView } from '../../../../shared/protocol/views';
import { useIsUp } from '../../session/session-context';
import { useText } from '../../ui/text';

/** What is asked for an assistant. */
export type Asked = 'edit' | 'token' | 'revoke' | 'remove';

/** A supervisor's actions for one assistant. */
export function AssistantActions({ assistant, onAsk }: { assistant: AssistantView; onAsk: (kind: Asked) => void }) {
  const t = useText();
  const up = useIsUp();
  const { name, tokenMadeAt } = assistant;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" disabled={!up} aria-label={t('agents.actions', { name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onAsk('edit')}>
          {t('common.edit')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKey size={16} />} onClick={() => onAsk('token')}>
          {t('assistants.makeToken')}
        </Menu.Item>
        {tokenMadeAt === null ? null : (
          <Menu.Item leftSection={<IconKeyOff size={16} />} onClick={() => onAsk('revoke')}>
            {t('assistants.revoke')}
          </Menu.Item>
        )}
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => onAsk('remove')}>
          {t('common.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
