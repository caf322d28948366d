import { Button } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import type { Text, TextKey } from '../../../shared/text/workstation-text';
import { useServices } from '../services/services';
import type { Notice } from '../session/office-state';
import { useOffice, useSession } from '../session/session-context';
import { hasText } from '../ui/refusal-text';
import { useText } from '../ui/text';

/** The toasts, where they stand; each of the hub's notices is one, once. */
export function Notices({ onOpen }: { onOpen: () => void }) {
  const session = useSession();
  const notices = useOffice((state) => state.notices);
  const erased = useOffice((state) => state.erased);
  /** The notices handled so far, each with its toast's id; null: no toast. */
  const said = useRef(new Map<Notice, string | null>());
  const erasedBefore = useRef(erased);

  useEffect(() => {
    for (const notice of notices) {
      if (said.current.has(notice)) continue;
      said.current.set(notice, null);
      // The short break's banner says this one.
      if (notice.code === 'missed') continue;
      const { conversationId } = notice;
      const id = `notice-${said.current.size}-${notice.conversationId ?? notice.code}`;
      const toast = notifications.show({
        id,
        message: (
          <>
            {notice.code === 'mentioned' ? <EndsOnceSeen toast={id} /> : null}
            <Words notice={notice} />{' '}
            {conversationId !== null && session.store.getState().conversations.has(conversationId) ? (
              <Open
                onClick={() => {
                  session.select(conversationId);
                  onOpen();
                }}
              />
            ) : null}
          </>
        ),
        color: 'yellow',
        // A colleague expects an answer to a mention (`EndsOnceSeen`); most other notices are soon out of date.
        autoClose: notice.code === 'mentioned' ? false : 12_000,
      });
      said.current.set(notice, toast);
    }
    // Notices about an erased customer are removed with them.
    const isErasure = erasedBefore.current !== erased;
    erasedBefore.current = erased;
    for (const [old, toast] of said.current) {
      if (notices.includes(old)) continue;
      if (isErasure && toast !== null) notifications.hide(toast);
      said.current.delete(old);
    }
  }, [notices, erased, session, onOpen]);
  return <Notifications withinPortal={false} limit={4} autoClose={7_000} />;
}

const seenMs = 20_000;

/** The toast goes once it has been in sight for so long: who was away finds it still there. */
function EndsOnceSeen({ toast }: { toast: string }) {
  const { foreground } = useServices();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = () => {
      clearTimeout(timer);
      if (foreground.isInFront()) timer = setTimeout(() => notifications.hide(toast), seenMs);
    };
    follow();
    const stop = foreground.subscribe(follow);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [foreground, toast]);
  return null;
}

// A component, so that an open toast follows a change of language.
function Words({ notice }: { notice: Notice }) {
  const t = useText();
  return noticeWords(t, notice);
}

function Open({ onClick }: { onClick: () => void }) {
  const t = useText();
  return (
    <Button variant="subtle" size="compact-sm" onClick={onClick}>
      {t('office.open')}
    </Button>
  );
}

export function noticeWords(t: Text, { code, params }: Pick<Notice, 'code' | 'params'>): string {
  if (code === 'agentOffline' && params.count === '0') return t('notice.agentOfflineNone', params);
  // A notice about a transfer has a text for each outcome, where the hub gives one.
  const withOutcome = `notice.${code}.${params.outcome ?? ''}`;
  if (hasText(withOutcome)) return t(withOutcome, params);
  const key = `notice.${code}`;
  // i18next keeps a key's plural forms under the key itself.
  return hasText(key) || hasText(`${key}_other`)
    ? t(key as TextKey, { ...params, count: Number(params.count ?? 0) })
    : t('notice.other', { code });
}
