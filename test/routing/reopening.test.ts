import { describe, expect, it } from 'vitest';
import type { SettingsPatch } from '../../shared/routing';
import { exportState, importState } from '../../shared/routing';
import { type Office, office, ofType } from '../support/routing';

/** Zoe, who is never the first by id, served Mei's conversation and ended it; Ann is free too. */
function ended(settings: SettingsPatch = {}, capacity = 1): Office {
  const desk = office(settings);
  desk.agent('zoe', { capacity });
  desk.open('c', { customer: 'Mei', priority: 1 });
  desk.accept('c');
  desk.reply('c');
  desk.close('c');
  desk.agent('ann', { capacity });
  desk.at += 1_000;
  return desk;
}

const reopen = (desk: Office, agentId?: string) =>
  desk.do('conversation.reopen', { conversationId: 'c', ...(agentId === undefined ? {} : { agentId }) });

describe('taking up what has ended', () => {
  it('[RO1] gives it to whoever wrote last, with last receptionist off, under its id and as new', () => {
    const desk = ended();
    const { events } = reopen(desk);
    expect(desk.where('c')).toBe('rings zoe');
    expect(ofType(events, 'conversation.queued')).toMatchObject([
      { reason: 'reopened', customerId: 'Mei', priority: 5, enqueuedAt: desk.at, seq: 2 },
    ]);
    expect(ofType(events, 'offer.made')).toMatchObject([{ why: { rule: 'LR2', runnerUp: 'ann' } }]);
    desk.accept('c');
    expect(desk.where('c')).toBe('with zoe');
  });

  it('[RO1] prefers nobody any more once they have declined it, are full or gone, or somebody has had it', () => {
    const declined = ended();
    reopen(declined);
    declined.decline('c');
    expect(declined.where('c')).toBe('rings ann');
    const full = ended();
    full.open('other', { customer: 'Li' });
    full.accept('other');
    full.open('fills zoe');
    reopen(full);
    expect(full.where('c')).toBe('waiting');
    const gone = ended();
    gone.status('zoe', 'busy');
    reopen(gone);
    expect(gone.where('c')).toBe('rings ann');
    gone.accept('c');
    gone.status('zoe', 'online');
    gone.agent('bob');
    gone.do('conversation.transfer', { agentId: 'ann', conversationId: 'c', to: { groupId: 'sales' } });
    expect(gone.where('c')).toBe('rings bob');
  });

  it('[RO1] holds for the customer until reopenMinutes are over, and not with 0', () => {
    const late = ended();
    late.at += 599_000;
    expect(reopen(late).refusal).toMatchObject({ code: 'conversationClosed', now: { closedBy: 'agent' } });
    const inTime = ended();
    inTime.at += 598_999;
    expect(reopen(inTime).refusal).toBeNull();
    expect(reopen(ended({ reopenMinutes: 0 })).refusal?.code).toBe('conversationClosed');
  });

  it('[RO1] is refused while the customer has one open, the group is closed or gone, or nothing is known of it', () => {
    const other = ended();
    other.open('newer', { customer: 'Mei' });
    expect(reopen(other).refusal).toMatchObject({ code: 'conversationExists', now: { conversationId: 'newer' } });
    const closed = ended();
    closed.do('group.open', { groupId: 'sales', open: false });
    expect(reopen(closed).refusal?.code).toBe('groupClosed');
    const gone = ended();
    gone.do('group.remove', { groupId: 'sales' });
    expect(reopen(gone).refusal?.code).toBe('unknownGroup');
    const twice = ended();
    reopen(twice);
    expect(reopen(twice).refusal).toMatchObject({ code: 'conversationExists', now: { stage: 'offered' } });
    expect(twice.do('conversation.reopen', { conversationId: 'x' }).refusal?.code).toBe('unknownConversation');
  });

  it('[RO1] ends a second time, and is taken up again from then on', () => {
    const desk = ended();
    reopen(desk);
    desk.do('conversation.leave', { conversationId: 'c' });
    desk.at += 599_000;
    expect(reopen(desk).refusal).toBeNull();
  });

  it('[RO1] keeps whom it prefers in a snapshot', () => {
    const desk = ended({ routing: { lastReceptionistHoldSeconds: 60 } });
    desk.open('fills zoe', { customer: 'Mei' });
    desk.do('conversation.claim', { agentId: 'zoe', conversationId: 'fills zoe', force: true });
    desk.do('conversation.leave', { conversationId: 'fills zoe' });
    desk.open('again', { customer: 'Li' });
    desk.do('conversation.claim', { agentId: 'zoe', conversationId: 'again', force: true });
    reopen(desk);
    expect(desk.where('c')).toBe('waiting');
    desk.state = importState(JSON.parse(JSON.stringify(exportState(desk.state))));
    desk.do('conversation.close', { conversationId: 'again', by: 'agent' });
    expect(desk.where('c')).toBe('rings zoe');
  });

  it('[RO1] by an agent, at any time: theirs at once, in the slot of its own wrap-up', () => {
    const desk = ended({ wrapUpSeconds: 3_600, reopenMinutes: 0 });
    expect(desk.agentView('zoe').wrapUps).toEqual(['c']);
    expect(reopen(desk, 'zoe').refusal).toBeNull();
    expect(desk.where('c')).toBe('with zoe');
    expect(desk.agentView('zoe')).toMatchObject({ load: 1, wrapUps: [] });
    desk.close('c');
    desk.agent('zoe', { groups: {} });
    desk.agent('eve', { groups: {} });
    desk.do('group.open', { groupId: 'sales', open: false });
    expect(reopen(desk, 'eve').refusal?.code).toBe('notAMember');
    expect(reopen(desk, 'nobody').refusal?.code).toBe('unknownAgent');
    expect(reopen(desk, 'zoe').refusal).toBeNull();
  });
});

describe('beginning one', () => {
  const begin = (desk: Office, agentId: string, conversationId = 'b') =>
    desk.do('conversation.open', { conversationId, customerId: 'Mei', groupId: 'sales', agentId });

  it('[TR5] gives it to the agent at once, whatever their status and while the group is closed', () => {
    const desk = office({}, 'ann', 'zoe');
    desk.status('zoe', 'busy');
    desk.do('group.open', { groupId: 'sales', open: false });
    const { events } = begin(desk, 'zoe');
    expect(desk.where('b')).toBe('with zoe');
    expect(ofType(events, 'offer.made')).toEqual([]);
    expect(begin(desk, 'ann', 'b2').refusal).toMatchObject({ code: 'conversationExists', now: { agentId: 'zoe' } });
  });

  it('[TR5] [CP2] is for members with a workstation and room', () => {
    const desk = office({}, 'ann').agent('zoe', { connected: false }).agent('eve', { groups: {} });
    expect(begin(desk, 'zoe').refusal?.code).toBe('agentDisconnected');
    expect(begin(desk, 'eve').refusal?.code).toBe('notAMember');
    desk.open('other', { customer: 'Li' });
    expect(begin(desk, 'ann').refusal?.code).toBe('agentFull');
    desk.do('settings.update', { settings: { routing: { claimBeyondCapacity: true } } });
    expect(begin(desk, 'ann').refusal).toBeNull();
  });
});
