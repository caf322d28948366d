import { Button, NumberInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Role } from '../../../../shared/protocol/fields';
import { capacityRange, nameMax } from '../../../../shared/protocol/limits';
import type { AgentView } from '../../../../shared/protocol/views';
import { useSession, useTable } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { DialogFoot } from '../../ui/DialogFoot';
import { useText } from '../../ui/text';
import { agentDraft, agentFields, isFitCapacity, isFitPriority, withMembership } from './agent-draft';
import { byName } from './agents-order';
import { Memberships } from './Memberships';

interface AgentFormProps {
  agent: AgentView | null;
  onDone: () => void;
  /** After adding: the new agent needs a code to join. */
  onAdded?: (agentId: string) => void;
}

export function AgentForm({ agent, onDone, onAdded }: AgentFormProps) {
  const t = useText();
  const session = useSession();
  const { save } = useSave();
  const groups = useTable('groups');
  const sorted = [...groups.values()].sort(byName);
  const [draft, setDraft] = useState(() =>
    agentDraft(
      agent,
      sorted.map(({ groupId }) => groupId),
    ),
  );
  const [tried, setTried] = useState(false);
  const nameProblem = useNameProblem(draft.name, agent);
  const isFit =
    nameProblem === null && isFitCapacity(draft.capacity) && Object.values(draft.memberships).every(isFitPriority);

  const submit = async () => {
    setTried(true);
    if (!isFit) return;
    const command = { op: 'agent.put' as const, ...agentFields(draft, (groupId) => groups.has(groupId)) };
    const done = await save(
      () => session.send(agent ? { ...command, agentId: agent.agentId } : command),
      agent ? t('agents.saved') : t('agents.added', { name: command.name }),
    );
    if (!done) return;
    const addedId = agent ? undefined : done.result?.agentId;
    if (addedId !== undefined && onAdded) onAdded(addedId);
    else onDone();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('agents.name')}
          value={draft.name}
          error={tried ? nameProblem : null}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
          data-autofocus
        />
        <RoleChoice role={draft.role} onChange={(role) => setDraft({ ...draft, role })} />
        <NumberInput
          label={t('agents.capacity')}
          description={t('agents.capacityHelp', capacityRange)}
          allowDecimal={false}
          value={draft.capacity}
          error={isFitCapacity(draft.capacity) ? null : t('settings.outOfRange', capacityRange)}
          onChange={(capacity) => setDraft({ ...draft, capacity })}
        />
        <Memberships
          groups={sorted}
          memberships={draft.memberships}
          onChange={(groupId, priority) => setDraft((now) => withMembership(now, groupId, priority))}
        />
      </Stack>
      <DialogFoot onCancel={onDone}>
        <Button type="submit">{t(agent ? 'common.save' : 'common.add')}</Button>
      </DialogFoot>
    </form>
  );
}

function RoleChoice({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  const t = useText();
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        {t('agents.role')}
      </Text>
      <SegmentedControl
        fullWidth
        aria-label={t('agents.role')}
        value={role}
        onChange={(value) => onChange(value as Role)}
        data={[
          { value: 'agent', label: t('agents.roleAgent') },
          { value: 'supervisor', label: t('agents.roleSupervisor') },
        ]}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {t('agents.roleHelp')}
      </Text>
    </div>
  );
}

function useNameProblem(name: string, agent: AgentView | null): string | null {
  const t = useText();
  const { store } = useSession();
  const trimmed = name.trim();
  if (trimmed === '') return t('agents.nameMissing');
  if (trimmed.length > nameMax) return t('agents.nameLong', { max: nameMax });
  const others = [...store.getState().agents.values()].filter(({ agentId }) => agentId !== agent?.agentId);
  return others.some((other) => other.name.toLowerCase() === trimmed.toLowerCase()) ? t('agents.nameTaken') : null;
}
