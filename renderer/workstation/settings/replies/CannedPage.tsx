import { Button, Modal, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { CannedReplyView } from '../../../../shared/protocol/canned-replies';
import { useIsSupervisor, useIsUp, useOffice, useSession, useTable } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { Card } from '../../ui/Card';
import { DataTable } from '../../ui/DataTable';
import { SectionTitle } from '../../ui/Headings';
import { PaneLoading } from '../../ui/Pane';
import { useText } from '../../ui/text';
import { useFocusNeighbour } from '../../ui/use-focus-neighbour';
import { Page } from '../Page';
import { CannedForm } from './CannedForm';
import classes from './CannedPage.module.css';

/** Canned replies: the shared ones, which supervisors write, and one's own. */
export function CannedPage() {
  const t = useText();
  const up = useIsUp();
  const supervisor = useIsSupervisor();
  const ready = useOffice((state) => state.ready);
  const replies = useTable('cannedReplies');
  const [editing, setEditing] = useState<CannedReplyView | 'new' | null>(null);
  if (!ready) return <PaneLoading label={t('settings.loading')} />;
  const sorted = [...replies.values()].sort((a, b) => a.shortcut.localeCompare(b.shortcut));
  const done = () => setEditing(null);
  return (
    <Page
      title={t('canned.title')}
      lead={t('canned.help')}
      action={
        <Button leftSection={<IconPlus size={16} />} disabled={!up} onClick={() => setEditing('new')}>
          {t('canned.add')}
        </Button>
      }
      isWide
    >
      <Section
        title={t('canned.own')}
        empty={t('canned.ownEmpty')}
        replies={sorted.filter(({ scope }) => scope === 'own')}
        onEdit={setEditing}
      />
      <Section
        title={t('canned.shared')}
        empty={t(supervisor ? 'canned.sharedEmpty' : 'canned.sharedEmptyAgent')}
        replies={sorted.filter(({ scope }) => scope === 'shared')}
        onEdit={supervisor ? setEditing : null}
      />
      <Modal
        opened={editing !== null}
        onClose={done}
        title={editing === 'new' ? t('canned.add') : t('canned.edit', { shortcut: editing?.shortcut ?? '' })}
        size="lg"
      >
        {editing !== null ? <CannedForm reply={editing === 'new' ? null : editing} onDone={done} /> : null}
      </Modal>
    </Page>
  );
}

interface SectionProps {
  title: string;
  empty: string;
  replies: readonly CannedReplyView[];
  /** null: read-only. */
  onEdit: ((reply: CannedReplyView) => void) | null;
}

function Section({ title, empty, replies, onEdit }: SectionProps) {
  return (
    <section aria-label={title}>
      <SectionTitle title={title} />
      {replies.length === 0 ? (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      ) : (
        <Card>
          <DataTable>
            {replies.map((reply) => (
              <ReplyRow key={reply.cannedReplyId} reply={reply} onEdit={onEdit} />
            ))}
          </DataTable>
        </Card>
      )}
    </section>
  );
}

function ReplyRow({ reply, onEdit }: { reply: CannedReplyView } & Pick<SectionProps, 'onEdit'>) {
  const t = useText();
  const session = useSession();
  const { isUp, save } = useSave();
  const row = useFocusNeighbour<HTMLTableRowElement>();
  const { cannedReplyId, shortcut, text } = reply;
  const remove = () =>
    save(() => session.send({ op: 'cannedReply.remove', cannedReplyId }), t('canned.removed', { shortcut }));
  return (
    <tr ref={row}>
      <th scope="row">/{shortcut}</th>
      <td className={classes.text} dir="auto">
        {text}
      </td>
      <td>
        {onEdit ? (
          <span className={classes.actions}>
            <Button
              size="compact-sm"
              variant="subtle"
              disabled={!isUp}
              aria-label={t('canned.edit', { shortcut })}
              onClick={() => onEdit(reply)}
            >
              {t('common.edit')}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              disabled={!isUp}
              aria-label={t('canned.remove', { shortcut })}
              onClick={remove}
            >
              {t('common.remove')}
            </Button>
          </span>
        ) : null}
      </td>
    </tr>
  );
}
