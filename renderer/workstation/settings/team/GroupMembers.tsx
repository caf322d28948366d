import { ActionIcon, NumberInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { agentPriorityRange } from '../../../../shared/protocol/limits';
import type { AgentView, GroupView } from '../../../../shared/protocol/views';
import { useIsUp } from '../../session/session-context';
import { DataTable } from '../../ui/DataTable';
import { Person } from '../../ui/Person';
import { useText } from '../../ui/text';
import { MemberState } from './AgentState';
import { moveMember, priorityIn } from './agents-order';
import { usePlaces } from './use-places';

interface GroupMembersProps {
  group: GroupView;
  /** In the order in which they are asked. */
  members: readonly AgentView[];
}

/** A group's members and their places in it. */
export function GroupMembers({ group, members }: GroupMembersProps) {
  const t = useText();
  return (
    <DataTable
      columns={[
        { title: t('groups.priorityColumn'), widthPx: 96 },
        { title: t('team.agent') },
        { title: t('team.state') },
        { title: t('common.more'), isHidden: true, widthPx: 120 },
      ]}
    >
      {members.map((agent, i) => (
        <tr key={agent.agentId}>
          <td>
            <Priority key={priorityIn(agent, group.groupId)} agent={agent} group={group} />
          </td>
          <td>
            <Person name={agent.name} size={26} />
          </td>
          <td>
            <MemberState agent={agent} />
          </td>
          <td>
            <PlaceButtons group={group} members={members} index={i} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

function PlaceButtons({ group, members, index }: GroupMembersProps & { index: number }) {
  const t = useText();
  const up = useIsUp();
  const place = usePlaces(group.groupId);
  const agent = members[index];
  if (!agent) return null;
  const { name } = agent;
  const move = (step: -1 | 1) => place(moveMember(members, group.groupId, index, step));
  const buttons = [
    { label: t('groups.earlier', { name }), icon: IconArrowUp, isOff: index === 0, onClick: () => move(-1) },
    {
      label: t('groups.later', { name }),
      icon: IconArrowDown,
      isOff: index === members.length - 1,
      onClick: () => move(1),
    },
    {
      label: t('groups.removeMember', { name, group: group.name }),
      icon: IconX,
      isOff: false,
      onClick: () => place([{ agent, priority: null }]),
    },
  ];
  return (
    <ActionIcon.Group>
      {buttons.map(({ label, icon: Icon, isOff, onClick }) => (
        <ActionIcon
          key={label}
          variant="subtle"
          color="gray"
          disabled={!up || isOff}
          aria-label={label}
          onClick={onClick}
        >
          <Icon size={16} />
        </ActionIcon>
      ))}
    </ActionIcon.Group>
  );
}

/** Saved on blur or Enter. */
function Priority({ agent, group }: { agent: AgentView; group: GroupView }) {
  const t = useText();
  const up = useIsUp();
  const place = usePlaces(group.groupId);
  const now = priorityIn(agent, group.groupId) ?? 1;
  const [value, setValue] = useState<number | string>(now);
  const { min, max } = agentPriorityRange;
  const isWrong = typeof value !== 'number' || value < min || value > max;
  const save = () => {
    if (!isWrong && value !== now) place([{ agent, priority: value }]);
  };
  return (
    <NumberInput
      size="xs"
      w={64}
      allowDecimal={false}
      aria-label={t('groups.priority', { name: agent.name, group: group.name })}
      value={value}
      error={isWrong}
      disabled={!up}
      onChange={setValue}
      onBlur={save}
      hideControls
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
      }}
    />
  );
}
