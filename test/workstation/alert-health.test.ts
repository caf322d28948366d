import { describe, expect, it } from 'vitest';
import { type AlertFacts, alertProblems } from '../../renderer/workstation/alerts/alert-health';
import { desktopAlert } from '../../renderer/workstation/alerts/desktop-alert';
import type { Text } from '../../shared/text/workstation-text';
import { workstationEn } from '../../shared/text/workstation-text';
import { agent, at, conversation, group, Office } from './office';

const fine: AlertFacts = {
  alertsOn: true,
  soundBlocked: false,
  linkUp: true,
  notifications: 'yes',
  lastTest: { noticed: true },
};

describe('what keeps an alert from being noticed', () => {
  it.each<[string, Partial<AlertFacts>, string[]]>([
    ['nothing', {}, []],
    ['a sound that is off', { alertsOn: false }, ['off']],
    ['off, which the browser cannot block any more', { alertsOn: false, soundBlocked: true }, ['off']],
    ['a browser that holds the sound back', { soundBlocked: true }, ['blocked']],
    ['a lost link', { linkUp: false }, ['linkDown']],
    ['a system without notifications', { notifications: 'never' }, ['noNotifications']],
    ['notifications not asked for', { notifications: 'ask' }, ['notificationsNotAllowed']],
    ['notifications denied', { notifications: 'no' }, ['notificationsNotAllowed']],
    ['that nobody tried', { lastTest: null }, ['notTested']],
    ['a test that was not noticed', { lastTest: { noticed: false } }, ['testFailed']],
    ['several things at once', { linkUp: false, alertsOn: false, lastTest: null }, ['off', 'linkDown', 'notTested']],
  ])('is %s', (_what, facts, problems) => {
    expect(alertProblems({ ...fine, ...facts })).toEqual(problems);
  });
});

describe('the card of an alert', () => {
  const text: Text = (key, params = {}) =>
    Object.entries(params).reduce(
      (words, [name, value]) => words.replace(`{${name}}`, String(value)),
      String((workstationEn as Record<string, string>)[key]),
    );
  const look = { language: 'en', scheme: 'dark' } as const;
  const offer = conversation('c1', {
    ...{ stage: 'offered', agentId: 'me', offerId: 'o1', enqueuedAt: at - 40_000, deadline: at + 30_000 },
    why: { rule: 'LR2', runnerUp: null, skipped: {} },
  });

  it('says who, where, why me and until when, on the clock of this machine', () => {
    const office = new Office();
    office.tell(
      { name: 'group.changed', group: group('g1', { name: 'Sales' }) },
      { name: 'agent.changed', agent: agent('me') },
      { name: 'conversation.changed', conversation: offer },
    );
    const alert = {
      alertId: 'o1',
      conversationId: 'c1',
      kind: 'incoming',
      customerName: 'Mei Chen',
      preview: 'Hello',
    } as const;
    const told = { state: office.state, text, look, now: at - 5_000, aheadMs: 5_000 };
    expect(desktopAlert(alert, told)).toMatchObject({
      ...{ title: 'Incoming: Mei Chen', body: 'Hello', group: 'Sales', why: 'You, because you served Mei Chen last.' },
      ...{ waitingSince: at - 45_000, shownAt: at - 5_000, until: at + 25_000 },
      words: { accept: 'Accept', waiting: 'waiting {time}' },
      look,
      card: 'whileHidden',
    });
  });

  it('has nothing to accept when it is given already, and no end when it rings without one', () => {
    const office = new Office();
    const given = conversation('c1', { stage: 'active', agentId: 'me' });
    office.tell({ name: 'conversation.changed', conversation: given });
    const alert = {
      alertId: 'a',
      conversationId: 'c1',
      kind: 'assigned',
      customerName: 'Mei Chen',
      preview: '',
    } as const;
    expect(desktopAlert(alert, { state: office.state, text, look, now: at, aheadMs: 0 })).toMatchObject({
      ...{ title: 'New conversation: Mei Chen', body: 'Nothing written yet', until: null },
      words: { accept: null },
    });
  });
});
