import { Button, Group, Select, Text } from '@mantine/core';
import { useState } from 'react';
import type { GroupView } from '../../../../shared/protocol/views';
import { useSession } from '../../session/session-context';
import { useText } from '../../ui/text';
import { useAct } from '../../ui/use-act';

interface RemovalProps {
  group: GroupView;
  groups: readonly GroupView[];
  onDone: () => void;
}

/** Removes a skill group; what is open in it moves to another, keeping its place (SE3). */
export function GroupRemoval({ group, groups, onDone }: RemovalProps) {
  const t = useText();
  const act = useAct();
  const session = useSession();
  const others = groups.filter(({ groupId }) => groupId !== group.groupId);
  const [moveTo, setMoveTo] = useState<string | null>(others[0]?.groupId ?? null);
  if (others.length === 0) return <Text size="sm">{t('groups.last')}</Text>;
  return (
    <>
      <Text size="sm" mb="sm">
        {t('groups.removeBody')}
      </Text>
      <Select
        label={t('groups.moveTo')}
        data={others.map(({ groupId, name }) => ({ value: groupId, label: name }))}
        value={moveTo}
        allowDeselect={false}
        onChange={setMoveTo}
      />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button
          color="red"
          onClick={async () => {
            const command = { op: 'group.remove', groupId: group.groupId } as const;
            const sent = session.send(moveTo === null ? command : { ...command, moveTo });
            if (await act(sent, t('groups.removed', { name: group.name }))) onDone();
          }}
        >
          {t('common.remove')}
        </Button>
      </Group>
    </>
  );
}
