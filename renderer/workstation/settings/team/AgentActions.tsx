import { ActionIcon, Menu } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceDesktopX, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { agentStatus } from '../../../../shared/protocol/fields';
import type { AgentView } from '../../../../shared/protocol/views';
import { useIsUp, useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';
import { StatusMark } from '../../ui/StatusMark';
import { useText } from '../../ui/text';
import type { AgentEditing } from './agent-editing';

/** A supervisor's actions for one agent. */
export function AgentActions({ agent, onEdit }: { agent: AgentView; onEdit: (editing: AgentEditing) => void }) {
  const t = useText();
  const up = useIsUp();
  const { agentId, name } = agent;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" disabled={!up} aria-label={t('agents.actions', { name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onEdit({ kind: 'edit', agentId })}>
          {t('common.edit')}
        </Menu.Item>
        <Menu.Divider />
        <StatusItems agent={agent} />
        <Menu.Divider />
        <Menu.Item leftSection={<IconDeviceDesktop size={16} />} onClick={() => onEdit({ kind: 'devices', agentId })}>
          {t('agents.devicesOf', { name })}
        </Menu.Item>
        <Menu.Item leftSection={<IconDeviceDesktopX size={16} />} onClick={() => onEdit({ kind: 'revoke', agentId })}>
          {t('agents.revoke')}
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={16} />}
          onClick={() => onEdit({ kind: 'remove', agentId })}
        >
          {t('agents.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function StatusItems({ agent }: { agent: AgentView }) {
  const t = useText();
  const act = useAct();
  const session = useSession();
  return (
    <>
      <Menu.Label>{t('team.setStatus', { name: agent.name })}</Menu.Label>
      {agentStatus.options.map((status) => (
        <Menu.Item
          key={status}
          leftSection={<StatusMark status={status} size={16} />}
          fw={status === agent.status ? 600 : undefined}
          onClick={() => act(session.send({ op: 'status.set', status, agentId: agent.agentId }))}
        >
          {t(`status.${status}`)}
        </Menu.Item>
      ))}
    </>
  );
}
