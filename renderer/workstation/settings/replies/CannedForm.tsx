import { Button, Group, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import {
  type CannedReplyScope,
  type CannedReplyVariable,
  type CannedReplyView,
  cannedReplyShortcut,
  cannedReplyVariables,
} from '../../../../shared/protocol/canned-replies';
import { cannedReplyShortcutMax, messageTextMax } from '../../../../shared/protocol/limits';
import { useIsSupervisor, useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { DialogFoot } from '../../ui/DialogFoot';
import { useText } from '../../ui/text';

interface CannedFormProps {
  /** null: a new one. */
  reply: CannedReplyView | null;
  onDone: () => void;
}

export function CannedForm({ reply, onDone }: CannedFormProps) {
  const t = useText();
  const session = useSession();
  const { isUp, save } = useSave();
  const supervisor = useIsSupervisor();
  const [scope, setScope] = useState<CannedReplyScope>(reply?.scope ?? 'own');
  const [shortcut, setShortcut] = useState(reply?.shortcut ?? '');
  const [text, setText] = useState(reply?.text ?? '');
  const [tried, setTried] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  // The shortcut may be entered with its `/`, as it will be typed later.
  const word = shortcut.trim().replace(/^\//, '');
  const problems = useProblems(word, text);

  const insert = (variable: CannedReplyVariable) => {
    const { selectionStart = text.length, selectionEnd = text.length } = box.current ?? {};
    setText(`${text.slice(0, selectionStart)}{${variable}}${text.slice(selectionEnd)}`);
    box.current?.focus();
  };
  const submit = async () => {
    setTried(true);
    if (problems.shortcut !== null || problems.text !== null) return;
    const command = { op: 'cannedReply.put', scope, shortcut: word, text } as const;
    const send = () => session.send(reply ? { ...command, cannedReplyId: reply.cannedReplyId } : command);
    if (await save(send, t('canned.saved', { shortcut: word }))) onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('canned.shortcut')}
          description={t('canned.shortcutHelp')}
          leftSection="/"
          value={shortcut}
          error={tried ? problems.shortcut : null}
          onChange={(event) => setShortcut(event.currentTarget.value)}
          data-autofocus
        />
        <Textarea
          ref={box}
          label={t('canned.text')}
          rows={6}
          resize="vertical"
          value={text}
          error={tried ? problems.text : null}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Variables onInsert={insert} />
        {supervisor ? <ScopeChoice scope={scope} onChange={setScope} /> : null}
      </Stack>
      <DialogFoot onCancel={onDone}>
        <Button type="submit" disabled={!isUp}>
          {t('common.save')}
        </Button>
      </DialogFoot>
    </form>
  );
}

function useProblems(shortcut: string, text: string) {
  const t = useText();
  const over = text.length - messageTextMax;
  const long = over > 0 ? t('composer.tooLong', { count: over }) : null;
  return {
    shortcut: cannedReplyShortcut.safeParse(shortcut).success
      ? null
      : t('canned.shortcutWrong', { max: cannedReplyShortcutMax }),
    text: text.trim() === '' ? t('canned.textMissing') : long,
  };
}

/** The variables that are replaced when the reply is used. */
function Variables({ onInsert }: { onInsert: (variable: CannedReplyVariable) => void }) {
  const t = useText();
  return (
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
          onClick={() => onInsert(variable)}
        >
          {`{${variable}}`}
        </Button>
      ))}
    </Group>
  );
}

interface ScopeChoiceProps {
  scope: CannedReplyScope;
  onChange: (scope: CannedReplyScope) => void;
}

function ScopeChoice({ scope, onChange }: ScopeChoiceProps) {
  const t = useText();
  return (
    <Radio.Group label={t('canned.scope')} value={scope} onChange={(value) => onChange(value as CannedReplyScope)}>
      <Group gap="lg" mt={6}>
        <Radio value="own" label={t('canned.scopeOwn')} />
        <Radio value="shared" label={t('canned.scopeShared')} />
      </Group>
    </Radio.Group>
  );
}
