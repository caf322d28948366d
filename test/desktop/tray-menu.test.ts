import { describe, expect, it } from 'vitest';
import { trayItems, trayTip } from '../../main/desktop/tray-menu';

const view = { status: 'busy', link: 'up', waiting: 3, wanted: 2, language: 'en' } as const;
const labels = (items: ReturnType<typeof trayItems>) => items.map((item) => ('label' in item ? item.label : '—'));

describe('the tray', () => {
  it('offers only to open and to quit before anybody has signed in', () => {
    expect(labels(trayItems(null, 'en'))).toEqual(['Open Foyer', '—', 'Not signed in', '—', 'Quit Foyer']);
  });

  it('switches the status, and says how the link and the queue are', () => {
    const items = trayItems(view, 'en');
    expect(labels(items)).toEqual([
      ...['Open Foyer', '—', 'Online', 'Busy', 'Short break', 'Offline', '—'],
      ...['Connected to the hub', '2 want you', '3 waiting', '—', 'Quit Foyer'],
    ]);
    expect(items.filter((item) => item.kind === 'status' && item.checked)).toMatchObject([{ status: 'busy' }]);
  });

  it('says the same in one line, and in Chinese', () => {
    expect(trayTip(view, 'en')).toBe('Foyer · Busy · Connected to the hub · 2 want you · 3 waiting');
    expect(trayTip({ ...view, link: 'down', waiting: 0, wanted: 0 }, 'zh')).toBe(
      'Foyer · 忙碌 · 未连接到中枢 · 无人等待',
    );
  });
});
