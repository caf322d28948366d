import { describe, expect, it } from 'vitest';
import { inspect } from '../../shared/routing';
import { type Office, office, ofType } from '../support/routing';

const sales = [{ groupId: 'sales', priority: 1 }];

function setCapacity(desk: Office, capacity: number): void {
  desk.do('agent.put', { agentId: 'ann', name: 'ann', capacity, groups: sales });
}

describe('capacity', () => {
  it('[CP1] counts what rings, what is active, what is handed over and wrap-ups', () => {
    const desk = office({ wrapUpSeconds: 60 }).agent('ann', { capacity: 9 }).agent('bob', { status: 'busy' });
    for (const id of ['rings', 'active', 'handed', 'wrapped']) desk.open(id);
    for (const id of ['active', 'handed', 'wrapped']) desk.accept(id);
    desk.do('conversation.transfer', { agentId: 'ann', conversationId: 'handed', to: { agentId: 'bob' } });
    desk.close('wrapped');
    expect(desk.agentView('ann')).toMatchObject({ load: 4, wrapUps: ['wrapped'] });
  });

  it('[CP1] lowering takes nothing away', () => {
    const desk = office({}).agent('ann', { capacity: 3 });
    for (const id of ['1', '2', '3']) desk.open(id);
    for (const id of ['1', '2']) desk.accept(id);
    setCapacity(desk, 1);
    expect(['1', '2', '3'].map((id) => desk.where(id))).toEqual(['with ann', 'with ann', 'rings ann']);
    desk.accept('3');
    desk.close('1');
    desk.open('4');
    expect(desk.where('4')).toBe('waiting');
    desk.close('2');
    desk.close('3');
    expect(desk.where('4')).toBe('rings ann');
  });

  it('[CP1] raising assigns at once', () => {
    const desk = office({}, 'ann');
    for (const id of ['1', '2', '3']) desk.open(id);
    setCapacity(desk, 3);
    expect(desk.queue()).toEqual([]);
  });

  it('[CP1] 0 gets nothing', () => {
    const desk = office({}).agent('ann', { capacity: 0 });
    desk.open('c');
    expect(desk.where('c')).toBe('waiting');
  });

  it('[CP2] a claim beyond capacity needs the setting or force', () => {
    const claim = { agentId: 'ann', conversationId: '2' };
    const desk = office({}, 'ann');
    desk.open('1');
    desk.accept('1');
    desk.open('2');
    expect(desk.do('conversation.claim', claim).refusal?.code).toBe('agentFull');
    expect(desk.where('2')).toBe('waiting');
    expect(desk.do('conversation.claim', { ...claim, force: true }).refusal).toBeNull();
    expect(desk.agentView('ann').load).toBe(2);
    desk.do('settings.update', { settings: { routing: { claimBeyondCapacity: true } } });
    desk.open('3');
    expect(desk.do('conversation.claim', { ...claim, conversationId: '3' }).refusal).toBeNull();
  });

  it('[CP2] a transfer beyond capacity needs the setting or force', () => {
    const desk = office({}, 'ann', 'bob');
    desk.open('1');
    desk.open('2');
    desk.accept('1');
    desk.accept('2');
    const to = { agentId: 'ann', conversationId: '1', to: { agentId: 'bob' } };
    expect(desk.do('conversation.transfer', to).refusal?.code).toBe('agentFull');
    desk.do('settings.update', { settings: { routing: { transferBeyondCapacity: true } } });
    expect(desk.do('conversation.transfer', to).refusal).toBeNull();
    desk.decline('1');
    desk.do('settings.update', { settings: { routing: { transferBeyondCapacity: false } } });
    expect(desk.do('conversation.transfer', { ...to, force: true }).refusal).toBeNull();
    desk.accept('1');
    expect(desk.agentView('bob').load).toBe(2);
  });

  it('[WU1] uses capacity until its time is over', () => {
    const desk = office({ wrapUpSeconds: 20 }, 'ann');
    desk.open('1');
    desk.accept('1');
    desk.open('2');
    desk.close('1');
    expect(desk.where('1')).toBe('closed');
    expect(inspect(desk.state).agents.ann?.wrapUps).toEqual(['1']);
    desk.pass(19.999);
    expect(desk.where('2')).toBe('waiting');
    desk.pass(0.001);
    expect(desk.where('2')).toBe('rings ann');
  });

  it('[WU1] can be cut short, once', () => {
    const desk = office({ wrapUpSeconds: 20 }, 'ann');
    desk.open('1');
    desk.accept('1');
    desk.open('2');
    desk.close('1');
    desk.do('wrapUp.done', { agentId: 'ann', conversationId: '1' });
    expect(desk.where('2')).toBe('rings ann');
    expect(desk.do('wrapUp.done', { agentId: 'ann', conversationId: '1' }).refusal?.code).toBe('unknownWrapUp');
  });

  it('[WU1] also when the customer leaves, and after handing over', () => {
    const desk = office({ wrapUpSeconds: 20 }).agent('ann', { capacity: 2 }).agent('bob', { status: 'busy' });
    desk.open('left');
    desk.open('handed');
    desk.accept('left');
    desk.accept('handed');
    desk.do('conversation.leave', { conversationId: 'left' });
    desk.do('conversation.transfer', { agentId: 'ann', conversationId: 'handed', to: { agentId: 'bob' } });
    expect(desk.agentView('ann').wrapUps).toEqual(['left']);
    desk.accept('handed');
    expect(desk.agentView('ann')).toMatchObject({ load: 2, wrapUps: ['left', 'handed'] });
  });

  it('[WU1] not for who only rang, and none with 0', () => {
    const desk = office({ wrapUpSeconds: 20 }, 'ann');
    desk.open('1');
    desk.do('conversation.leave', { conversationId: '1' });
    expect(desk.agentView('ann').load).toBe(0);
    desk.do('settings.update', { settings: { wrapUpSeconds: 0 } });
    desk.open('2');
    desk.accept('2');
    const { events } = desk.close('2');
    expect(ofType(events, 'wrapUp.started')).toEqual([]);
  });

  it('[I2] routing alone never goes beyond', () => {
    const desk = office({ reception: { automatic: true } }).agent('ann', { capacity: 3 });
    for (let i = 0; i < 10; i += 1) desk.open(`${i}`);
    expect(desk.agentView('ann').load).toBe(3);
  });
});
