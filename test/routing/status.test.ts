import { describe, expect, it } from 'vitest';
import { inspect } from '../../shared/routing';
import { office, ofType } from '../support/routing';

describe('status and connection', () => {
  it.each(['busy', 'shortBreak', 'offline'] as const)('[ST1] nothing is routed to an agent who is %s', (status) => {
    const desk = office({}).agent('ann', { status });
    desk.open('c');
    expect(desk.where('c')).toBe('waiting');
  });

  it('[ST1] nor to one who is not connected', () => {
    const desk = office({}).agent('ann', { connected: false });
    desk.open('c');
    expect(desk.agentView('ann').status).toBe('online');
    expect(desk.where('c')).toBe('waiting');
  });

  it('[ST1] a transfer rings at a busy agent', () => {
    const desk = office({}, 'ann').agent('bob', { status: 'busy' });
    desk.open('c');
    desk.accept('c');
    const result = desk.do('conversation.transfer', { agentId: 'ann', conversationId: 'c', to: { agentId: 'bob' } });
    expect(result.refusal).toBeNull();
    expect(desk.where('c')).toBe('rings bob');
  });

  it('[ST2] what rings returns 5 s after the workstation is gone, without a miss', () => {
    const desk = office({}, 'ann');
    desk.open('c');
    desk.do('agent.disconnect', { agentId: 'ann' });
    desk.pass(4.999);
    expect(desk.where('c')).toBe('rings ann');
    const events = desk.pass(0.001);
    expect(ofType(events, 'offer.ended')).toMatchObject([{ outcome: 'withdrawn', miss: false }]);
    expect(desk.where('c')).toBe('waiting');
  });

  it('[ST2] back within 5 s the offer still rings', () => {
    const desk = office({}, 'ann');
    desk.open('c');
    desk.do('agent.disconnect', { agentId: 'ann' });
    desk.pass(4);
    desk.do('agent.connect', { agentId: 'ann' });
    desk.pass(100);
    expect(desk.where('c')).toBe('rings ann');
  });

  it('[ST2] active ones return after the grace with priority 0 and their time, and the agent is offline', () => {
    const desk = office({}).agent('ann', { capacity: 2 });
    const arrived = desk.at;
    desk.open('1', { priority: 7 });
    desk.accept('1');
    desk.at += 500_000;
    desk.open('waiting for long', { group: 'sales', priority: 1 });
    desk.accept('waiting for long');
    desk.open('queue', { priority: 0 });
    desk.do('agent.disconnect', { agentId: 'ann' });
    desk.pass(59.999);
    expect(desk.where('1')).toBe('with ann');
    expect(desk.agentView('ann').status).toBe('online');
    const events = desk.pass(0.001);
    expect(ofType(events, 'agent.changed')).toMatchObject([
      { status: 'offline', cause: 'graceEnded', conversationIds: ['1', 'waiting for long'] },
    ]);
    expect(inspect(desk.state).queue[0]).toEqual({
      conversationId: '1',
      groupId: 'sales',
      priority: 0,
      enqueuedAt: arrived,
    });
    expect(desk.queue()).toEqual(['1', 'waiting for long', 'queue']);
  });

  it('[ST2] back in time all is as before', () => {
    const desk = office({}).agent('ann', { capacity: 2 });
    desk.open('c');
    desk.accept('c');
    desk.do('agent.disconnect', { agentId: 'ann' });
    desk.pass(59);
    desk.do('agent.connect', { agentId: 'ann' });
    desk.pass(600);
    expect(desk.agentView('ann')).toMatchObject({ status: 'online', connected: true, load: 1 });
    expect(desk.conversation('c').priority).toBe(5);
  });

  it('[ST2] a busy agent keeps that status over a short loss', () => {
    const desk = office({}, 'ann');
    desk.status('ann', 'busy');
    desk.do('agent.disconnect', { agentId: 'ann' });
    desk.pass(30);
    desk.do('agent.connect', { agentId: 'ann' });
    expect(desk.agentView('ann').status).toBe('busy');
  });

  it('[ST2] an agent who is set online while away goes offline after the grace', () => {
    const desk = office({}).agent('ann', { status: 'offline', connected: false });
    desk.pass(1_000);
    desk.status('ann', 'online', 'boss');
    desk.pass(59);
    expect(desk.agentView('ann').status).toBe('online');
    desk.pass(1);
    expect(desk.agentView('ann').status).toBe('offline');
  });

  it('[ST3] a restart sets nobody online or offline, and offers are void', () => {
    const desk = office({}, 'ann', 'bob').agent('cem', { status: 'busy' });
    desk.open('rings');
    desk.open('active');
    desk.accept('active');
    const { events } = desk.do('hub.started', {});
    expect(ofType(events, 'offer.ended')).toMatchObject([{ outcome: 'withdrawn', miss: false }]);
    const statuses = ['ann', 'bob', 'cem'].map((id) => desk.agentView(id).status);
    expect(statuses).toEqual(['online', 'online', 'busy']);
    expect(desk.where('rings')).toBe('waiting');
    expect(desk.where('active')).toBe('with bob');
    desk.do('agent.connect', { agentId: 'bob' });
    desk.pass(60);
    expect(['ann', 'bob', 'cem'].map((id) => desk.agentView(id).status)).toEqual(['offline', 'online', 'offline']);
    expect(desk.where('active')).toBe('with bob');
  });

  it('[ST3] what was void counts as tried: an untried agent gets it at once, the same one after the pause', () => {
    const desk = office({}, 'ann', 'bob');
    desk.open('c');
    expect(desk.where('c')).toBe('rings ann');
    desk.do('hub.started', {});
    desk.do('agent.connect', { agentId: 'ann' });
    expect(desk.where('c')).toBe('waiting');
    desk.do('agent.connect', { agentId: 'bob' });
    expect(desk.where('c')).toBe('rings bob');
    desk.do('hub.started', {});
    desk.do('agent.connect', { agentId: 'ann' });
    desk.pass(9.999);
    expect(desk.where('c')).toBe('waiting');
    desk.pass(0.001);
    expect(desk.where('c')).toBe('rings ann');
  });

  it('[ST3] the graces count from the start, however long the hub was away', () => {
    const desk = office({}, 'ann');
    desk.open('c');
    desk.accept('c');
    desk.do('agent.disconnect', { agentId: 'ann' });
    desk.at += 3_600_000;
    desk.do('hub.started', {});
    expect(desk.where('c')).toBe('with ann');
    desk.pass(59);
    expect(desk.where('c')).toBe('with ann');
    desk.pass(1);
    expect(desk.where('c')).toBe('waiting');
  });

  it('[ST3] the time to answer counts from the start, too', () => {
    const reception = { automatic: true, redirect: { enabled: true, afterSeconds: 20 } };
    const desk = office({ reception }, 'ann');
    desk.open('c');
    desk.do('conversation.ack', { agentId: 'ann', conversationId: 'c' });
    desk.at += 15_000;
    desk.do('hub.started', {});
    desk.do('agent.connect', { agentId: 'ann' });
    expect(ofType(desk.pass(19.999), 'conversation.returned')).toEqual([]);
    desk.pass(0.001);
    expect(desk.where('c')).toBe('waiting');
  });

  it('[ST3] nobody misses what ran out while the hub was away', () => {
    const reception = { redirect: { enabled: true }, shortBreak: { enabled: true } };
    const desk = office({ reception }, 'ann');
    desk.open('c');
    desk.at += 3_600_000;
    desk.do('hub.started', {});
    expect(desk.agentView('ann')).toMatchObject({ status: 'online', missedInARow: 0 });
  });

  it('[ST3] a transfer that rang goes back to its sender', () => {
    const desk = office({}, 'ann').agent('bob', { status: 'busy' });
    desk.open('c');
    desk.accept('c');
    desk.do('conversation.transfer', { agentId: 'ann', conversationId: 'c', to: { agentId: 'bob' } });
    desk.do('hub.started', {});
    expect(desk.where('c')).toBe('with ann');
  });

  it('[ST4] connecting alone sets nobody online', () => {
    const desk = office({}).agent('ann', { status: 'offline' });
    desk.open('c');
    expect(desk.agentView('ann').status).toBe('offline');
    expect(desk.where('c')).toBe('waiting');
  });

  it('[ST4] neither does a reconnect after the grace', () => {
    const desk = office({}, 'ann');
    desk.do('agent.disconnect', { agentId: 'ann' });
    desk.pass(60);
    desk.do('agent.connect', { agentId: 'ann' });
    desk.pass(100);
    expect(desk.agentView('ann').status).toBe('offline');
  });

  it('[ST4] a status chosen while an offer rings survives its end', () => {
    const desk = office({ reception: { shortBreak: { enabled: true } } }, 'ann', 'bob');
    desk.open('c');
    desk.accept('c');
    desk.do('conversation.transfer', { agentId: 'ann', conversationId: 'c', to: { agentId: 'bob' } });
    desk.status('bob', 'busy');
    desk.pass(30);
    expect(desk.where('c')).toBe('with ann');
    expect(desk.agentView('bob')).toMatchObject({ status: 'busy', missedInARow: 1 });
  });

  it('[ST5] a second sign-in takes over and changes nothing else', () => {
    const desk = office({}, 'ann');
    desk.open('c');
    const before = inspect(desk.state);
    const { events } = desk.do('agent.connect', { agentId: 'ann' });
    expect(ofType(events, 'agent.connected')).toMatchObject([{ takeover: true }]);
    expect(inspect(desk.state)).toEqual(before);
  });

  it('[ST5] signing off twice is once', () => {
    const desk = office({}, 'ann');
    desk.do('agent.disconnect', { agentId: 'ann' });
    expect(desk.do('agent.disconnect', { agentId: 'ann' })).toEqual({ events: [], refusal: null });
  });

  it('[HR1] a closed group takes nobody new and ends nothing', () => {
    const desk = office({}, 'ann');
    desk.open('active', { customer: 'Mei' });
    desk.accept('active');
    desk.open('waits');
    desk.do('group.open', { groupId: 'sales', open: false });
    expect(desk.open('new').refusal?.code).toBe('groupClosed');
    expect(desk.open('again', { customer: 'Mei' }).refusal).toBeNull();
    expect(desk.queue()).toEqual(['waits']);
    desk.close('active');
    expect(desk.where('waits')).toBe('rings ann');
    desk.do('group.open', { groupId: 'sales', open: true });
    expect(desk.open('new').refusal).toBeNull();
  });

  it('[HR2] nobody online: alerted within hours only, and told at arrival', () => {
    const desk = office({}, 'ann');
    expect(ofType(desk.status('ann', 'busy').events, 'group.staffed')).toMatchObject([{ staffed: false, alert: true }]);
    expect(ofType(desk.open('c').events, 'conversation.queued')).toMatchObject([{ nobodyOnline: true }]);
    expect(ofType(desk.status('ann', 'online').events, 'group.staffed')).toMatchObject([{ staffed: true }]);
    desk.do('group.open', { groupId: 'sales', open: false });
    expect(ofType(desk.status('ann', 'offline').events, 'group.staffed')).toMatchObject([{ alert: false }]);
    const opened = desk.do('group.open', { groupId: 'sales', open: true });
    expect(ofType(opened.events, 'group.staffed')).toMatchObject([{ staffed: false, alert: true }]);
  });
});
