import { Checkbox, NumberInput, Text } from '@mantine/core';
import type { GroupView } from '../../../../shared/protocol/views';
import { Fields } from '../../ui/FormRow';
import { useText } from '../../ui/text';
import { type AgentDraft, isFitPriority } from './agent-draft';
import classes from './Memberships.module.css';

interface MembershipsProps {
  groups: readonly GroupView[];
  memberships: AgentDraft['memberships'];
  /** null: not in this group any more. */
  onChange: (groupId: string, priority: number | string | null) => void;
}

/** In which groups an agent is, and with which priority in each. */
export function Memberships({ groups, memberships, onChange }: MembershipsProps) {
  const t = useText();
  const isInNone = Object.keys(memberships).length === 0;
  return (
    <fieldset className={classes.groups}>
      <Text component="legend" size="sm" fw={500} mb={4}>
        {t('agents.groups')}
      </Text>
      {groups.map(({ groupId, name }) => (
        <Membership
          key={groupId}
          name={name}
          priority={memberships[groupId] ?? null}
          onChange={(priority) => onChange(groupId, priority)}
        />
      ))}
      <Text size="xs" c={isInNone ? 'var(--warn)' : 'dimmed'} mt={4}>
        {t(isInNone ? 'agents.noGroupsWarning' : 'agents.priorityHelp')}
      </Text>
    </fieldset>
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
    <Fields>
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
            error={!isFitPriority(priority)}
            onChange={onChange}
          />
        </>
      )}
    </Fields>
  );
}
