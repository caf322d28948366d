import { Button, Select, Text } from '@mantine/core';
import { useState } from 'react';
import type { GroupView } from '../../../../shared/protocol/views';
import { useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { DialogFoot } from '../../ui/DialogFoot';
import { useText } from '../../ui/text';

interface RemovalProps {
  group: GroupView;
  groups: readonly GroupView[];
  onDone: () => void;
}

/** Removes a skill group; its open conversations move to another and keep their places (SE3). */
export function GroupRemoval({ group, groups, onDone }: RemovalProps) {
  const t = useText();
  const session = useSession();
  const { save } = useSave();
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
      <DialogFoot onCancel={onDone}>
        <Button
          color="red"
          onClick={async () => {
            const command = { op: 'group.remove', groupId: group.groupId } as const;
            const send = () => session.send(moveTo === null ? command : { ...command, moveTo });
            if (await save(send, t('groups.removed', { name: group.name }))) onDone();
          }}
        >
          {t('common.remove')}
        </Button>
      </DialogFoot>
    </>
  );
}
