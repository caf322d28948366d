import { describe, expect, it } from 'vitest';
import {
  type Command,
  defaultSettings,
  inspect,
  type SettingsPatch,
  settingRanges,
  settingsProblem,
  settingsSchema,
} from '../../shared/routing';
import { Office, office, ofType } from '../support/routing';

describe('settings', () => {
  it('[SE1] an offer keeps the time it was made with', () => {
    const desk = office({ reception: { redirect: { enabled: true, afterSeconds: 30 } } }, 'ann');
    desk.open('c');
    desk.do('settings.update', { settings: { reception: { redirect: { enabled: false, afterSeconds: 600 } } } });
    desk.pass(29.999);
    expect(desk.where('c')).toBe('rings ann');
    desk.pass(0.001);
    expect(desk.where('c')).toBe('waiting');
    desk.pass(10);
    expect(desk.conversation('c').deadline).toBeNull();
  });

  it('[SE1] and a ringing one made without a limit stays without', () => {
    const desk = office({}, 'ann');
    desk.open('c');
    desk.do('settings.update', { settings: { reception: { redirect: { enabled: true, afterSeconds: 10 } } } });
    desk.pass(60);
    expect(desk.where('c')).toBe('rings ann');
  });

  it('[SE1] so does its short break', () => {
    const desk = office({ reception: { shortBreak: { enabled: true, afterSeconds: 30, misses: 1 } } }, 'ann');
    desk.open('c');
    desk.do('settings.update', { settings: { reception: { shortBreak: { enabled: false, misses: 5 } } } });
    desk.pass(30);
    expect(desk.agentView('ann').status).toBe('shortBreak');
  });

  it('[SE1] everything else follows at once: pauses, graces, the order of agents', () => {
    const desk = office(
      { reception: { redirect: { enabled: true, afterSeconds: 10 }, roundPauseSeconds: 600 } },
      'ann',
    );
    desk.open('c');
    desk.pass(15);
    desk.do('settings.update', { settings: { reception: { roundPauseSeconds: 5 } } });
    expect(desk.where('c')).toBe('rings ann');
    desk.accept('c');
    desk.do('agent.disconnect', { agentId: 'ann' });
    desk.pass(10);
    desk.do('settings.update', { settings: { presence: { conversationGraceSeconds: 10 } } });
    expect(desk.where('c')).toBe('waiting');
  });

  it('[SE1] a group may have its own', () => {
    const desk = new Office().group('sales', { reception: { automatic: true } }).group('help');
    desk.agent('ann', { groups: { sales: 1, help: 1 }, capacity: 2 });
    desk.open('s');
    desk.open('h', { group: 'help' });
    expect([desk.where('s'), desk.where('h')]).toEqual(['with ann', 'rings ann']);
    desk.do('settings.update', { settings: { reception: { automatic: true } } });
    desk.do('group.put', { groupId: 'sales', name: 'Sales', settings: {} });
    expect(desk.state.groups.get('sales')?.settings.reception.automatic).toBe(true);
  });

  it('[SE1] but not for presence', () => {
    const desk = new Office();
    const settings = { presence: { offerGraceSeconds: 1 } } as SettingsPatch;
    const { refusal } = desk.do('group.put', { groupId: 'sales', name: 'Sales', settings });
    expect(refusal).toMatchObject({ code: 'settingInvalid', field: 'presence' });
    expect(inspect(desk.state).groups).toEqual({});
  });

  it('[SE1] a renamed group keeps its own', () => {
    const desk = new Office().group('sales', { wrapUpSeconds: 9 });
    desk.do('group.put', { groupId: 'sales', name: 'Other' });
    expect(inspect(desk.state).groups.sales).toMatchObject({ name: 'Other', settings: { wrapUpSeconds: 9 } });
  });

  it.each([
    [{ reception: { redirect: { afterSeconds: 9 } } }, 'reception.redirect.afterSeconds'],
    [{ reception: { redirect: { afterSeconds: 601 } } }, 'reception.redirect.afterSeconds'],
    [{ reception: { redirect: { afterSeconds: 30.5 } } }, 'reception.redirect.afterSeconds'],
    [{ reception: { shortBreak: { misses: 0 } } }, 'reception.shortBreak.misses'],
    [{ reception: { shortBreak: { misses: 11 } } }, 'reception.shortBreak.misses'],
    [{ reception: { shortBreak: { afterSeconds: '30' } } }, 'reception.shortBreak.afterSeconds'],
    [{ routing: { agentPriority: 1 } }, 'routing.agentPriority'],
    [{ queue: { afterMaxWait: 'explode' } }, 'queue.afterMaxWait'],
    [{ wrapUpSeconds: Number.NaN }, 'wrapUpSeconds'],
    [{ routing: { agentPriorities: true } }, 'routing.agentPriorities'],
    [{ shiny: true }, 'shiny'],
    [{ reception: null }, 'reception'],
    [null, 'settings'],
    ['all', 'settings'],
  ])('[SE2] refuses %j, naming the field and the reason', (bad, field) => {
    const desk = office({});
    const good = { routing: { lastReceptionist: true } };
    const settings = typeof bad === 'object' && bad !== null ? { ...good, ...bad } : bad;
    const before = JSON.stringify(inspect(desk.state));
    const { events, refusal } = desk.do('settings.update', { settings: settings as SettingsPatch });
    expect(events).toEqual([]);
    expect(refusal).toMatchObject({ code: 'settingInvalid', field });
    expect(refusal?.message.length).toBeGreaterThan(field.length);
    expect(JSON.stringify(inspect(desk.state))).toBe(before);
  });

  it('[SE2] accepts both ends of every range, and the defaults', () => {
    expect(settingsSchema.safeParse(defaultSettings()).success).toBe(true);
    for (const [path, field] of Object.entries(settingRanges)) {
      if (field.kind !== 'number') continue;
      const patch = (value: number) =>
        path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as SettingsPatch;
      for (const value of [field.min, field.max, field.default]) expect(settingsProblem(patch(value))).toBeNull();
      for (const value of [field.min - 1, field.max + 1]) expect(settingsProblem(patch(value))?.field).toBe(path);
    }
  });

  it('[SE2] has the defaults that are promised', () => {
    expect(defaultSettings()).toMatchObject({
      routing: {
        agentPriority: false,
        lastReceptionist: false,
        lastReceptionistDays: 30,
        lastReceptionistHoldSeconds: 0,
        priorityHoldSeconds: 0,
        agentsMayClaim: true,
        claimBeyondCapacity: false,
        transferBeyondCapacity: false,
      },
      reception: {
        automatic: false,
        agentMayChoose: false,
        redirect: { enabled: false, afterSeconds: 30 },
        shortBreak: { enabled: false, afterSeconds: 30, misses: 1, endAfterSeconds: 0 },
        maxRedirects: 5,
        roundPauseSeconds: 10,
      },
      presence: { offerGraceSeconds: 5, conversationGraceSeconds: 60 },
      queue: { maxWaitSeconds: 0, afterMaxWait: 'leaveMessage' },
      wrapUpSeconds: 0,
      customerSilenceSeconds: 0,
    });
  });

  it('[SE2] an object that was handed in or out is not the state', () => {
    const desk = office({});
    const settings = { reception: { redirect: { afterSeconds: 40 } } };
    desk.do('settings.update', { settings });
    settings.reception.redirect.afterSeconds = 1;
    const view = inspect(desk.state).settings;
    view.reception.redirect.afterSeconds = 2;
    expect(inspect(desk.state).settings.reception.redirect.afterSeconds).toBe(40);
  });
});

