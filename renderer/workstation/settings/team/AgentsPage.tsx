import { Button, Modal, VisuallyHidden } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { AgentView } from '../../../../shared/protocol/views';
import { useIsUp, useMyId, useOffice, useRow, useTable } from '../../session/session-context';
import { Avatar } from '../../ui/Avatar';
import { PaneLoading } from '../../ui/Pane';
import { useText } from '../../ui/text';
import classes from '../SettingsPage.module.css';
import { AgentActions } from './AgentActions';
import { AgentDevices } from './AgentDevices';
import { AgentForm } from './AgentForm';
import { AgentState } from './AgentState';
import { byName } from './agents-order';
import { CodeDialog } from './CodeDialog';
import { ConfirmAgent } from './ConfirmAgent';

export type AgentEditing =
  | { kind: 'add' }
  | { kind: 'edit' | 'code' | 'devices' | 'revoke' | 'remove'; agentId: string };

export function AgentsPage() {
  const t = useText();
  const up = useIsUp();
  const ready = useOffice((state) => state.ready);
  const agents = useTable('agents');
  const [editing, setEditing] = useState<AgentEditing | null>(null);
  if (!ready) return <PaneLoading label={t('settings.loading')} />;
  return (
    <div className={classes.wide}>
      <div className={classes.titleRow}>
        <div>
          <h1 className={classes.title}>{t('agents.title')}</h1>
          <p className={classes.lead}>{t('agents.help')}</p>
        </div>
        <Button leftSection={<IconPlus size={16} />} disabled={!up} onClick={() => setEditing({ kind: 'add' })}>
          {t('agents.add')}
        </Button>
      </div>
      <div className={classes.card}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th>{t('agents.name')}</th>
              <th>{t('agents.role')}</th>
              <th>{t('team.state')}</th>
              <th>{t('agents.capacity')}</th>
              <th>{t('agents.groups')}</th>
              <th>{t('agents.code')}</th>
              <th>
                <VisuallyHidden>{t('common.more')}</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {[...agents.values()].sort(byName).map((agent) => (
              <AgentRow key={agent.agentId} agent={agent} onEdit={setEditing} />
            ))}
          </tbody>
        </table>
      </div>
      <AgentDialogs editing={editing} onEdit={setEditing} />
    </div>
  );
}

function AgentRow({ agent, onEdit }: { agent: AgentView; onEdit: (editing: AgentEditing) => void }) {
  const t = useText();
  const up = useIsUp();
  const myId = useMyId();
  const groups = useTable('groups');
  const { agentId, name, role, capacity, load, devices } = agent;
  return (
    <tr>
      <td>
        <span className={classes.person}>
          <Avatar name={name} size={28} />
          {name}
          {agentId === myId ? <span className={classes.soft}>{t('agents.you')}</span> : null}
        </span>
      </td>
      <td>{t(role === 'supervisor' ? 'agents.roleSupervisor' : 'agents.roleAgent')}</td>
      <td>
        <AgentState agent={agent} />
      </td>
      <td className="tabular">{t('team.loadOf', { load, capacity })}</td>
      <td>
        <span className={classes.chips}>
          {agent.groups.map(({ groupId, priority }) => (
            <span key={groupId} className={classes.chip}>
              {groups.get(groupId)?.name} · {priority}
            </span>
          ))}
          {agent.groups.length === 0 ? <span className={classes.warn}>{t('agents.noGroups')}</span> : null}
        </span>
      </td>
      <td>
        <Button
          size="compact-sm"
          variant="default"
          disabled={!up}
          aria-label={t('agents.codeTitle', { name })}
          onClick={() => onEdit({ kind: 'code', agentId })}
        >
          {t('agents.code')}
        </Button>
        <div className={classes.soft}>
          {devices === 0 ? t('agents.deviceNone') : t('agents.devices', { count: devices })}
        </div>
      </td>
      <td>
        <AgentActions agent={agent} onEdit={onEdit} />
      </td>
    </tr>
  );
}

interface DialogsProps {
  editing: AgentEditing | null;
  onEdit: (editing: AgentEditing | null) => void;
}

function AgentDialogs({ editing, onEdit }: DialogsProps) {
  const t = useText();
  const agent = useRow('agents', editing !== null && editing.kind !== 'add' ? editing.agentId : '') ?? null;
  const opened = editing !== null && (editing.kind === 'add' || agent !== null);
  const done = () => onEdit(null);
  const titles = {
    add: t('agents.add'),
    edit: t('agents.edit', { name: agent?.name ?? '' }),
    code: t('agents.codeTitle', { name: agent?.name ?? '' }),
    devices: t('agents.devicesOf', { name: agent?.name ?? '' }),
    revoke: t('agents.revokeTitle', { name: agent?.name ?? '' }),
    remove: t('agents.removeTitle', { name: agent?.name ?? '' }),
  };
  return (
    <Modal opened={opened} onClose={done} title={editing === null ? '' : titles[editing.kind]}>
      {editing?.kind === 'add' ? (
        <AgentForm agent={null} onDone={done} onAdded={(agentId) => onEdit({ kind: 'code', agentId })} />
      ) : null}
      {editing?.kind === 'edit' && agent ? <AgentForm agent={agent} onDone={done} /> : null}
      {editing?.kind === 'code' && agent ? <CodeDialog agent={agent} onDone={done} /> : null}
      {editing?.kind === 'devices' && agent ? (
        <AgentDevices agentId={agent.agentId} help={t('agents.devicesHelp')} />
      ) : null}
      {(editing?.kind === 'revoke' || editing?.kind === 'remove') && agent ? (
        <ConfirmAgent kind={editing.kind} agent={agent} onDone={done} />
      ) : null}
    </Modal>
  );
}
