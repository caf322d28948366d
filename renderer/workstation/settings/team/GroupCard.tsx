import { ActionIcon, Button, NumberInput, Select, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { agentPriorityRange } from '../../../../shared/protocol/limits';
import type { AgentView, GroupView } from '../../../../shared/protocol/views';
import { useIsUp, useSession, useTable } from '../../session/session-context';
import { Avatar } from '../../ui/Avatar';
import { StatusMark } from '../../ui/StatusMark';
import { useText } from '../../ui/text';
import { useAct } from '../../ui/use-act';
import { useOpenWords } from '../hours/use-open-words';
import { ownOf } from '../routing/setting-values';
import classes from '../SettingsPage.module.css';
import { byName, membersOf, moveMember, priorityIn, withPriority } from './agents-order';

interface GroupCardProps {
  group: GroupView;
  onOpen: (page: 'routing' | 'hours') => void;
  onRename: () => void;
  onRemove: () => void;
}

/** One skill group: who is in it, and in which order they are asked. */
export function GroupCard({ group, onOpen, onRename, onRemove }: GroupCardProps) {
  const t = useText();
  const up = useIsUp();
  const place = usePlace(group.groupId);
  const agents = useTable('agents');
  const members = membersOf(agents.values(), group.groupId);
  const others = [...agents.values()].filter((agent) => priorityIn(agent, group.groupId) === null).sort(byName);
  const online = members.filter((agent) => agent.connected && agent.status === 'online').length;
  const own = Object.keys(ownOf(group.settings)).length;
  const openWords = useOpenWords();
  const last = Math.max(0, ...members.map((agent) => priorityIn(agent, group.groupId) ?? 0));
  return (
    <section className={`${classes.card} ${classes.groupCard}`} aria-label={group.name}>
      <div className={classes.groupHead}>
        <h2 className={classes.groupName}>{group.name}</h2>
        <span className={classes.soft}>
          {t('groups.members', { count: members.length })} · {t('groups.online', { count: online })}
        </span>
        <span style={{ flex: 1 }} />
        <Button
          size="xs"
          variant="subtle"
          disabled={!up}
          aria-label={t('groups.rename', { name: group.name })}
          onClick={onRename}
        >
          {t('common.edit')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="red"
          disabled={!up}
          aria-label={t('groups.remove', { name: group.name })}
          onClick={onRemove}
        >
          {t('common.remove')}
        </Button>
      </div>
      <div className={classes.groupLinks}>
        <GroupLink label={t('groups.hours')} words={openWords(group)} open={() => onOpen('hours')} name={group.name} />
        <GroupLink
          label={t('groups.settings')}
          words={own === 0 ? t('settings.asOffice') : t('groups.own', { count: own })}
          open={() => onOpen('routing')}
          name={group.name}
        />
      </div>
      {members.length > 0 ? (
        <table className={classes.table}>
          <thead>
            <tr>
              <th style={{ width: 96 }}>{t('groups.priorityColumn')}</th>
              <th>{t('team.agent')}</th>
              <th>{t('team.state')}</th>
              <th style={{ width: 120 }}>
                <VisuallyHidden>{t('common.more')}</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {members.map((agent, i) => (
              <tr key={agent.agentId}>
                <td>
                  <Priority key={priorityIn(agent, group.groupId)} agent={agent} group={group} disabled={!up} />
                </td>
                <td>
                  <span className={classes.person}>
                    <Avatar name={agent.name} size={26} />
                    {agent.name}
                  </span>
                </td>
                <td>
                  <span className={classes.state}>
                    <StatusMark status={agent.status} gone={!agent.connected} />
                    {t(
                      agent.connected || agent.status === 'offline' ? `status.${agent.status}` : 'status.disconnected',
                    )}
                  </span>
                </td>
                <td>
                  <ActionIcon.Group>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      disabled={!up || i === 0}
                      aria-label={t('groups.earlier', { name: agent.name })}
                      onClick={() => place(moveMember(members, group.groupId, i, -1))}
                    >
                      <IconArrowUp size={16} />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      disabled={!up || i === members.length - 1}
                      aria-label={t('groups.later', { name: agent.name })}
                      onClick={() => place(moveMember(members, group.groupId, i, 1))}
                    >
                      <IconArrowDown size={16} />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      disabled={!up}
                      aria-label={t('groups.removeMember', { name: agent.name, group: group.name })}
                      onClick={() => place([{ agent, priority: null }])}
                    >
                      <IconX size={16} />
                    </ActionIcon>
                  </ActionIcon.Group>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <div className={classes.groupFoot}>
        {members.length === 0 ? <p className={classes.warn}>{t('groups.memberless')}</p> : null}
        {others.length > 0 ? (
          <Select
            size="xs"
            w={240}
            aria-label={t('groups.addMemberTo', { group: group.name })}
            placeholder={t('groups.addMember')}
            data={others.map(({ agentId, name }) => ({ value: agentId, label: name }))}
            value={null}
            searchable
            disabled={!up}
            onChange={(agentId) => {
              const agent = agentId === null ? undefined : agents.get(agentId);
              if (agent) place([{ agent, priority: Math.max(1, last) }]);
            }}
          />
        ) : null}
      </div>
    </section>
  );
}

function GroupLink({ label, words, open, name }: { label: string; words: string; open: () => void; name: string }) {
  const t = useText();
  return (
    <span>
      <UnstyledButton
        className={classes.linkButton}
        aria-label={t('settings.field.label', { setting: name, field: label })}
        onClick={open}
      >
        {label}
      </UnstyledButton>
      <span className={classes.soft}> {words}</span>
    </span>
  );
}

/** Saves new places in a group, one agent after the other. */
function usePlace(groupId: string) {
  const act = useAct();
  const session = useSession();
  return (changes: readonly { agent: AgentView; priority: number | null }[]) => {
    for (const { agent, priority } of changes) {
      const { agentId, name, role, capacity } = agent;
      const groups = withPriority(agent, groupId, priority);
      void act(session.send({ op: 'agent.put', agentId, name, role, capacity, groups }));
    }
  };
}

/** Saved when it is left or Enter is pressed. */
function Priority({ agent, group, disabled }: { agent: AgentView; group: GroupView; disabled: boolean }) {
  const t = useText();
  const place = usePlace(group.groupId);
  const now = priorityIn(agent, group.groupId) ?? 1;
  const [value, setValue] = useState<number | string>(now);
  const wrong = typeof value !== 'number' || value < agentPriorityRange.min || value > agentPriorityRange.max;
  const save = () => {
    if (!wrong && value !== now) place([{ agent, priority: value }]);
  };
  return (
    <NumberInput
      size="xs"
      w={64}
      allowDecimal={false}
      aria-label={t('groups.priority', { name: agent.name, group: group.name })}
      value={value}
      error={wrong}
      disabled={disabled}
      onChange={setValue}
      onBlur={save}
      hideControls
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
      }}
    />
  );
}
