import { describe, expect, it } from 'vitest';
import { startAlerts } from '../../renderer/workstation/alerts/alert-controller';
import type { Text } from '../../shared/text/workstation-text';
import { workstationEn } from '../../shared/text/workstation-text';
import { HandClock } from '../client/wire';
import { conversation, message, Office } from './office';

const text: Text = (key, params = {}) =>
  Object.entries(params).reduce(
    (words, [name, value]) => words.replace(`{${name}}`, String(value)),
    String((workstationEn as Record<string, string>)[key]),
  );

/** An agent's alerts with c1 and c2 as theirs. Everything a person hears or sees is in `log`. */
class Desk {
  readonly log: string[] = [];
  readonly spoken: string[] = [];
  readonly clock = new HandClock();
  readonly office = new Office();
  readonly opened: (string | null)[] = [];
  readonly clicks: (() => void)[] = [];
  inFront = false;
  switches = { alertsOn: true, wordsOn: true };
  private ringing = false;
  private written = 0;
  readonly alerts = startAlerts({
    session: {
      store: this.office.store,
      hubNow: () => this.clock.now(),
      select: (id: string | null) => void this.opened.push(id),
    },
    chime: {
      start: () => this.ring(true),
      stop: () => this.ring(false),
      playNote: async () => this.log.push('note') > 0,
    },
    desktop: null,
    notify: (title, body, clicked) => {
      this.log.push(`+ ${title}: ${body}`);
      this.clicks.push(clicked);
      return () => void this.log.push(`- ${title}: ${body}`);
    },
    text,
    look: () => ({ language: 'en', scheme: 'light' }),
    say: (words) => void this.spoken.push(words),
    clock: this.clock,
    preferences: () => this.switches,
    isInFront: () => this.inFront,
  });

  constructor() {
    for (const id of ['c1', 'c2'])
      this.office.tell({
        name: 'conversation.changed',
        conversation: conversation(id, { stage: 'active', agentId: 'me', customerName: id }),
      });
  }

  writes(conversationId: string, words: string) {
    this.written += 1;
    this.office.tell({
      name: 'message.added',
      message: message(`m${this.written}`, { conversationId, text: words }),
    });
  }

  look(conversationId: string) {
    this.office.store.dispatch({ kind: 'seen', conversationId });
  }

  /** What happened since the last call. */
  take() {
    return this.log.splice(0);
  }

  private ring(on: boolean) {
    if (this.ringing !== on) this.log.push(on ? 'ring' : 'quiet');
    this.ringing = on;
  }
}

