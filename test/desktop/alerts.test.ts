import { describe, expect, it } from 'vitest';
import { createAlerts } from '../../main/desktop/alerts';

function stage() {
  const seen: string[] = [];
  const clicks: (() => void)[] = [];
  const alerts = createAlerts({
    notify({ title, clicked }) {
      seen.push(`shown ${title}`);
      clicks.push(clicked);
      return { close: () => seen.push(`closed ${title}`) };
    },
    flash: (on) => seen.push(on ? 'flash' : 'still'),
    badge: (count) => seen.push(`badge ${count}`),
    clicked: (conversationId) => seen.push(`open ${conversationId}`),
  });
  const show = (alertId: string) => alerts.show({ alertId, title: alertId, body: '', conversationId: `c-${alertId}` });
  return { seen, clicks, alerts, show };
}

describe('alerts', () => {
  it('flash until the last one is cleared', () => {
    const { seen, alerts, show } = stage();
    show('a');
    show('b');
    alerts.clear('a');
    alerts.clear('b');
    expect(seen).toEqual([
      ...['shown a', 'badge 1', 'flash', 'shown b', 'badge 2', 'flash'],
      ...['closed a', 'badge 1', 'closed b', 'badge 0', 'still'],
    ]);
  });

  it('replace one of the same id', () => {
    const { seen, show } = stage();
    show('a');
    show('a');
    expect(seen).toEqual(['shown a', 'badge 1', 'flash', 'closed a', 'shown a', 'badge 1', 'flash']);
  });

  it('lead to the conversation', () => {
    const { seen, clicks, show } = stage();
    show('a');
    clicks[0]?.();
    expect(seen.at(-1)).toBe('open c-a');
  });

  it('end with the page', () => {
    const { seen, alerts, show } = stage();
    show('a');
    show('b');
    alerts.clearAll();
    expect(seen.slice(-4)).toEqual(['closed a', 'closed b', 'badge 0', 'still']);
  });

  it('take a clear of something unknown', () => {
    const { seen, alerts } = stage();
    alerts.clear('x');
    expect(seen).toEqual(['badge 0', 'still']);
  });
});
