import { Button } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import type { MessageKind } from '../../session/office-state';
import { useSession } from '../../session/session-context';
import { UnsentText } from '../../thread/UnsentDrafts';
import { CopyButton } from '../../ui/CopyButton';
import { useText } from '../../ui/text';
import classes from './EarlierWords.module.css';

interface EarlierWordsProps {
  conversationId: string;
  kind: MessageKind;
  onInsert: (text: string) => void;
}

/** Offers what was not sent before this customer's last conversation ended. */
export function EarlierWords({ conversationId, kind, onInsert }: EarlierWordsProps) {
  const t = useText();
  const { unsent } = useSession();
  const text = useSyncExternalStore(unsent.subscribe, () => unsent.before(conversationId, kind));
  if (text === '') return null;
  const label = t('unsent.before');
  const drop = () => unsent.dropBefore(conversationId, kind);
  return (
    <section className={classes.offer} aria-label={label}>
      <UnsentText label={label} text={text} />
      <Button
        size="xs"
        variant="light"
        onClick={() => {
          drop();
          onInsert(text);
        }}
      >
        {t('unsent.insert')}
      </Button>
      <CopyButton what={label} value={text} />
      <Button size="xs" variant="subtle" color="gray" onClick={drop}>
        {t('message.discard')}
      </Button>
    </section>
  );
}
