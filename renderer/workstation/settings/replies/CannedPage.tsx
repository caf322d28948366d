import { Button, Modal, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { CannedReplyView } from '../../../../shared/protocol/canned-replies';
import { useIsSupervisor, useIsUp, useOffice, useSession, useTable } from '../../session/session-context';
import { PaneLoading } from '../../ui/Pane';
import { useText } from '../../ui/text';
import { useAct } from '../../ui/use-act';
import classes from '../SettingsPage.module.css';
import { CannedForm } from './CannedForm';

/** Canned replies: everybody's, which supervisors write, and one's own. */
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
    <div className={classes.wide}>
      <div className={classes.titleRow}>
        <div>
          <h1 className={classes.title}>{t('canned.title')}</h1>
          <p className={classes.lead}>{t('canned.help')}</p>
        </div>
        <Button leftSection={<IconPlus size={16} />} disabled={!up} onClick={() => setEditing('new')}>
          {t('canned.add')}
        </Button>
      </div>
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
    </div>
  );
}

interface SectionProps {
  title: string;
  empty: string;
  replies: readonly CannedReplyView[];
  /** null: only to be read. */
  onEdit: ((reply: CannedReplyView) => void) | null;
}

function Section({ title, empty, replies, onEdit }: SectionProps) {
  return (
    <section aria-label={title}>
      <h2 className={classes.section}>{title}</h2>
      {replies.length === 0 ? (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      ) : (
        <div className={classes.card}>
          <table className={classes.table}>
            <tbody>
              {replies.map((reply) => (
                <Row key={reply.cannedReplyId} reply={reply} onEdit={onEdit} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ reply, onEdit }: { reply: CannedReplyView } & Pick<SectionProps, 'onEdit'>) {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const { cannedReplyId, shortcut, text } = reply;
  const remove = () =>
    act(session.send({ op: 'cannedReply.remove', cannedReplyId }), t('canned.removed', { shortcut }));
  return (
    <tr>
      <th scope="row">/{shortcut}</th>
      <td className={classes.cannedText}>{text}</td>
      <td>
        {onEdit ? (
          <span className={classes.rowActions}>
            <Button
              size="compact-sm"
              variant="subtle"
              disabled={!up}
              aria-label={t('canned.edit', { shortcut })}
              onClick={() => onEdit(reply)}
            >
              {t('common.edit')}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              disabled={!up}
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
