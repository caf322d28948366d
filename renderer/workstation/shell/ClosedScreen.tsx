import { Button, Group } from '@mantine/core';
import { IconArrowsExchange, IconLockX, IconVersions } from '@tabler/icons-react';
import type { CloseName } from '../../../shared/protocol/close-codes';
import { useServices } from '../services/services';
import { useSession } from '../session/session-context';
import { PaneNote } from '../ui/Pane';
import { hasText } from '../ui/refusal-text';
import { useText } from '../ui/text';
import { useSignOut } from './use-sign-out';

/** Shown when the hub has closed the session and the client must not reconnect: why, and what the user can do. */
export function ClosedScreen({ reason }: { reason: CloseName }) {
  const t = useText();
  const signOut = useSignOut();
  const session = useSession();
  const { reload, desktop } = useServices();
  const title = `closed.${reason}`;
  const help = `closed.${reason}Help`;
  const icon =
    reason === 'takenOver' || reason === 'deviceInUse' ? (
      <IconArrowsExchange size={36} stroke={1.5} />
    ) : reason === 'versionMismatch' ? (
      <IconVersions size={36} stroke={1.5} />
    ) : (
      <IconLockX size={36} stroke={1.5} />
    );
  return (
    <main aria-live="assertive" style={{ height: '100%' }}>
      <PaneNote level={1} icon={icon} title={hasText(title) ? t(title) : reason}>
        <p>{hasText(help) ? t(help) : null}</p>
        <Group justify="center">
          {reason === 'takenOver' ? <Button onClick={() => session.retryNow()}>{t('closed.useHere')}</Button> : null}
          {reason === 'deviceInUse' ? <Button onClick={() => session.retryNow()}>{t('closed.retry')}</Button> : null}
          {reason === 'versionMismatch' ? (
            <Button onClick={desktop ? () => session.retryNow() : reload}>
              {t(desktop ? 'closed.retry' : 'app.reload')}
            </Button>
          ) : null}
          {reason === 'tokenRevoked' || reason === 'signInRefused' ? (
            <Button onClick={signOut}>{t('closed.signInAgain')}</Button>
          ) : null}
        </Group>
      </PaneNote>
    </main>
  );
}
