import { describe, expect, it } from 'vitest';
import { createAlerts } from '../../main/desktop/alerts';
import type { NotificationRequest } from '../../main/desktop/ports';

function stage() {
  const seen: string[] = [];
  const cards: string[] = [];
  const clicks: (() => void)[] = [];
  const buttons: (NotificationRequest['action'] | null)[] = [];
  const alerts = createAlerts({
    notify({ title, clicked, action }) {
      buttons.push(action);
      seen.push(`shown ${title}`);
      clicks.push(clicked);
      return { close: () => seen.push(`closed ${title}`) };
    },
    flash: (on) => seen.push(on ? 'flash' : 'still'),
    cards: (alerts) => cards.push(alerts.map(({ alertId }) => alertId).join(' ')),
    clicked: ({ conversationId }) => seen.push(`open ${conversationId}`),
    accepted: ({ alertId }) => seen.push(`accept ${alertId}`),
  });
  const show = (alertId: string, accept: string | null = 'Accept') =>
    alerts.show({
      ...{ alertId, title: alertId, body: '', conversationId: `c-${alertId}`, name: '', group: '', why: '' },
      ...{ waitingSince: 0, shownAt: 0, until: null, card: 'whileHidden' },
      words: { accept, open: 'Open', waiting: '{time}' },
      look: { language: 'en', scheme: 'light' },
    });
  return { seen, cards, clicks, buttons, alerts, show };
}

describe('alerts', () => {
  it('flash until the last one is cleared', () => {
    const { seen, alerts, show } = stage();
    show('a');
    show('b');
    alerts.clear('a');
    alerts.clear('b');
    expect(seen).toEqual([...['shown a', 'flash', 'shown b', 'flash'], ...['closed a', 'closed b', 'still']]);
  });

  it('replace one of the same id', () => {
    const { seen, show } = stage();
    show('a');
    show('a');
    expect(seen).toEqual(['shown a', 'flash', 'closed a', 'shown a', 'flash']);
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
    expect(seen.slice(-3)).toEqual(['closed a', 'closed b', 'still']);
  });

  it('are on the cards as long as they ring, the oldest first', () => {
    const { cards, alerts, show } = stage();
    show('a');
    show('b');
    alerts.clear('a');
    alerts.clearAll();
    expect(cards).toEqual(['a', 'a b', 'b', '']);
  });

  it('are accepted from the card or the button of the notification, while they ring', () => {
    const { seen, buttons, alerts, show } = stage();
    show('a');
    alerts.accept('a');
    buttons[0]?.chosen();
    alerts.open('a');
    expect(seen.slice(-3)).toEqual(['accept a', 'accept a', 'open c-a']);
    alerts.clear('a');
    const before = seen.length;
    alerts.accept('a');
    alerts.open('a');
    expect(seen).toHaveLength(before);
  });

  it('have no such button where there is nothing to accept', () => {
    const { seen, buttons, alerts, show } = stage();
    show('a', null);
    expect(buttons).toEqual([null]);
    alerts.accept('a');
    expect(seen).not.toContain('accept a');
  });

  it('take a clear of something unknown', () => {
    const { seen, alerts } = stage();
    alerts.clear('x');
    expect(seen).toEqual(['still']);
  });
});
