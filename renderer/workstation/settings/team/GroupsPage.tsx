import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { nameMax } from '../../../../shared/protocol/limits';
import type { GroupView } from '../../../../shared/protocol/views';
import { useIsUp, useOffice, useSession, useTable } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { DialogFoot } from '../../ui/DialogFoot';
import { PaneLoading, PaneNote } from '../../ui/Pane';
import { useText } from '../../ui/text';
import { Page } from '../Page';
import { byName } from './agents-order';
import { GroupCard } from './GroupCard';
import { GroupRemoval } from './GroupRemoval';

type Editing = { kind: 'add' } | { kind: 'rename'; group: GroupView } | { kind: 'remove'; group: GroupView } | null;

export function GroupsPage({ onOpen }: { onOpen: (page: 'routing' | 'hours', groupId: string) => void }) {
  const t = useText();
  const up = useIsUp();
  const ready = useOffice((state) => state.ready);
  const groups = useTable('groups');
  const [editing, setEditing] = useState<Editing>(null);
  const byPriority = useOffice((state) => state.settings?.routing.agentPriority ?? false);
  const done = () => setEditing(null);
  const sorted = [...groups.values()].sort(byName);
  if (!ready) return <PaneLoading label={t('settings.loading')} />;
  return (
    <Page
      title={t('groups.title')}
      lead={`${t('groups.help')} ${t(byPriority ? 'groups.priorityOn' : 'groups.priorityOff')}`}
      action={
        <Button leftSection={<IconPlus size={16} />} disabled={!up} onClick={() => setEditing({ kind: 'add' })}>
          {t('groups.add')}
        </Button>
      }
    >
      <Stack gap={14}>
        {sorted.map((group) => (
          <GroupCard
            key={group.groupId}
            group={group}
            onOpen={(page) => onOpen(page, group.groupId)}
            onRename={() => setEditing({ kind: 'rename', group })}
            onRemove={() => setEditing({ kind: 'remove', group })}
          />
        ))}
      </Stack>
      {sorted.length === 0 ? <PaneNote title={t('groups.title')}>{t('groups.empty')}</PaneNote> : null}
      <Modal opened={editing !== null} onClose={done} title={editing === null ? '' : titleOf(editing, t)}>
        {editing?.kind === 'add' ? <GroupForm group={null} groups={sorted} onDone={done} /> : null}
        {editing?.kind === 'rename' ? <GroupForm group={editing.group} groups={sorted} onDone={done} /> : null}
        {editing?.kind === 'remove' ? <GroupRemoval group={editing.group} groups={sorted} onDone={done} /> : null}
      </Modal>
    </Page>
  );
}

function titleOf(editing: Exclude<Editing, null>, t: ReturnType<typeof useText>): string {
  if (editing.kind === 'add') return t('groups.add');
  const { name } = editing.group;
  return t(editing.kind === 'rename' ? 'groups.rename' : 'groups.removeTitle', { name });
}

interface FormProps {
  group: GroupView | null;
  groups: readonly GroupView[];
  onDone: () => void;
}

function GroupForm({ group, groups, onDone }: FormProps) {
  const t = useText();
  const session = useSession();
  const { save } = useSave();
  const [name, setName] = useState(group?.name ?? '');
  const [tried, setTried] = useState(false);
  const trimmed = name.trim();
  const taken = groups.some(
    (each) => each.groupId !== group?.groupId && each.name.toLowerCase() === trimmed.toLowerCase(),
  );
  const problem =
    trimmed === ''
      ? t('groups.nameMissing')
      : taken
        ? t('groups.nameTaken')
        : trimmed.length > nameMax
          ? t('agents.nameLong', { max: nameMax })
          : null;
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault();
        setTried(true);
        if (problem !== null) return;
        const command = { op: 'group.put', name: trimmed } as const;
        if (await save(() => session.send(group ? { ...command, groupId: group.groupId } : command))) onDone();
      }}
    >
      <TextInput
        label={t('groups.name')}
        value={name}
        error={tried ? problem : null}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <DialogFoot onCancel={onDone}>
        <Button type="submit">{t(group ? 'common.save' : 'common.add')}</Button>
      </DialogFoot>
    </form>
  );
}
