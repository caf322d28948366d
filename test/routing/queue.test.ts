import { describe, expect, it } from 'vitest';
import { inspect, queuePosition } from '../../shared/routing';
import { Office, office, ofType } from '../support/routing';

describe('the queue', () => {
  it('[QU1] serves by priority, then by time of arrival, then in the order of the hub', () => {
    const desk = office({});
    desk.open('late');
    desk.at += 1_000;
    desk.open('later');
    desk.open('same instant');
    desk.open('urgent', { priority: 0 });
    desk.open('whenever', { priority: 9 });
    expect(desk.queue()).toEqual(['urgent', 'late', 'later', 'same instant', 'whenever']);
    desk.agent('ann', { capacity: 5 });
    const offered = ofType(desk.last.events, 'offer.made').map(({ conversationId }) => conversationId);
    expect(offered).toEqual(['urgent', 'late', 'later', 'same instant', 'whenever']);
  });

  it('[QU1] gives priority 5 when none is said', () => {
    const desk = office({});
    desk.open('c');
    expect(inspect(desk.state).queue).toEqual([
      { conversationId: 'c', groupId: 'sales', priority: 5, enqueuedAt: desk.at },
    ]);
  });

  it.each([-1, 10, 2.5, Number.NaN])('[QU1] refuses priority %s', (priority) => {
    const desk = office({});
    expect(desk.open('c', { priority }).refusal).toMatchObject({ code: 'commandInvalid', field: 'priority' });
    expect(desk.queue()).toEqual([]);
  });

  it('[QU2] steps over whoever nobody can serve', () => {
    const desk = office({}).group('help');
    desk.open('nobody there', { group: 'help' });
    desk.open('c');
    desk.agent('ann');
    expect(desk.where('c')).toBe('rings ann');
    expect(desk.queue()).toEqual(['nobody there']);
  });

  it('[QU2] gives an agent of two groups the older of the two heads', () => {
    const desk = office({}).group('help');
    desk.open('older', { group: 'help' });
    desk.at += 1;
    desk.open('younger');
    desk.agent('ann', { groups: { sales: 1, help: 1 } });
    expect(desk.where('older')).toBe('rings ann');
    expect(desk.where('younger')).toBe('waiting');
  });

  it('[QU2] [I8] one put aside whose hold begins does not hide an older one than the next group has', () => {
    const desk = office({ routing: { agentPriority: true, priorityHoldSeconds: 5 } }).group('help');
    desk.agent('chen', { groups: { sales: 1, help: 3 } });
    desk.open('busy');
    desk.accept('busy');
    desk.agent('ben', { groups: { help: 1 } });
    desk.open('declined', { group: 'help' });
    desk.decline('declined');
    desk.agent('dan', { groups: { help: 1 }, capacity: 9 });
    desk.decline('declined');
    desk.open('for ben', { group: 'help' });
    desk.do('conversation.claim', { agentId: 'ben', conversationId: 'for ben', force: true });
    desk.open('may be held', { group: 'help', priority: 4 });
    desk.decline('may be held');
    desk.at += 1_000;
    desk.open('younger');
    expect(['declined', 'may be held', 'younger'].map((id) => desk.where(id))).toEqual([
      'waiting',
      'waiting',
      'waiting',
    ]);
    const { events } = desk.close('busy');
    expect(ofType(events, 'conversation.held').map(({ conversationId }) => conversationId)).toEqual(['may be held']);
    expect(desk.where('declined')).toBe('rings chen');
    expect(desk.where('younger')).toBe('waiting');
  });

  it('[QU3] keeps the time of arrival through decline, break, disconnect, transfer and restart', () => {
    const desk = office({ presence: { conversationGraceSeconds: 10 } }, 'ann', 'bob').group('help');
    const arrived = desk.at;
    desk.open('c');
    const enqueuedAt = () => desk.conversation('c').enqueuedAt;
    desk.pass(1);
    desk.decline('c');
    desk.status('bob', 'shortBreak');
    desk.status('bob', 'online');
    desk.pass(20);
    desk.accept('c');
    const agentId = desk.conversation('c').agentId ?? '';
    desk.do('conversation.transfer', { agentId, conversationId: 'c', to: { groupId: 'help' } });
    desk.do('hub.started', {});
    desk.pass(30);
    expect(desk.where('c')).toBe('waiting');
    expect(enqueuedAt()).toBe(arrived);
  });

  it('[QU3] a conversation that comes back takes its old place', () => {
    const desk = office({}, 'ann');
    desk.open('first');
    desk.at += 1_000;
    desk.open('second');
    desk.at += 1_000;
    desk.open('third');
    desk.status('ann', 'busy');
    expect(desk.queue()).toEqual(['first', 'second', 'third']);
  });

  it('[QU4] assigns on every kind of change, not only on arrival', () => {
    const desk = office({}).agent('ann', { connected: false });
    desk.open('a');
    desk.open('b');
    desk.do('agent.connect', { agentId: 'ann' });
    expect(desk.where('a')).toBe('rings ann');
    desk.accept('a');
    desk.close('a');
    expect(desk.where('b')).toBe('rings ann');
    desk.open('c');
    desk.do('agent.put', { agentId: 'ann', name: 'ann', capacity: 2, groups: [{ groupId: 'sales', priority: 1 }] });
    expect(desk.where('c')).toBe('rings ann');
    desk.group('help').open('d', { group: 'help' });
    const groups = [
      { groupId: 'sales', priority: 1 },
      { groupId: 'help', priority: 1 },
    ];
    desk.do('agent.put', { agentId: 'ann', name: 'ann', capacity: 3, groups });
    expect(desk.where('d')).toBe('rings ann');
  });

  it('[QU4] changes nothing when done again', () => {
    const desk = office({}, 'ann');
    desk.open('a');
    desk.open('b');
    expect(desk.do('tick', {}).events).toEqual([]);
  });

  it('[QU5] gives the place in the group; one that rings keeps it until an agent has it', () => {
    const desk = office({}, 'ann').group('help');
    desk.open('served');
    desk.accept('served');
    desk.open('one');
    desk.at += 1;
    desk.open('elsewhere', { group: 'help' });
    desk.open('two');
    const places = () =>
      ['served', 'one', 'two', 'elsewhere'].map((id) => queuePosition(desk.state, id, desk.at)?.position);
    expect(places()).toEqual([undefined, 1, 2, 1]);
    desk.close('served');
    expect(desk.where('one')).toBe('rings ann');
    expect(places()).toEqual([undefined, 1, 2, 1]);
    desk.accept('one');
    expect(places()).toEqual([undefined, undefined, 1, 1]);
  });

  it('[QU5] a transfer that rings has no place: its sender serves on', () => {
    const desk = office({}, 'ann', 'ben');
    desk.open('c');
    desk.accept('c');
    desk.do('conversation.transfer', { agentId: 'ann', conversationId: 'c', to: { agentId: 'ben' } });
    expect(desk.where('c')).toBe('rings ben');
    expect(queuePosition(desk.state, 'c', desk.at)).toBeNull();
  });

  it('[QU5] estimates the wait by the median of the recent ones per place, in half minutes; before three it is silent', () => {
    const desk = office({}, 'ann');
    const wait = (id: string) => queuePosition(desk.state, id, desk.at)?.wait;
    for (const [id, seconds] of [
      ['a', 10],
      ['b', 40],
      ['c', 300],
    ] as const) {
      desk.open(id);
      expect(wait(id)).toEqual({ kind: 'unknown' });
      desk.pass(seconds);
      desk.accept(id);
      desk.close(id);
    }
    desk.open('served');
    desk.accept('served');
    desk.open('next');
    desk.open('after');
    const about = (ms: number) => ({ kind: 'about', ms });
    expect([wait('next'), wait('after')]).toEqual([about(60_000), about(90_000)]);
  });

  /** Three waits of 10, 40 and 300 s are known; ann, who can have one, serves, and `next` and `after` wait. */
  function waiting() {
    const desk = office({}, 'ann');
    for (const seconds of [10, 40, 300]) {
      desk.open(`${seconds}`);
      desk.pass(seconds);
      desk.accept(`${seconds}`);
      desk.close(`${seconds}`);
    }
    desk.open('served');
    desk.accept('served');
    desk.open('next');
    desk.open('after');
    const wait = (id: string) => queuePosition(desk.state, id, desk.at)?.wait;
    return { desk, wait };
  }

  it('[QU5] says that nobody is here, without an estimate, until somebody is online and connected', () => {
    const { desk, wait } = waiting();
    desk.status('ann', 'shortBreak');
    expect(wait('next')).toEqual({ kind: 'nobodyHere' });
    desk.status('ann', 'online');
    expect(wait('next')?.kind).toBe('about');
    desk.do('agent.disconnect', { agentId: 'ann' });
    expect(wait('next')).toEqual({ kind: 'nobodyHere' });
    desk.do('agent.connect', { agentId: 'ann' });
    expect(wait('next')?.kind).toBe('about');
    desk.status('ann', 'busy');
    expect(wait('next')).toEqual({ kind: 'nobodyHere' });
  });

  it('[QU5] grows while the queue stands still, says at last that it is longer than usual, and is as before once it moves', () => {
    const { desk, wait } = waiting();
    desk.pass(100);
    expect([wait('next'), wait('after')]).toEqual([
      { kind: 'about', ms: 120_000 },
      { kind: 'about', ms: 210_000 },
    ]);
    desk.pass(200);
    expect(wait('next')).toEqual({ kind: 'about', ms: 300_000 });
    desk.pass(0.001);
    expect([wait('next'), wait('after')]).toEqual([{ kind: 'longer' }, { kind: 'longer' }]);
    desk.close('served');
    desk.accept('next');
    expect(wait('after')?.kind).toBe('about');
  });

  it('[QU5] is not longer than usual within a minute, however short the waits were', () => {
    const desk = office({}, 'ann');
    for (const id of ['a', 'b', 'c', 'served']) {
      desk.open(id);
      desk.accept(id);
      if (id !== 'served') desk.close(id);
    }
    desk.open('next');
    const wait = () => queuePosition(desk.state, 'next', desk.at)?.wait.kind;
    desk.pass(60);
    expect(wait()).toBe('about');
    desk.pass(1);
    expect(wait()).toBe('longer');
  });

  it('[QU5] counts those who are set aside: they are still ahead', () => {
    const desk = office({}, 'ann');
    desk.open('tried');
    desk.at += 1;
    desk.open('waits');
    desk.decline('tried');
    expect(desk.where('waits')).toBe('rings ann');
    desk.at += 1;
    desk.open('next');
    expect(queuePosition(desk.state, 'next', desk.at)?.position).toBe(3);
  });

  it.each(['leaveMessage', 'end'] as const)('[QU6] ends a wait that is too long: %s', (afterMaxWait) => {
    const desk = office({ queue: { maxWaitSeconds: 60, afterMaxWait } });
    desk.open('c');
    expect(desk.pass(59.999)).toEqual([]);
    expect(ofType(desk.pass(0.001), 'conversation.closed')).toMatchObject([
      { conversationId: 'c', by: 'system', reason: 'maxWait', afterwards: afterMaxWait },
    ]);
  });

  it('[QU6] looks only after assignment: who can be served at that instant is served', () => {
    const desk = office({ queue: { maxWaitSeconds: 60 } }).agent('ann', { status: 'busy' });
    desk.open('c');
    desk.at += 60_000;
    desk.status('ann', 'online');
    expect(desk.where('c')).toBe('rings ann');
  });

  it('[QU6] does not touch what rings or is served, however long', () => {
    const desk = office({ queue: { maxWaitSeconds: 60 } }, 'ann');
    desk.open('c');
    desk.pass(100);
    expect(desk.where('c')).toBe('rings ann');
    desk.accept('c');
    desk.pass(100);
    expect(desk.where('c')).toBe('with ann');
  });

  it('[QU6] counts anew when somebody who was served comes back', () => {
    const desk = office({ queue: { maxWaitSeconds: 90 } }, 'ann');
    desk.open('c');
    desk.accept('c');
    desk.pass(1_000);
    desk.do('agent.disconnect', { agentId: 'ann' });
    desk.pass(60);
    expect(desk.where('c')).toBe('waiting');
    desk.pass(89);
    expect(desk.where('c')).toBe('waiting');
    desk.pass(1);
    expect(desk.where('c')).toBe('closed');
  });

  it('[QU6] is off with 0, and applies at once when it is turned on', () => {
    const desk = office({});
    desk.open('c');
    desk.pass(100_000);
    expect(desk.where('c')).toBe('waiting');
    desk.do('settings.update', { settings: { queue: { maxWaitSeconds: 10 } } });
    expect(desk.where('c')).toBe('closed');
  });

  it('[I7] an agent who becomes able gets a parked one they have not tried, the oldest first', () => {
    const desk = office({}, 'ann');
    desk.open('a');
    desk.decline('a');
    desk.at += 1;
    desk.open('b');
    desk.decline('b');
    expect(desk.queue()).toEqual(['a', 'b']);
    desk.agent('bob', { capacity: 2 });
    expect(ofType(desk.last.events, 'offer.made').map(({ conversationId }) => conversationId)).toEqual(['a', 'b']);
  });

  it('[I12] rings at most ten times in a second, and the eleventh waits for it', () => {
    const names = Array.from({ length: 12 }, (_, i) => `agent ${10 + i}`);
    const desk = office({ reception: { maxRedirects: 0 } }, ...names);
    desk.open('c');
    for (let i = 0; i < 10; i += 1) desk.decline('c');
    expect(desk.where('c')).toBe('waiting');
    expect(desk.pass(0.999)).toEqual([]);
    expect(ofType(desk.pass(0.001), 'offer.made')).toHaveLength(1);
  });

  it('[I6] opens no second conversation for a customer of the same channel', () => {
    const desk = new Office().group('sales');
    desk.open('first', { customer: 'Mei' });
    desk.open('second', { customer: 'Mei' });
    expect(ofType(desk.last.events, 'conversation.attached')).toMatchObject([
      { conversationId: 'first', customerId: 'Mei', requestedId: 'second' },
    ]);
    desk.do('conversation.open', { conversationId: 'mail', customerId: 'Mei', groupId: 'sales', channel: 'mail' });
    expect(desk.queue()).toEqual(['first', 'mail']);
    desk.do('conversation.leave', { conversationId: 'first' });
    desk.open('third', { customer: 'Mei' });
    expect(desk.queue()).toEqual(['mail', 'third']);
  });
});
