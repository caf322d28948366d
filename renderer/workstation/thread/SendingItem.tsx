import { Button } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { isFrameFault } from '../../../shared/client/answer';
import type { SendingMessage } from '../session/office-state';
import { useIsUp, useOffice, useSession } from '../session/session-context';
import { CopyButton } from '../ui/CopyButton';
import { refusalText } from '../ui/refusal-text';
import { useText } from '../ui/text';
import { NoteMark } from './NoteMark';
import classes from './Thread.module.css';

/** An own reply or note that is on its way to the hub or has failed. */
export function SendingItem({ message }: { message: SendingMessage }) {
  const t = useText();
  const up = useIsUp();
  const session = useSession();
  const failed = message.state === 'failed';
  const note = message.kind === 'note';
  const isOver = useOffice((state) => !state.conversations.has(message.conversationId));
  return (
    <div className={classes.item} data-begins="true">
      <div className={classes.message} data-own={!note} data-note={note}>
        {note ? <NoteMark /> : null}
        <div className={classes.bubble} dir="auto" data-state={message.state}>
          {[message.text, ...(message.attachments ?? []).map(({ name }) => name)]
            .filter((each) => each !== '')
            .join('\n')}
        </div>
        {failed ? (
          <div className={classes.failed} role="alert">
            <IconAlertCircle size={14} aria-hidden="true" />
            {t('message.failed', { reason: refusalText(t, { code: message.code ?? '', message: message.message }) })}
            {isOver ? (
              <CopyButton what={t('unsent.reply')} value={message.text} />
            ) : isFrameFault(message.code) ? (
              <Button size="compact-xs" variant="subtle" onClick={() => session.editReply(message.cid)}>
                {t('message.edit')}
              </Button>
            ) : (
              <Button size="compact-xs" variant="subtle" onClick={() => session.retryReply(message.cid)}>
                {t('message.retry')}
              </Button>
            )}
            <Button size="compact-xs" variant="subtle" color="gray" onClick={() => session.discardReply(message.cid)}>
              {t('message.discard')}
            </Button>
          </div>
        ) : (
          <div className={classes.by}>{t(up ? 'message.sending' : 'message.held')}</div>
        )}
      </div>
    </div>
  );
}
