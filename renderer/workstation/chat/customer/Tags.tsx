import { MultiSelect } from '@mantine/core';
import { tagsMax } from '../../../../shared/protocol/limits';
import type { ConversationView } from '../../../../shared/protocol/views';
import { useIsUp, useOffice, useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';
import { useText } from '../../ui/text';

const none: readonly string[] = [];

/** The conversation's tags: the office's, and any that it has already. */
export function Tags({ conversation }: { conversation: ConversationView }) {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const known = useOffice((state) => state.office?.tags ?? none);
  const { conversationId, tags, stage } = conversation;
  return (
    <MultiSelect
      size="xs"
      aria-label={t('customer.tags')}
      placeholder={tags.length === 0 ? t('customer.tagsNone') : undefined}
      data={[...new Set([...known, ...tags])]}
      value={tags}
      maxValues={tagsMax}
      searchable
      hidePickedOptions
      nothingFoundMessage={t('customer.tagsNothing')}
      disabled={!up || stage === 'closed'}
      onChange={(next) => void act(session.send({ op: 'conversation.tag', conversationId, tags: next }))}
    />
  );
}
