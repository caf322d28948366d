import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import { leftNoteMax } from '../../../../shared/protocol/limits';
import type { LeftMessageView } from '../../../../shared/protocol/views';
import { useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { useText } from '../../ui/text';
import { TagSelect } from '../customer/TagSelect';

interface LeftLabelsProps {
  leftMessage: LeftMessageView;
  onClose: () => void;
}

/** A left message's note and tags, for colleagues. */
export function LeftLabels({ leftMessage, onClose }: LeftLabelsProps) {
  const t = useText();
  const session = useSession();
  const { isUp, isBusy, save } = useSave();
  const { leftMessageId, customerName: name } = leftMessage;
  const [note, setNote] = useState(leftMessage.note ?? '');
  const [tags, setTags] = useState<string[]>(leftMessage.tags ?? []);
  const submit = async () => {
    if (await save(() => session.send({ op: 'leftMessage.put', leftMessageId, note: note.trim(), tags }))) onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Textarea
        size="xs"
        data-autofocus
        aria-label={t('left.noteLabel', { name })}
        placeholder={t('left.notePlaceholder')}
        rows={3}
        maxLength={leftNoteMax}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group gap={6} mt={6} grow>
        <TagSelect tags={tags} disabled={!isUp} onChange={setTags} />
      </Group>
      <Group gap={6} mt={6}>
        <Button size="compact-xs" type="submit" disabled={!isUp || isBusy}>
          {t('common.save')}
        </Button>
        <Button size="compact-xs" variant="subtle" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </Group>
    </form>
  );
}
