import type { DesktopCalls } from '../../shared/desktop-api';
import type { AgentStatus, Language } from '../../shared/protocol/fields';
import { type DesktopText, desktopEn } from '../../shared/text/desktop-en';
import { desktopZh } from '../../shared/text/desktop-zh';

export type TrayView = Parameters<DesktopCalls['tray.show']>[0];

export type TrayItem =
  | { kind: 'open' | 'quit'; label: string }
  | { kind: 'status'; label: string; status: AgentStatus; checked: boolean }
  | { kind: 'text'; label: string }
  | { kind: 'line' };

/** The statuses an agent can choose, in the order of the workstation's menu. */
const chosenStatuses: readonly AgentStatus[] = ['online', 'busy', 'shortBreak', 'offline'];

export function desktopText(language: Language): DesktopText {
  return language === 'zh' ? desktopZh : desktopEn;
}

/** The tray's menu as data; `view` null: before the first sign-in. */
export function trayItems(view: TrayView | null, language: Language): TrayItem[] {
  const text = desktopText(language);
  const frame = (...middle: TrayItem[]): TrayItem[] => [
    { kind: 'open', label: text['tray.open'] },
    { kind: 'line' },
    ...middle,
    { kind: 'line' },
    { kind: 'quit', label: text['tray.quit'] },
  ];
  if (view === null) return frame({ kind: 'text', label: text['tray.signedOut'] });
  const statuses = chosenStatuses.map(
    (status): TrayItem => ({
      kind: 'status',
      label: text[`status.${status}`],
      status,
      checked: view.status === status,
    }),
  );
  const known = facts(view, text).map((label): TrayItem => ({ kind: 'text', label }));
  return frame(...statuses, { kind: 'line' }, ...known);
}

/** The tooltip of the icon. */
export function trayTip(view: TrayView | null, language: Language): string {
  const text = desktopText(language);
  if (view === null) return `Foyer · ${text['tray.signedOut']}`;
  return ['Foyer', text[`status.${view.status}`], ...facts(view, text)].join(' · ');
}

function facts({ link, waiting, wanted }: TrayView, text: DesktopText): string[] {
  const counted = (key: 'tray.waiting' | 'tray.wanted', count: number) => text[key].replace('{count}', String(count));
  return [
    link === 'up' ? text['tray.linkUp'] : text['tray.linkDown'],
    ...(wanted === 0 ? [] : [counted('tray.wanted', wanted)]),
    waiting === 0 ? text['tray.nobodyWaiting'] : counted('tray.waiting', waiting),
  ];
}