describe('a customer who writes in a conversation that I do not have before me', () => {
  it('is one short sound and one notification, replaced by the next and closed when I look', () => {
    const desk = new Desk();
    desk.writes('c1', 'Hello?');
    expect(desk.take()).toEqual(['note', '+ c1 has written: Hello?']);
    desk.office.store.dispatch({ kind: 'typingChanged', conversationId: 'c1', on: true });
    expect(desk.take()).toEqual([]);
    desk.clock.move(5_000);
    desk.writes('c1', 'Anybody?');
    expect(desk.take()).toEqual(['note', '- c1 has written: Hello?', '+ c1 has written: Anybody?']);
    desk.look('c1');
    expect(desk.take()).toEqual(['- c1 has written: Anybody?']);
  });

  it('has a notification for each conversation, which leads there', () => {
    const desk = new Desk();
    desk.writes('c1', 'One');
    desk.writes('c2', 'Two');
    desk.clicks[1]?.();
    expect(desk.opened).toEqual(['c2']);
    desk.office.tell({ name: 'conversation.removed', conversationId: 'c1' });
    expect(desk.take()).toEqual(['note', '+ c1 has written: One', '+ c2 has written: Two', '- c1 has written: One']);
  });

  it('makes no more sounds than one in three seconds, however much is written', () => {
    const desk = new Desk();
    desk.inFront = true;
    for (let i = 0; i < 50; i += 1) {
      desk.writes(i % 2 === 0 ? 'c1' : 'c2', `${i}`);
      desk.clock.move(100);
    }
    expect(desk.take()).toEqual(['note', 'note']);
  });

  it('is said by a screen reader, in front too', () => {
    const desk = new Desk();
    desk.inFront = true;
    desk.writes('c1', 'Hello?');
    expect(desk.spoken).toEqual(['c1 has written: Hello?']);
    expect(desk.take()).toEqual(['note']);
  });

  it('leaves no words for a screen reader behind once it is over', () => {
    const desk = new Desk();
    desk.writes('c1', 'Hello?');
    desk.writes('c2', 'Anybody?');
    desk.look('c1');
    expect(desk.spoken.at(-1)).toBe('c2 has written: Anybody?');
    desk.office.tell({ name: 'conversation.removed', conversationId: 'c2' });
    expect(desk.spoken.at(-1)).toBe('');
    expect(desk.spoken).toHaveLength(3);
  });

  it('is not told again when the window comes and goes, or the line', () => {
    const desk = new Desk();
    desk.writes('c1', 'Hello?');
    desk.take();
    desk.inFront = true;
    desk.alerts.refresh();
    desk.inFront = false;
    desk.alerts.refresh();
    desk.clock.move(60_000);
    desk.office.store.dispatch({
      kind: 'linkChanged',
      link: { state: 'down', since: 0, reason: 'lost', retryAt: null },
    });
    desk.office.store.dispatch({ kind: 'linkChanged', link: { state: 'up', since: 0 } });
    expect(desk.take()).toEqual(['- c1 has written: Hello?']);
    expect(desk.spoken).toHaveLength(1);
  });

  it('is silent with its own switch off, while an offer goes on ringing', () => {
    const desk = new Desk();
    desk.switches = { alertsOn: true, wordsOn: false };
    desk.writes('c1', 'Hello?');
    expect(desk.take()).toEqual([]);
    const offer = conversation('c3', { stage: 'offered', agentId: 'me', offerId: 'o1' });
    desk.office.tell({ name: 'conversation.changed', conversation: offer });
    expect(desk.take()).toEqual(['ring', '+ Incoming: Mei Chen: Hello']);
  });

  it('does not sound into what rings, and shows itself without sound where sound is off', () => {
    const desk = new Desk();
    const offer = conversation('c3', { stage: 'offered', agentId: 'me', offerId: 'o1' });
    desk.office.tell({ name: 'conversation.changed', conversation: offer });
    desk.writes('c1', 'Hello?');
    expect(desk.take()).toEqual(['ring', '+ Incoming: Mei Chen: Hello', '+ c1 has written: Hello?']);
    desk.switches = { alertsOn: false, wordsOn: true };
    desk.clock.move(10_000);
    desk.writes('c2', 'And me?');
    expect(desk.take()).toEqual(['quiet', '+ c2 has written: And me?']);
  });
});

describe('[RD1] a first answer in automatic reception', () => {
  it('is reminded of once, before its time is over', () => {
    const desk = new Desk();
    const since = desk.clock.now();
    const given = { stage: 'active', agentId: 'me', since, attendBy: since + 30_000 } as const;
    desk.office.tell({ name: 'conversation.changed', conversation: conversation('c3', given) });
    expect(desk.take()).toEqual(['ring', '+ New conversation: Mei Chen: Hello']);
    desk.look('c3');
    expect(desk.take()).toEqual(['quiet', '- New conversation: Mei Chen: Hello']);
    desk.clock.move(19_999);
    expect(desk.take()).toEqual([]);
    desk.clock.move(1);
    const title = 'Mei Chen: the time for your first answer runs out';
    expect(desk.take()).toEqual(['note', `+ ${title}: Hello`]);
    desk.office.tell({ name: 'conversation.removed', conversationId: 'c3' });
    desk.clock.move(60_000);
    expect(desk.take()).toEqual([`- ${title}: Hello`]);
  });
});
