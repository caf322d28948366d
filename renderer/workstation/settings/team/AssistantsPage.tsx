import { Alert, Button, Group, Modal, MultiSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconRobot } from '@tabler/icons-react';
import { useState } from 'react';
import type { AssistantView } from '../../../../shared/protocol/views';
import type { Text as Words } from '../../../../shared/text/workstation-text';
import { useOffice, useSession, useTable } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { Card } from '../../ui/Card';
import { DataTable } from '../../ui/DataTable';
import { DialogFoot } from '../../ui/DialogFoot';
import { LinkBox } from '../../ui/LinkBox';
import { PaneNote } from '../../ui/Pane';
import { useText } from '../../ui/text';
import { useTimes } from '../../ui/use-times';
import { Page } from '../Page';
import { type Asked, AssistantActions } from './AssistantActions';
import { byName } from './agents-order';
import { ConfirmAssistant } from './ConfirmAssistant';

/** `of` null: a new one. */
type Asking = { kind: Asked; of: AssistantView } | { kind: 'edit'; of: null };

/** BO1: the programs that speak first in their groups, and the tokens that they sign in with. */
export function AssistantsPage() {
  const t = useText();
  const assistants = useOffice((state) => state.assistants);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [token, setToken] = useState<{ name: string; token: string } | null>(null);
  const done = () => setAsking(null);
  return (
    <Page
      title={t('settings.page.assistants')}
      lead={t('assistants.lead')}
      action={<Button onClick={() => setAsking({ kind: 'edit', of: null })}>{t('assistants.add')}</Button>}
    >
      {assistants.length === 0 ? (
        <PaneNote icon={<IconRobot size={30} stroke={1.4} />} title={t('assistants.none')}>
          {t('assistants.noneHelp')}
        </PaneNote>
      ) : (
        <Card>
          <DataTable
            columns={[
              { title: t('assistants.name') },
              { title: t('assistants.groups') },
              { title: t('assistants.state') },
              { title: t('common.more'), isHidden: true },
            ]}
          >
            {assistants.map((each) => (
              <Row key={each.assistantId} assistant={each} onAsk={(kind) => setAsking({ kind, of: each })} />
            ))}
          </DataTable>
        </Card>
      )}
      <Modal opened={asking !== null} onClose={done} title={titleOf(t, asking)}>
        {asking === null ? null : asking.kind === 'edit' ? (
          <Form assistant={asking.of} onDone={done} />
        ) : (
          <ConfirmAssistant kind={asking.kind} assistant={asking.of} onDone={done} onToken={setToken} />
        )}
      </Modal>
      <Modal
        opened={token !== null}
        onClose={() => setToken(null)}
        title={t('assistants.tokenOf', { name: token?.name ?? '' })}
      >
        <Text size="sm" mb="md">
          {t('assistants.tokenHelp')}
        </Text>
        <LinkBox label={t('assistants.token')} value={token?.token ?? ''} />
        <Group justify="flex-end" mt="lg">
          <Button onClick={() => setToken(null)}>{t('common.close')}</Button>
        </Group>
      </Modal>
    </Page>
  );
}

function titleOf(t: Words, asking: Asking | null): string {
  if (!asking?.of) return t('assistants.add');
  const { name } = asking.of;
  return asking.kind === 'token' ? t('assistants.tokenOf', { name }) : name;
}

function Row({ assistant, onAsk }: { assistant: AssistantView; onAsk: (kind: Asked) => void }) {
  const t = useText();
  const groups = useTable('groups');
  const { name, groupIds, connected, tokenMadeAt } = assistant;
  return (
    <tr>
      <td>
        <b>{name}</b>
      </td>
      <td>{groupIds.map((groupId) => groups.get(groupId)?.name ?? '').join(', ') || t('assistants.noGroup')}</td>
      <td>
        {t(connected ? 'assistants.connected' : tokenMadeAt === null ? 'assistants.noToken' : 'assistants.away')}
        <Seen assistant={assistant} />
      </td>
      <td data-acts>
        <AssistantActions assistant={assistant} onAsk={onAsk} />
      </td>
    </tr>
  );
}

function Seen({ assistant: { connected, assisting, seenAt } }: { assistant: AssistantView }) {
  const t = useText();
  const { dayAndTime } = useTimes();
  if (connected) return <div className="soft">{t('assistants.assisting', { count: assisting })}</div>;
  return seenAt === null ? null : <div className="soft">{t('assistants.seen', { time: dayAndTime(seenAt) })}</div>;
}

function Form({ assistant, onDone }: { assistant: AssistantView | null; onDone: () => void }) {
  const t = useText();
  const session = useSession();
  const { isUp, save } = useSave();
  const groups = useTable('groups');
  const [name, setName] = useState(assistant?.name ?? '');
  const [groupIds, setGroupIds] = useState(assistant?.groupIds ?? []);
  const submit = async () => {
    const command = { op: 'assistant.put', name, groupIds } as const;
    const send = () => session.send(assistant ? { ...command, assistantId: assistant.assistantId } : command);
    if (await save(send, t('assistants.saved', { name }))) onDone();
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
          label={t('assistants.name')}
          description={t('assistants.nameHelp')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <MultiSelect
          label={t('assistants.groups')}
          data={[...groups.values()].sort(byName).map((group) => ({ value: group.groupId, label: group.name }))}
          value={groupIds}
          onChange={setGroupIds}
        />
        {assistant?.connected ? <Alert color="blue">{t('assistants.groupsHelp')}</Alert> : null}
      </Stack>
      <DialogFoot onCancel={onDone}>
        <Button type="submit" disabled={!isUp || name.trim() === ''}>
          {t('common.save')}
        </Button>
      </DialogFoot>
    </form>
  );
}
