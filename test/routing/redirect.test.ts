import { describe, expect, it } from 'vitest';
import { defaultSettings, type SettingsPatch } from '../../shared/routing';
import { office, ofType } from '../support/routing';

const redirect = (more: SettingsPatch['reception'] = {}): SettingsPatch => ({
  reception: { redirect: { enabled: true, afterSeconds: 30 }, ...more },
});

describe('redirect', () => {
  it('[RD1] goes to another agent of the same group when the time is over', () => {
    const desk = office(redirect(), 'ann', 'bob')
      .group('help')
      .agent('zoe', { groups: { help: 1 } });
    desk.open('c');
    expect(desk.pass(29.999)).toEqual([]);
    const events = desk.pass(0.001);
    expect(ofType(events, 'offer.ended')).toMatchObject([{ agentId: 'ann', outcome: 'timedOut' }]);
    expect(ofType(events, 'offer.made')).toMatchObject([{ agentId: 'bob' }]);
    desk.pass(30);
    expect(desk.where('c')).toBe('waiting');
  });

  it('[RD2] an accept in time is in time', () => {
    const desk = office(redirect(), 'ann', 'bob');
    desk.open('c');
    desk.at += 29_999;
    expect(desk.accept('c').refusal).toBeNull();
    expect(desk.where('c')).toBe('with ann');
  });

  it('[RD2] an accept at the deadline is too late and hears what happened, and the redirect comes with it', () => {
    const desk = office(redirect(), 'ann', 'bob');
    desk.open('c');
    desk.at += 30_000;
    const { events, refusal } = desk.accept('c');
    expect(refusal).toMatchObject({
      code: 'offerGone',
      now: { outcome: 'timedOut', conversationId: 'c', agentId: 'bob', stage: 'offered' },
    });
    expect(ofType(events, 'offer.made')).toMatchObject([{ agentId: 'bob' }]);
  });

  it('[RD2] an accept of an offer of somebody else, or of none, is refused', () => {
    const desk = office(redirect(), 'ann', 'bob');
    desk.open('c');
    const { offerId = '' } = desk.conversation('c');
    expect(desk.do('offer.accept', { agentId: 'bob', offerId }).refusal?.code).toBe('notYours');
    expect(desk.do('offer.accept', { agentId: 'ann', offerId: 'o99' }).refusal?.code).toBe('unknownOffer');
    expect(desk.where('c')).toBe('rings ann');
  });

  it('[RD3] starts a new round ten seconds after the last try', () => {
    const desk = office(redirect(), 'ann', 'bob');
    desk.open('c');
    desk.pass(60);
    expect(desk.where('c')).toBe('waiting');
    desk.pass(9.999);
    expect(desk.where('c')).toBe('waiting');
    const events = desk.pass(0.001);
    expect(ofType(events, 'conversation.roundStarted')).toHaveLength(1);
    expect(desk.where('c')).toBe('rings ann');
  });

  it('[RD3] in the pause an untried member who becomes able gets it at once', () => {
    const desk = office(redirect(), 'ann').agent('bob', { status: 'busy' });
    desk.open('c');
    desk.pass(32);
    expect(desk.where('c')).toBe('waiting');
    desk.status('bob', 'online');
    expect(desk.where('c')).toBe('rings bob');
  });

  it('[RD3] with one agent it is back in its place, and rings again after the pause', () => {
    const desk = office(redirect(), 'ann');
    desk.open('c');
    desk.pass(30);
    expect(desk.queue()).toEqual(['c']);
    desk.pass(10);
    expect(desk.where('c')).toBe('rings ann');
  });

  it('[RD3] others are served while it pauses', () => {
    const desk = office(redirect(), 'ann');
    desk.open('c');
    desk.pass(30);
    desk.open('next');
    expect(desk.where('next')).toBe('rings ann');
    expect(desk.queue()).toEqual(['c']);
  });

  it('[I9] neither a break nor a reconnect in the round brings it back to the same agent', () => {
    const desk = office(redirect(), 'ann');
    desk.open('c');
    desk.status('ann', 'shortBreak');
    desk.status('ann', 'online');
    expect(desk.where('c')).toBe('waiting');
    desk.do('agent.disconnect', { agentId: 'ann' });
    desk.do('agent.connect', { agentId: 'ann' });
    expect(desk.where('c')).toBe('waiting');
    desk.pass(10);
    expect(desk.where('c')).toBe('rings ann');
  });

  describe('needs attention', () => {
    const limited = redirect({ maxRedirects: 1 });

    it('[RD4] is flagged when the try after the last redirect fails', () => {
      const desk = office(limited, 'ann', 'bob', 'cem');
      desk.open('c');
      desk.pass(30);
      expect(desk.conversation('c').flagged).toBe(false);
      const events = desk.pass(30);
      expect(ofType(events, 'conversation.flagged')).toMatchObject([{ conversationId: 'c' }]);
      expect(desk.where('c')).toBe('waiting');
    });

    it('[RD4] is not rung round after round', () => {
      const desk = office(limited, 'ann', 'bob');
      desk.open('c');
      desk.pass(60);
      expect(ofType(desk.pass(3_600), 'offer.made')).toEqual([]);
    });

    it('[RD4] any member may claim it, even where agents may not claim', () => {
      const desk = office({ ...limited, routing: { agentsMayClaim: false } }, 'ann', 'bob');
      desk.open('c');
      desk.pass(60);
      expect(desk.do('conversation.claim', { agentId: 'bob', conversationId: 'c' }).refusal).toBeNull();
      expect(desk.conversation('c')).toMatchObject({ stage: 'active', agentId: 'bob', flagged: false });
    });

    it('[RD4] is offered to an agent at the moment they become able, once', () => {
      const desk = office(limited, 'ann', 'bob');
      desk.open('c');
      desk.pass(60);
      desk.status('bob', 'busy');
      desk.status('bob', 'online');
      expect(desk.where('c')).toBe('rings bob');
      desk.pass(30);
      expect(desk.where('c')).toBe('waiting');
      expect(ofType(desk.pass(600), 'offer.made')).toEqual([]);
      desk.status('bob', 'busy');
      desk.status('bob', 'online');
      expect(desk.where('c')).toBe('rings bob');
    });

    it('[RD4] is offered to one who gets room, in its place', () => {
      const desk = office(limited, 'ann', 'bob');
      desk.open('flagged');
      desk.pass(60);
      desk.open('1');
      desk.open('2');
      desk.accept('1');
      desk.accept('2');
      desk.open('younger');
      desk.close('1');
      expect(desk.where('flagged')).toMatch('rings');
      expect(desk.where('younger')).toBe('waiting');
    });

    it('[RD4] two flagged ones do not ring in turns at one who does not answer', () => {
      const desk = office(limited).agent('ann', { capacity: 2 }).agent('bob', { capacity: 2 });
      desk.open('1');
      desk.open('2');
      desk.pass(60);
      expect([desk.conversation('1').flagged, desk.conversation('2').flagged]).toEqual([true, true]);
      for (const agentId of ['ann', 'bob']) desk.status(agentId, 'offline');
      const groups = [{ groupId: 'sales', priority: 1 }];
      desk.do('agent.put', { agentId: 'ann', name: 'ann', capacity: 1, groups });
      desk.status('ann', 'online');
      expect(desk.where('1')).toBe('rings ann');
      const later = ofType(desk.pass(3_600), 'offer.made').map(({ conversationId }) => conversationId);
      expect(later).toEqual(['2']);
    });

    it('[RD4] counts declines, and not what was withdrawn', () => {
      const desk = office(limited, 'ann', 'bob', 'cem');
      desk.open('c');
      desk.status('ann', 'busy');
      expect(desk.where('c')).toBe('rings bob');
      desk.decline('c');
      expect(desk.conversation('c').flagged).toBe(false);
      desk.pass(20);
      expect(desk.conversation('c').flagged).toBe(false);
    });

    it('[RD4] a one-person office is rung on', () => {
      const desk = office(limited, 'ann').agent('bob', { status: 'offline' });
      desk.open('c');
      const offers = ofType(desk.pass(400), 'offer.made');
      expect(offers.length).toBeGreaterThanOrEqual(9);
      expect(desk.conversation('c').flagged).toBe(false);
    });

    it('[RD4] 0 means no limit', () => {
      const desk = office(redirect({ maxRedirects: 0 }), 'ann', 'bob');
      desk.open('c');
      desk.pass(3_600);
      expect(desk.conversation('c').flagged).toBe(false);
    });

    it('[RD4] by default the sixth failed try is the last', () => {
      const names = ['1', '2', '3', '4', '5', '6', '7'].map((n) => `agent ${n}`);
      const desk = office(redirect(), ...names);
      desk.open('c');
      desk.pass(179);
      expect(desk.conversation('c').flagged).toBe(false);
      desk.pass(1);
      expect(desk.conversation('c').flagged).toBe(true);
    });
  });

  it('[RD5] off, it rings without a limit', () => {
    const desk = office({}, 'ann', 'bob');
    desk.open('c');
    expect(desk.conversation('c').deadline).toBeNull();
    expect(desk.pass(86_400)).toEqual([]);
    expect(desk.where('c')).toBe('rings ann');
  });

  it('[RD6] a decline moves on at once and is no miss', () => {
    const desk = office(redirect(), 'ann', 'bob');
    desk.open('c');
    const { events } = desk.decline('c');
    expect(ofType(events, 'offer.ended')).toMatchObject([{ outcome: 'declined', miss: false }]);
    expect(desk.agentView('ann').missedInARow).toBe(0);
    expect(desk.where('c')).toBe('rings bob');
  });

  it('[RD6] who declined does not get it for 10 s, even in a new round', () => {
    const desk = office(redirect({ roundPauseSeconds: 2 }), 'ann');
    desk.open('c');
    desk.decline('c');
    desk.pass(9.999);
    expect(desk.where('c')).toBe('waiting');
    desk.pass(0.001);
    expect(desk.where('c')).toBe('rings ann');
  });

  it('[RD6] so does who declined a transfer whose sender is gone', () => {
    const desk = office(redirect({ roundPauseSeconds: 2 }), 'ann').agent('bob', { status: 'busy' });
    desk.open('c');
    desk.accept('c');
    desk.status('bob', 'online');
    desk.do('conversation.transfer', { agentId: 'ann', conversationId: 'c', to: { agentId: 'bob' } });
    desk.status('ann', 'offline');
    desk.decline('c');
    desk.pass(9.999);
    expect(desk.where('c')).toBe('waiting');
    desk.pass(0.001);
    expect(desk.where('c')).toBe('rings bob');
  });

  it('[RD6] cools for this conversation only', () => {
    const desk = office(redirect(), 'ann');
    desk.open('c');
    desk.decline('c');
    desk.open('other');
    expect(desk.where('other')).toBe('rings ann');
  });

  it('[RD7] the customer leaves while it rings: withdrawn, no miss', () => {
    const desk = office(redirect({ shortBreak: { enabled: true } }), 'ann');
    desk.open('c');
    const { events } = desk.do('conversation.leave', { conversationId: 'c' });
    expect(ofType(events, 'offer.ended')).toMatchObject([{ outcome: 'withdrawn', miss: false }]);
    expect(ofType(events, 'conversation.closed')).toMatchObject([{ by: 'customer' }]);
    desk.pass(60);
    expect(desk.agentView('ann')).toMatchObject({ status: 'online', load: 0, missedInARow: 0 });
  });

  it('[RD8] what the customer is told is a setting, may be empty, and is built in by default', () => {
    const desk = office({});
    expect(defaultSettings().texts.redirected).toBeNull();
    for (const redirected of ['One moment, please.', '', null]) {
      expect(desk.do('settings.update', { settings: { texts: { redirected } } }).refusal).toBeNull();
      expect(desk.state.settings.texts.redirected).toBe(redirected);
    }
  });
});
