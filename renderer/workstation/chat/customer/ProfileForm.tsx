import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { contactMax, nameMax } from '../../../../shared/protocol/limits';
import type { ConversationView } from '../../../../shared/protocol/views';
import { useIsUp, useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';
import { useText } from '../../ui/text';

interface ProfileFormProps {
  conversation: ConversationView;
  /** The field that gets the focus. */
  first: 'name' | 'contact';
  onDone: () => void;
}

/** Sends only what was changed: a colleague may have corrected the rest meanwhile. */
export function ProfileForm({ conversation, first, onDone }: ProfileFormProps) {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const [before] = useState({ name: conversation.customerName, contact: conversation.profile.contact });
  const [name, setName] = useState(before.name);
  const [contact, setContact] = useState(before.contact);
  const [busy, setBusy] = useState(false);
  const put = {
    ...(name.trim() === before.name ? {} : { name: name.trim() }),
    ...(contact.trim() === before.contact ? {} : { contact: contact.trim() }),
  };
  const isMissing = name.trim() === '';

  const save = async () => {
    if (Object.keys(put).length === 0) return onDone();
    setBusy(true);
    const { conversationId } = conversation;
    const done = await act(session.send({ op: 'customer.put', conversationId, ...put }));
    setBusy(false);
    if (done) onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isMissing && up) void save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        event.stopPropagation();
        onDone();
      }}
    >
      <TextInput
        size="xs"
        label={t('profile.name')}
        aria-label={t('profile.name')}
        value={name}
        maxLength={nameMax}
        error={isMissing ? t('profile.nameMissing') : null}
        autoFocus={first === 'name'}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        mt={6}
        label={t('profile.contact')}
        aria-label={t('profile.contact')}
        description={t('profile.contactHelp')}
        value={contact}
        maxLength={contactMax}
        autoFocus={first === 'contact'}
        onChange={(event) => setContact(event.currentTarget.value)}
      />
      <Group gap={6} mt={8}>
        <Button type="submit" size="compact-xs" loading={busy} disabled={isMissing || !up}>
          {t('common.save')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
      </Group>
    </form>
  );
}
