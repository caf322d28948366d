import { Button, Checkbox, Group, NumberInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Role } from '../../../../shared/protocol/fields';
import { agentPriorityRange, capacityRange, nameMax } from '../../../../shared/protocol/limits';
import type { AgentView } from '../../../../shared/protocol/views';
import { useSession, useTable } from '../../session/session-context';
import { useText } from '../../ui/text';
import { useAct } from '../../ui/use-act';
import classes from '../SettingsPage.module.css';
import { byName } from './agents-order';

const usualCapacity = 5;

interface AgentFormProps {
  agent: AgentView | null;
  onDone: () => void;
  /** After adding: the new agent needs a code to join. */
  onAdded?: (agentId: string) => void;
}

export function AgentForm({ agent, onDone, onAdded }: AgentFormProps) {
  const t = useText();
  const act = useAct();
  const session = useSession();
  const groups = useTable('groups');
  const sorted = [...groups.values()].sort(byName);
  const [name, setName] = useState(agent?.name ?? '');
  const [role, setRole] = useState<Role>(agent?.role ?? 'agent');
  const [capacity, setCapacity] = useState<number | string>(agent?.capacity ?? usualCapacity);
  const [memberships, setMemberships] = useState<Record<string, number | string>>(() =>
    Object.fromEntries((agent?.groups ?? firstGroup(sorted)).map(({ groupId, priority }) => [groupId, priority])),
  );
  const [tried, setTried] = useState(false);
  const nameProblem = useNameProblem(name, agent);
  const capacityWrong = !isWithin(capacity, capacityRange);
  const priorityWrong = Object.values(memberships).some((priority) => !isWithin(priority, agentPriorityRange));

  const save = async () => {
    setTried(true);
    if (nameProblem !== null || capacityWrong || priorityWrong) return;
    const memberOf = Object.entries(memberships).filter(([groupId]) => groups.has(groupId));
    const command = {
      op: 'agent.put' as const,
      name: name.trim(),
      role,
      capacity: Number(capacity),
      groups: memberOf.map(([groupId, priority]) => ({ groupId, priority: Number(priority) })),
    };
    const sent = session.send(agent ? { ...command, agentId: agent.agentId } : command);
    const saved = await act(sent, agent ? t('agents.saved') : t('agents.added', { name: command.name }));
    if (!saved) return;
    const answer = await sent;
    const addedId = answer.ok ? answer.result.agentId : null;
    if (!agent && typeof addedId === 'string' && onAdded) onAdded(addedId);
    else onDone();
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('agents.name')}
          value={name}
          error={tried ? nameProblem : null}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <div>
          <Text size="sm" fw={500} mb={4}>
            {t('agents.role')}
          </Text>
          <SegmentedControl
            fullWidth
            aria-label={t('agents.role')}
            value={role}
            onChange={(value) => setRole(value as Role)}
            data={[
              { value: 'agent', label: t('agents.roleAgent') },
              { value: 'supervisor', label: t('agents.roleSupervisor') },
            ]}
          />
          <Text size="xs" c="dimmed" mt={4}>
            {t('agents.roleHelp')}
          </Text>
        </div>
        <NumberInput
          label={t('agents.capacity')}
          description={t('agents.capacityHelp', capacityRange)}
          allowDecimal={false}
          value={capacity}
          error={capacityWrong ? t('settings.outOfRange', capacityRange) : null}
          onChange={setCapacity}
        />
        <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
          <Text component="legend" size="sm" fw={500} mb={4}>
            {t('agents.groups')}
          </Text>
          {sorted.map(({ groupId, name: groupName }) => (
            <Membership
              key={groupId}
              name={groupName}
              priority={memberships[groupId] ?? null}
              onChange={(priority) =>
                setMemberships(({ [groupId]: _, ...others }) =>
                  priority === null ? others : { ...others, [groupId]: priority },
                )
              }
            />
          ))}
          <Text size="xs" c={Object.keys(memberships).length === 0 ? 'var(--warn)' : 'dimmed'} mt={4}>
            {t(Object.keys(memberships).length === 0 ? 'agents.noGroupsWarning' : 'agents.priorityHelp')}
          </Text>
        </fieldset>
      </Stack>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button type="submit">{t(agent ? 'common.save' : 'common.add')}</Button>
      </Group>
    </form>
  );
}

interface MembershipProps {
  name: string;
  priority: number | string | null;
  onChange: (priority: number | string | null) => void;
}

function Membership({ name, priority, onChange }: MembershipProps) {
  const t = useText();
  return (
    <div className={classes.fields}>
      <Checkbox
        flex={1}
        label={name}
        checked={priority !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? 1 : null)}
      />
      {priority === null ? null : (
        <>
          <span>{t('agents.priority')}</span>
          <NumberInput
            size="xs"
            w={72}
            allowDecimal={false}
            aria-label={t('agents.priorityLabel', { group: name })}
            value={priority}
            error={!isWithin(priority, agentPriorityRange)}
            onChange={onChange}
          />
        </>
      )}
    </div>
  );
}

function isWithin(value: number | string, range: { min: number; max: number }): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= range.min && value <= range.max;
}

/** In an office with one group a new agent surely belongs to it. */
function firstGroup(groups: readonly { groupId: string }[]): { groupId: string; priority: number }[] {
  const [only, second] = groups;
  return only && !second ? [{ groupId: only.groupId, priority: 1 }] : [];
}

function useNameProblem(name: string, agent: AgentView | null): string | null {
  const t = useText();
  const agents = useTable('agents');
  const trimmed = name.trim();
  if (trimmed === '') return t('agents.nameMissing');
  if (trimmed.length > nameMax) return t('agents.nameLong', { max: nameMax });
  const others = [...agents.values()].filter(({ agentId }) => agentId !== agent?.agentId);
  return others.some((other) => other.name === trimmed) ? t('agents.nameTaken') : null;
}
