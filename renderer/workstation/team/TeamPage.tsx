import { ActionIcon, Menu, VisuallyHidden } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { AgentView } from '../../../shared/protocol/views';
import { useIsSupervisor, useIsUp, useLists, useOffice, useTable } from '../session/session-context';
import table from '../settings/SettingsPage.module.css';
import { StatusItems } from '../settings/team/AgentActions';
import { AgentState } from '../settings/team/AgentState';
import { byName } from '../settings/team/agents-order';
import { Avatar } from '../ui/Avatar';
import { Since } from '../ui/Figures';
import { PaneLoading, PaneNote } from '../ui/Pane';
import { Sentence } from '../ui/Sentence';
import { useText } from '../ui/text';
import classes from './TeamPage.module.css';

/** Who is here, doing what, for how long; and who waits, by skill group. */
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
    <main className={classes.page} data-pane="page" tabIndex={-1}>
      <h1 className={table.title}>{t('team.title')}</h1>
      <p className={table.lead}>{t('team.summary', { online, total: sorted.length, load, waiting })}</p>
      <GroupTiles />
      {sorted.length === 0 ? (
        <PaneNote title={t('team.empty')} />
      ) : (
        <div className={table.card}>
          <table className={table.table}>
            <thead>
              <tr>
                <th>{t('team.agent')}</th>
                <th>{t('team.state')}</th>
                <th>{t('team.inState')}</th>
                <th>{t('team.load')}</th>
                <th>{t('team.groups')}</th>
                <th>
                  <VisuallyHidden>{t('common.more')}</VisuallyHidden>
                </th>
              </tr>
            </thead>
            <tbody>
              {sorted.map((agent) => (
                <Row key={agent.agentId} agent={agent} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </main>
  );
}

function Row({ agent }: { agent: AgentView }) {
  const t = useText();
  const up = useIsUp();
  const supervisor = useIsSupervisor();
  const groups = useTable('groups');
  const { name, load, capacity, statusSince, wrapUps } = agent;
  return (
    <tr>
      <td>
        <span className={table.person}>
          <Avatar name={name} size={28} />
          {name}
        </span>
      </td>
      <td>
        <AgentState agent={agent} />
      </td>
      <td>
        <Since at={statusSince} className={table.soft} />
      </td>
      <td>
        <span className={classes.load}>
          <span className={classes.bar} aria-hidden="true">
            <span style={{ width: `${Math.min(100, (load / Math.max(1, capacity)) * 100)}%` }} />
          </span>
          <span className="tabular">
            {t('team.loadOf', { load, capacity })}
            {wrapUps.length > 0 ? (
              <span className={table.soft}> · {t('list.wrapUps', { count: wrapUps.length })}</span>
            ) : null}
          </span>
        </span>
      </td>
      <td className={table.soft}>{agent.groups.map(({ groupId }) => groups.get(groupId)?.name).join(t('why.join'))}</td>
      <td>
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
            <span className={table.soft}>{name}</span>
            <b className="tabular">{here.length}</b>
            <span className={table.soft}>
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
