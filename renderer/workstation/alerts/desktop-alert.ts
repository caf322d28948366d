import type { DesktopAlert } from '../../../shared/desktop-api';
import type { Text } from '../../../shared/text/workstation-text';
import { explain } from '../session/explanation';
import type { OfficeState } from '../session/office-state';
import type { Alert } from './alert-watch';

export type Look = DesktopAlert['look'];

export interface Told {
  state: OfficeState;
  text: Text;
  look: Look;
  /** This machine's time, and how far the hub's is ahead of it. */
  now: number;
  aheadMs: number;
}

/** The alert with its card's texts. Its times are on this machine's clock, because the main process shows them. */
export function desktopAlert(alert: Omit<Alert, 'news'>, { state, text, look, now, aheadMs }: Told): DesktopAlert {
  const { alertId, conversationId, kind, customerName, preview } = alert;
  const conversation = state.conversations.get(conversationId);
  const group = (groupId: string) => state.groups.get(groupId)?.name ?? '';
  const agent = (agentId: string) => state.agents.get(agentId)?.name ?? null;
  const why = conversation ? explain(text, conversation, { myId: state.me?.agentId ?? '', agent, group }) : null;
  const deadline = conversation?.deadline ?? null;
  return {
    alertId,
    conversationId,
    name: customerName,
    title: alertTitle(text, kind, customerName),
    body: preview === '' ? text('incoming.noWords') : preview,
    group: conversation ? group(conversation.groupId) : '',
    why: why?.main ?? '',
    waitingSince: (conversation?.enqueuedAt ?? now + aheadMs) - aheadMs,
    shownAt: now,
    until: deadline === null ? null : deadline - aheadMs,
    words: {
      accept: kind === 'incoming' ? text('incoming.accept') : null,
      open: text('alerts.open'),
      waiting: text('incoming.waiting', { time: '{time}' }),
    },
    look,
    card: kind === 'incoming' || kind === 'assigned' ? 'whileHidden' : 'never',
  };
}

export function alertTitle(text: Text, kind: Alert['kind'], name: string): string {
  return text(titles[kind], { name });
}

/** For a screen reader. */
export function alertWords(text: Text, { kind, customerName, preview }: Alert): string {
  const title = alertTitle(text, kind, customerName);
  return preview === '' ? `${title}.` : text('alerts.spoken', { title, words: preview });
}

const titles = {
  incoming: 'alerts.title',
  assigned: 'alerts.titleAutomatic',
  words: 'alerts.titleWords',
  hurry: 'alerts.titleHurry',
  overdue: 'alerts.titleOverdue',
} as const satisfies Record<Alert['kind'], string>;

/** The alert shown by "test alerts": it belongs to no conversation. */
export function rehearsalAlert(text: Text, look: Look, now: number): DesktopAlert {
  return {
    alertId: rehearsalId,
    conversationId: '',
    name: text('app.name'),
    title: text('alerts.rehearsalTitle'),
    body: text('alerts.rehearsalBody'),
    group: text('app.name'),
    why: '',
    waitingSince: now,
    shownAt: now,
    until: now + rehearsalMs,
    words: { accept: null, open: text('alerts.rehearsalSeen'), waiting: text('incoming.waiting', { time: '{time}' }) },
    look,
    card: 'always',
  };
}

export const rehearsalId = 'rehearsal';
export const rehearsalMs = 10_000;
