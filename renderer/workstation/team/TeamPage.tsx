import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { AgentView } from '../../../shared/protocol/views';
import { Since } from '../session/Figures';
import { useIsSupervisor, useIsUp, useLists, useOffice, useTable } from '../session/session-context';
import { StatusItems } from '../settings/team/AgentActions';
import { AgentState } from '../settings/team/AgentState';
import { byName } from '../settings/team/agents-order';
import { Card } from '../ui/Card';
import { DataTable } from '../ui/DataTable';
import { PageHead } from '../ui/Headings';
import { PaneLoading, PaneNote } from '../ui/Pane';
import { Person } from '../ui/Person';
import { Sentence } from '../ui/Sentence';
import { useText } from '../ui/text';
import classes from './TeamPage.module.css';

/** The agents with their states and loads, and the customers waiting in each skill group. */
export function TeamPage() {
  const t = useText();
  const ready = useOffice((state) => state.ready);
  const agents = useTable('agents');
  const waiting = useLists().waiting.length;
  if (!ready) return <PaneLoading label={t('list.loading')} />;
  const sorted = [...agents.values()].sort(byState);
  const online = sorted.filter((agent) => agent.connected && agent.status === 'online').length;
  const load = sorted.reduce((sum, agent) => sum + agent.load, 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: for who is no supervisor nothing in it takes the focus, to scroll it
    <main className={classes.page} data-pane="page" tabIndex={0}>
      <PageHead title={t('team.title')} lead={t('team.summary', { online, total: sorted.length, load, waiting })} />
      <GroupTiles />
      {sorted.length === 0 ? (
        <PaneNote title={t('team.empty')} />
      ) : (
        <Card>
          <DataTable
            columns={[
              { title: t('team.agent') },
              { title: t('team.state') },
              { title: t('team.inState') },
              { title: t('team.load') },
              { title: t('team.groups') },
              { title: t('common.more'), isHidden: true },
            ]}
          >
            {sorted.map((agent) => (
              <AgentRow key={agent.agentId} agent={agent} />
            ))}
          </DataTable>
        </Card>
      )}
    </main>
  );
}

function AgentRow({ agent }: { agent: AgentView }) {
  const t = useText();
  const up = useIsUp();
  const supervisor = useIsSupervisor();
  const groups = useTable('groups');
  const { name, statusSince } = agent;
  return (
    <tr>
      <td>
        <Person name={name} />
      </td>
      <td>
        <AgentState agent={agent} />
      </td>
      <td>
        <Since at={statusSince} className="soft" />
      </td>
      <td>
        <Load agent={agent} />
      </td>
      <td className="soft">{agent.groups.map(({ groupId }) => groups.get(groupId)?.name).join(t('why.join'))}</td>
      <td data-acts>
        {supervisor ? (
          <Menu position="bottom-end" width={230}>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" disabled={!up} aria-label={t('team.setStatus', { name })}>
                <IconDots size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <StatusItems agent={agent} />
            </Menu.Dropdown>
          </Menu>
        ) : null}
      </td>
    </tr>
  );
}

/** An agent's load against capacity, as a bar and in figures. */
function Load({ agent: { load, capacity, wrapUps } }: { agent: AgentView }) {
  const t = useText();
  return (
    <span className={classes.load}>
      <span className={classes.bar} aria-hidden="true">
        <span style={{ width: `${Math.min(100, (load / Math.max(1, capacity)) * 100)}%` }} />
      </span>
      <span className="tabular">
        {t('team.loadOf', { load, capacity })}
        {wrapUps.length > 0 ? <span className="soft"> · {t('list.wrapUps', { count: wrapUps.length })}</span> : null}
      </span>
    </span>
  );
}

function GroupTiles() {
  const t = useText();
  const groups = useTable('groups');
  const conversations = [...useTable('conversations').values()];
  return (
    <section className={classes.tiles} aria-label={t('team.waitingByGroup')}>
      {[...groups.values()].sort(byName).map(({ groupId, name }) => {
        const here = conversations.filter(
          (conversation) =>
            conversation.groupId === groupId && conversation.stage !== 'active' && conversation.fromAgentId === null,
        );
        const longest = Math.min(...here.map(({ enqueuedAt }) => enqueuedAt));
        return (
          <div key={groupId} className={classes.tile}>
            <span className="soft">{name}</span>
            <b className="tabular">{here.length}</b>
            <span className="soft">
              {here.length === 0 ? (
                t('list.waitingEmpty')
              ) : (
                <Sentence text="team.longest" slots={{ time: <Since at={longest} /> }} />
              )}
            </span>
          </div>
        );
      })}
    </section>
  );
}

const stateOrder = { online: 0, busy: 1, shortBreak: 2, offline: 3 };

function byState(a: AgentView, b: AgentView): number {
  return Number(b.connected) - Number(a.connected) || stateOrder[a.status] - stateOrder[b.status] || byName(a, b);
}
