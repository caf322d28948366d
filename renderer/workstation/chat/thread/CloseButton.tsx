import { Button, Group, Popover, Select, Text } from '@mantine/core';
import { type Ref, useState } from 'react';
import type { ConversationView } from '../../../../shared/protocol/views';
import { useIsUp, useOffice, useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';
import { useText } from '../../ui/text';
import { useFocusKept } from '../../ui/use-focus-kept';
import { UndoButton } from './UndoButton';

const none: readonly string[] = [];

/** Closes the conversation after a moment in which that can be undone. */
export function CloseButton({ conversation }: { conversation: ConversationView }) {
  const t = useText();
  const closesAt = useOffice((state) => state.closing.get(conversation.conversationId));
  const button = useFocusKept(closesAt !== undefined);
  return closesAt === undefined ? (
    <Close ref={button} conversation={conversation} />
  ) : (
    <UndoButton
      ref={button}
      id={conversation.conversationId}
      at={closesAt}
      label={t('conversation.keepOpen')}
      command="conversation.keepOpen"
    />
  );
}

/** Asks for confirmation if the customer has no answer yet, and for the wrap-up code if the office has some. */
function Close({ ref, conversation }: { ref: Ref<HTMLButtonElement>; conversation: ConversationView }) {
  const t = useText();
  const act = useAct();
  const session = useSession();
  const up = useIsUp();
  const codes = useOffice((state) => state.office?.wrapUpCodes ?? none);
  const [asking, setAsking] = useState(false);
  const { conversationId, customerName } = conversation;
  const [code, setCode] = useState(() => session.chosenCode(conversationId));
  // A reply on its way counts as an answer.
  const replying = useOffice((state) =>
    state.sending.some(
      (each) => each.conversationId === conversationId && each.kind === 'reply' && each.state !== 'failed',
    ),
  );
  const unanswered = conversation.unanswered > 0 && !replying;
  const close = async () => {
    setAsking(false);
    const answer = await session.close(conversationId, code);
    if (answer) await act(Promise.resolve(answer));
  };
  return (
    <Popover opened={asking} onChange={setAsking} position="bottom-end" trapFocus returnFocus width={320}>
      <Popover.Target>
        <Button
          ref={ref}
          variant="default"
          disabled={!up}
          aria-label={t('conversation.closeLabel')}
          data-command="conversation.close"
          onClick={unanswered || codes.length > 0 ? () => setAsking(true) : () => void close()}
        >
          {t('conversation.close')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Text fw={600} size="sm">
          {t('conversation.closeTitle', { name: customerName })}
        </Text>
        {unanswered ? (
          <Text size="sm" c="dimmed">
            {t('conversation.closeUnanswered')}
          </Text>
        ) : null}
        {codes.length > 0 ? (
          <Select
            mt="sm"
            label={t('conversation.wrapUpCode')}
            placeholder={t('conversation.wrapUpNone')}
            data={[...codes]}
            value={code}
            onChange={setCode}
            clearable
            searchable
            comboboxProps={{ withinPortal: false }}
          />
        ) : null}
        <Group justify="flex-end" mt="sm">
          <Button variant="default" size="xs" onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </Button>
          <Button size="xs" {...(unanswered ? { color: 'red' } : {})} onClick={() => void close()} data-autofocus>
            {t('conversation.close')}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
