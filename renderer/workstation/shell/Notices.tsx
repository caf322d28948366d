import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import type { Notice } from '../session/office-state';
import { useOffice, useSession } from '../session/session-context';
import { hasText } from '../ui/refusal-text';
import { useText } from '../ui/text';

/** The hub's notices as toasts, each once. */
export function Notices({ onOpen }: { onOpen: () => void }) {
  const t = useText();
  const session = useSession();
  const notices = useOffice((state) => state.notices);
  const said = useRef(new Set<Notice>());

  useEffect(() => {
    for (const notice of notices) {
      if (said.current.has(notice)) continue;
      said.current.add(notice);
      // The short break's banner says this one, and stays.
      if (notice.code === 'missed') continue;
      const key = `notice.${notice.code}`;
      const words = hasText(key)
        ? t(key, { ...notice.params, count: Number(notice.params.count ?? 0) })
        : t('notice.other', { code: notice.code });
      const { conversationId } = notice;
      notifications.show({
        message: (
          <>
            {words}{' '}
            {conversationId !== null && session.store.getState().conversations.has(conversationId) ? (
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() => {
                  session.select(conversationId);
                  onOpen();
                }}
              >
                {t('office.open')}
              </Button>
            ) : null}
          </>
        ),
        color: 'yellow',
        autoClose: 12_000,
      });
    }
    for (const old of said.current) if (!notices.includes(old)) said.current.delete(old);
  }, [notices, t, session, onOpen]);
  return null;
}