describe('what cannot be done', () => {
  const at = 0;
  it.each([
    [{ type: 'agent.connect', agentId: 'x' }, 'unknownAgent'],
    [{ type: 'agent.disconnect', agentId: 'x' }, 'unknownAgent'],
    [{ type: 'agent.status', agentId: 'x', status: 'online' }, 'unknownAgent'],
    [{ type: 'agent.reception', agentId: 'x', automatic: true }, 'unknownAgent'],
    [{ type: 'agent.remove', agentId: 'x' }, 'unknownAgent'],
    [
      { type: 'agent.put', agentId: 'x', name: 'x', capacity: 1, groups: [{ groupId: 'x', priority: 1 }] },
      'unknownGroup',
    ],
    [{ type: 'group.remove', groupId: 'x' }, 'unknownGroup'],
    [{ type: 'group.remove', groupId: 'sales', moveTo: 'x' }, 'unknownGroup'],
    [{ type: 'group.remove', groupId: 'sales', moveTo: 'sales' }, 'unknownGroup'],
    [{ type: 'group.open', groupId: 'x', open: true }, 'unknownGroup'],
    [{ type: 'conversation.open', conversationId: 'n', customerId: 'n', groupId: 'x' }, 'unknownGroup'],
    [{ type: 'conversation.open', conversationId: 'c', customerId: 'other', groupId: 'sales' }, 'conversationExists'],
    [{ type: 'conversation.leave', conversationId: 'x' }, 'unknownConversation'],
    [{ type: 'conversation.close', conversationId: 'x', by: 'system' }, 'unknownConversation'],
    [{ type: 'conversation.close', conversationId: 'c', by: 'agent', agentId: 'x' }, 'unknownAgent'],
    [{ type: 'conversation.ack', agentId: 'ann', conversationId: 'x' }, 'unknownConversation'],
    [{ type: 'conversation.claim', agentId: 'x', conversationId: 'c' }, 'unknownAgent'],
    [{ type: 'conversation.claim', agentId: 'ann', conversationId: 'x' }, 'unknownConversation'],
    [
      { type: 'conversation.transfer', agentId: 'ann', conversationId: 'x', to: { groupId: 'sales' } },
      'unknownConversation',
    ],
    [{ type: 'message.sent', conversationId: 'x', from: 'customer' }, 'unknownConversation'],
    [{ type: 'message.sent', conversationId: 'c', from: 'agent', agentId: 'ann' }, 'notYours'],
    [{ type: 'offer.accept', agentId: 'ann', offerId: 'x' }, 'unknownOffer'],
    [{ type: 'offer.decline', agentId: 'ann', offerId: 'x' }, 'unknownOffer'],
    [{ type: 'wrapUp.done', agentId: 'ann', conversationId: 'x' }, 'unknownWrapUp'],
    [{ type: 'make.coffee' }, 'commandUnknown'],
    [{ type: 'constructor' }, 'commandUnknown'],
    [{}, 'commandUnknown'],
    [{ type: 7 }, 'commandUnknown'],
    [{ type: 'agent.put', agentId: '', name: 'x', capacity: 1, groups: [] }, 'commandInvalid'],
    [{ type: 'agent.put', agentId: 'x', name: 'x', capacity: -1, groups: [] }, 'commandInvalid'],
    [
      { type: 'agent.put', agentId: 'x', name: 'x', capacity: 1, groups: [{ groupId: 'sales', priority: 0 }] },
      'commandInvalid',
    ],
    [{ type: 'agent.put', agentId: 'x', name: 'x', capacity: 1, groups: 'sales' }, 'commandInvalid'],
    [{ type: 'agent.status', agentId: 'ann', status: 'asleep' }, 'commandInvalid'],
    [{ type: 'conversation.transfer', agentId: 'ann', conversationId: 'c', to: {} }, 'commandInvalid'],
    [{ type: 'conversation.transfer', agentId: 'ann', conversationId: 'c', to: null }, 'commandInvalid'],
    [{ type: 'tick', sleptMs: -1 }, 'commandInvalid'],
  ])('[SE3] %j is refused as %s and changes nothing', (fields, code) => {
    const desk = office({}).agent('ann', { status: 'busy' });
    desk.open('c');
    const before = JSON.stringify(inspect(desk.state));
    const { events, refusal } = desk.send({ at: desk.at + at, ...fields } as unknown as Command);
    expect(events).toEqual([]);
    expect(refusal?.code).toBe(code);
    expect(refusal?.message).toBeTruthy();
    expect(JSON.stringify(inspect(desk.state))).toBe(before);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '5', null, undefined])('[SE3] a time of %s is refused', (time) => {
    const desk = office({});
    const { refusal, events } = desk.send({ type: 'tick', at: time } as unknown as Command);
    expect({ code: refusal?.code, field: refusal?.field, events }).toEqual({
      code: 'commandInvalid',
      field: 'at',
      events: [],
    });
  });

  it('[SE3] no id is special', () => {
    const desk = new Office().group('__proto__');
    desk.agent('constructor', { groups: { ['__proto__']: 1 } as Record<string, number> });
    desk.do('agent.put', {
      agentId: 'toString',
      name: 'x',
      capacity: 1,
      groups: [{ groupId: '__proto__', priority: 1 }],
    });
    desk.open('hasOwnProperty', { group: '__proto__' });
    expect(desk.where('hasOwnProperty')).toBe('rings constructor');
  });

  it('[SE3] a group with open conversations goes only with a place for them', () => {
    const desk = office({}, 'ann').group('help');
    desk.open('active');
    desk.accept('active');
    desk.open('waits');
    const { refusal } = desk.do('group.remove', { groupId: 'sales' });
    expect(refusal).toMatchObject({ code: 'groupNotEmpty', now: { openConversations: 2 } });
    desk.do('group.remove', { groupId: 'sales', moveTo: 'help' });
    expect([desk.conversation('active').groupId, desk.conversation('waits').groupId]).toEqual(['help', 'help']);
    expect(desk.where('active')).toBe('with ann');
    expect(desk.agentView('ann').groups).toEqual([]);
    expect(inspect(desk.state).groups.sales).toBeUndefined();
  });

  it('[SE3] what rings from a removed group is withdrawn and waits in the other', () => {
    const desk = office({}, 'ann').group('help');
    desk.open('c');
    const { events } = desk.do('group.remove', { groupId: 'sales', moveTo: 'help' });
    expect(ofType(events, 'offer.ended')).toMatchObject([{ outcome: 'withdrawn', miss: false }]);
    expect(desk.where('c')).toBe('waiting');
  });

  it('[SE3] a removed agent leaves their conversations as one who is gone', () => {
    const desk = office({}).agent('ann', { capacity: 2 });
    desk.open('active', { priority: 6 });
    desk.accept('active');
    desk.open('rings');
    desk.do('agent.remove', { agentId: 'ann' });
    expect(inspect(desk.state).queue.map(({ conversationId, priority }) => [conversationId, priority])).toEqual([
      ['active', 0],
      ['rings', 5],
    ]);
    expect(inspect(desk.state).agents).toEqual({});
  });
});
