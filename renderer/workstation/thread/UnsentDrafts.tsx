import { Button } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import type { MessageKind } from '../session/office-state';
import { useSession } from '../session/session-context';
import { CopyButton } from '../ui/CopyButton';
import { useText } from '../ui/text';
import classes from './UnsentDrafts.module.css';

interface UnsentDraftsProps {
  conversationId: string;
  /** What cannot be written here any more. */
  kinds: readonly MessageKind[];
}

/** What stood in the composer when the conversation ended or went to somebody else. */
export function UnsentDrafts({ conversationId, kinds }: UnsentDraftsProps) {
  return kinds.map((kind) => <UnsentDraft key={kind} conversationId={conversationId} kind={kind} />);
}

function UnsentDraft({ conversationId, kind }: { conversationId: string; kind: MessageKind }) {
  const t = useText();
  const drafts = useSession().drafts[kind];
  const text = useSyncExternalStore(drafts.subscribe, () => drafts.read(conversationId));
  if (text.trim() === '') return null;
  const label = t(kind === 'note' ? 'unsent.note' : 'unsent.reply');
  return (
    <section className={classes.unsent} aria-label={label}>
      <UnsentText label={label} text={text} />
      <CopyButton what={label} value={text} />
      <Button size="xs" variant="subtle" color="gray" onClick={() => drafts.write(conversationId, '')}>
        {t('message.discard')}
      </Button>
    </section>
  );
}

export function UnsentText({ label, text }: { label: string; text: string }) {
  return (
    <div className={classes.words}>
      <div className={classes.label}>{label}</div>
      <p className={classes.text} dir="auto">
        {text}
      </p>
    </div>
  );
}
