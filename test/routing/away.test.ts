import { describe, expect, it } from 'vitest';
import type { SettingsPatch } from '../../shared/routing';
import { exportState, importState, inspect } from '../../shared/routing';
import { Office, ofType } from '../support/routing';

/** Ann serves one of the two she can have, and another rings at her. */
function serving(settings: SettingsPatch = {}): Office {
  const desk = new Office(settings).group('sales').agent('ann', { capacity: 3 });
  desk.open('one');
  desk.accept('one');
  desk.open('two');
  return desk;
}

const idle = (desk: Office) => desk.do('agent.idle', { agentId: 'ann' });
const after = (desk: Office, status: 'busy' | 'shortBreak' | 'offline' | null, reason?: string) =>
  desk.do('agent.afterThis', { agentId: 'ann', status, ...(reason === undefined ? {} : { reason }) });

describe('away from the machine', () => {
  it('[ID1] is a short break with its own cause: what rings goes back without a miss, what is active stays', () => {
    const desk = serving({ presence: { awayAfterMinutes: 5 } });
    expect(ofType(idle(desk).events, 'agent.changed')).toMatchObject([{ status: 'shortBreak', cause: 'idle' }]);
    expect([desk.where('one'), desk.where('two')]).toEqual(['with ann', 'waiting']);
    expect(desk.agentView('ann').missedInARow).toBe(0);
  });

  it('[ID1] ends by an act alone', () => {
    const desk = serving({
      presence: { awayAfterMinutes: 5 },
      reception: { shortBreak: { enabled: true, endAfterSeconds: 10 } },
    });
    idle(desk);
    desk.pass(3_600);
    expect(desk.agentView('ann').status).toBe('shortBreak');
    desk.status('ann', 'online');
    expect(desk.where('two')).toBe('rings ann');
  });

  it('[ID1] is nothing while it is off, and of an agent who is not online', () => {
    const off = serving();
    expect(idle(off).events).toEqual([]);
    const busy = serving({ presence: { awayAfterMinutes: 5 } });
    busy.status('ann', 'busy');
    expect(idle(busy).events).toEqual([]);
    expect(idle(busy).refusal).toBeNull();
  });
});

describe('a status after this', () => {
  it('[ID2] is taken when the last conversation has ended, and nothing more is routed until then', () => {
    const desk = serving();
    after(desk, 'shortBreak', 'lunch');
    expect(desk.agentView('ann')).toMatchObject({
      status: 'online',
      afterThis: { status: 'shortBreak', reason: 'lunch' },
    });
    desk.open('three');
    expect([desk.where('two'), desk.where('three')]).toEqual(['rings ann', 'waiting']);
    desk.accept('two');
    desk.close('one');
    expect(desk.agentView('ann').status).toBe('online');
    const { events } = desk.close('two');
    expect(ofType(events, 'agent.changed')).toMatchObject([{ status: 'shortBreak', cause: 'self', reason: 'lunch' }]);
    expect(desk.agentView('ann')).toMatchObject({ status: 'shortBreak', reason: 'lunch' });
    expect(desk.agentView('ann').afterThis).toBeUndefined();
    expect(desk.where('three')).toBe('waiting');
  });

  it('[ID2] is taken at once with nothing to end, and waits for a transfer that may come back', () => {
    const free = new Office().group('sales').agent('ann');
    expect(ofType(after(free, 'busy').events, 'agent.changed')).toMatchObject([{ status: 'busy' }]);
    const desk = serving().agent('ben', { status: 'busy' });
    desk.decline('two');
    after(desk, 'offline');
    desk.do('conversation.transfer', { agentId: 'ann', conversationId: 'one', to: { agentId: 'ben' } });
    expect(desk.agentView('ann').status).toBe('online');
    desk.accept('one');
    expect(desk.agentView('ann').status).toBe('offline');
  });

  it('[ID2] is dropped by null, by choosing the present status, and by any other change', () => {
    for (const drop of [
      (desk: Office) => after(desk, null),
      (desk: Office) => desk.status('ann', 'online'),
      (desk: Office) => desk.status('ann', 'busy'),
    ]) {
      const desk = serving();
      after(desk, 'shortBreak');
      drop(desk);
      expect(desk.agentView('ann').afterThis).toBeUndefined();
      desk.close('one');
      expect(desk.agentView('ann').status).not.toBe('shortBreak');
    }
  });

  it('[ID2] outlives a restart', () => {
    const desk = serving();
    after(desk, 'shortBreak', 'lunch');
    const restored = importState(JSON.parse(JSON.stringify(exportState(desk.state))));
    expect(inspect(restored)).toEqual(inspect(desk.state));
    expect(restored.leaving.size).toBe(1);
  });
});

describe('the reason of a status', () => {
  it('[ID3] goes with the status, and another one is a change', () => {
    const desk = serving();
    desk.do('agent.status', { agentId: 'ann', status: 'shortBreak', reason: 'lunch' });
    expect(desk.agentView('ann').reason).toBe('lunch');
    desk.do('agent.status', { agentId: 'ann', status: 'shortBreak', reason: 'a meeting' });
    expect(desk.agentView('ann').reason).toBe('a meeting');
    desk.status('ann', 'online');
    expect(desk.agentView('ann').reason).toBeUndefined();
  });
});
