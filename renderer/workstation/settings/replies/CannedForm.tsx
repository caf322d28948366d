import { Button, Group, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import {
  type CannedReplyScope,
  type CannedReplyView,
  cannedReplyShortcut,
  cannedReplyVariables,
} from '../../../../shared/protocol/canned-replies';
import { cannedReplyShortcutMax, messageTextMax } from '../../../../shared/protocol/limits';
import { useIsSupervisor, useIsUp, useSession } from '../../session/session-context';
import { useText } from '../../ui/text';
import { useAct } from '../../ui/use-act';

interface CannedFormProps {
  /** null: a new one. */
  reply: CannedReplyView | null;
  onDone: () => void;
}

export function CannedForm({ reply, onDone }: CannedFormProps) {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const supervisor = useIsSupervisor();
  const [scope, setScope] = useState<CannedReplyScope>(reply?.scope ?? 'own');
  const [shortcut, setShortcut] = useState(reply?.shortcut ?? '');
  const [text, setText] = useState(reply?.text ?? '');
  const [tried, setTried] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  // People write it as they will type it.
  const word = shortcut.trim().replace(/^\//, '');
  const badShortcut = cannedReplyShortcut.safeParse(word).success
    ? null
    : t('canned.shortcutWrong', { max: cannedReplyShortcutMax });
  const badText =
    text.trim() === ''
      ? t('canned.textMissing')
      : text.length > messageTextMax
        ? t('composer.tooLong', { count: text.length - messageTextMax })
        : null;

  const insert = (variable: string) => {
    const { selectionStart = text.length, selectionEnd = text.length } = box.current ?? {};
    setText(`${text.slice(0, selectionStart)}{${variable}}${text.slice(selectionEnd)}`);
    box.current?.focus();
  };
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault();
        setTried(true);
        if (badShortcut !== null || badText !== null) return;
        const command = { op: 'cannedReply.put', scope, shortcut: word, text } as const;
        const sent = session.send(reply ? { ...command, cannedReplyId: reply.cannedReplyId } : command);
        if (await act(sent, t('canned.saved', { shortcut: word }))) onDone();
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('canned.shortcut')}
          description={t('canned.shortcutHelp')}
          leftSection="/"
          value={shortcut}
          error={tried ? badShortcut : null}
          onChange={(event) => setShortcut(event.currentTarget.value)}
          data-autofocus
        />
        <Textarea
          ref={box}
          label={t('canned.text')}
          rows={6}
          resize="vertical"
          value={text}
          error={tried ? badText : null}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {t('canned.variables')}
          </Text>
          {cannedReplyVariables.map((variable) => (
            <Button
              key={variable}
              size="compact-sm"
              variant="default"
              fw={500}
              title={t(`canned.variable.${variable}`)}
              onClick={() => insert(variable)}
            >
              {`{${variable}}`}
            </Button>
          ))}
        </Group>
        {supervisor ? (
          <Radio.Group
            label={t('canned.scope')}
            value={scope}
            onChange={(value) => setScope(value as CannedReplyScope)}
          >
            <Group gap="lg" mt={6}>
              <Radio value="own" label={t('canned.scopeOwn')} />
              <Radio value="shared" label={t('canned.scopeShared')} />
            </Group>
          </Radio.Group>
        ) : null}
      </Stack>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" disabled={!up}>
          {t('common.save')}
        </Button>
      </Group>
    </form>
  );
}
