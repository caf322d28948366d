import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { AgentView } from '../../../../shared/protocol/views';
import { useIsUp, useMyId, useOffice, useTable } from '../../session/session-context';
import { Card } from '../../ui/Card';
import { DataTable } from '../../ui/DataTable';
import { PaneLoading } from '../../ui/Pane';
import { Person } from '../../ui/Person';
import { useText } from '../../ui/text';
import { Page } from '../Page';
import { AgentActions } from './AgentActions';
import { AgentDialogs } from './AgentDialogs';
import { AgentState } from './AgentState';
import classes from './AgentsPage.module.css';
import type { AgentEditing } from './agent-editing';
import { byName } from './agents-order';

export function AgentsPage() {
  const t = useText();
  const up = useIsUp();
  const ready = useOffice((state) => state.ready);
  const agents = useTable('agents');
  const [editing, setEditing] = useState<AgentEditing | null>(null);
  if (!ready) return <PaneLoading label={t('settings.loading')} />;
  return (
    <Page
      title={t('agents.title')}
      lead={t('agents.help')}
      action={
        <Button leftSection={<IconPlus size={16} />} disabled={!up} onClick={() => setEditing({ kind: 'add' })}>
          {t('agents.add')}
        </Button>
      }
      isWide
    >
      <Card>
        <DataTable
          columns={[
            { title: t('agents.name') },
            { title: t('agents.role') },
            { title: t('team.state') },
            { title: t('agents.capacity') },
            { title: t('agents.groups') },
            { title: t('agents.code') },
            { title: t('common.more'), isHidden: true },
          ]}
        >
          {[...agents.values()].sort(byName).map((agent) => (
            <AgentRow key={agent.agentId} agent={agent} onEdit={setEditing} />
          ))}
        </DataTable>
      </Card>
      <AgentDialogs editing={editing} onEdit={setEditing} />
    </Page>
  );
}

function AgentRow({ agent, onEdit }: { agent: AgentView; onEdit: (editing: AgentEditing) => void }) {
  const t = useText();
  const up = useIsUp();
  const myId = useMyId();
  const { agentId, name, role, capacity, load, devices } = agent;
  return (
    <tr>
      <td>
        <Person name={name}>{agentId === myId ? <span className="soft">{t('agents.you')}</span> : null}</Person>
      </td>
      <td>{t(role === 'supervisor' ? 'agents.roleSupervisor' : 'agents.roleAgent')}</td>
      <td>
        <AgentState agent={agent} />
      </td>
      <td className="tabular">{t('team.loadOf', { load, capacity })}</td>
      <td>
        <Groups agent={agent} />
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
        <div className="soft">{devices === 0 ? t('agents.deviceNone') : t('agents.devices', { count: devices })}</div>
      </td>
      <td data-acts>
        <AgentActions agent={agent} onEdit={onEdit} />
      </td>
    </tr>
  );
}

/** The agent's groups with their priority in each. */
function Groups({ agent }: { agent: AgentView }) {
  const t = useText();
  const groups = useTable('groups');
  return (
    <span className={classes.groups}>
      {agent.groups.map(({ groupId, priority }) => (
        <span key={groupId} className={classes.group}>
          {groups.get(groupId)?.name} · {priority}
        </span>
      ))}
      {agent.groups.length === 0 ? <span className={classes.warn}>{t('agents.noGroups')}</span> : null}
    </span>
  );
}
