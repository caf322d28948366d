import { describe, expect, it } from 'vitest';
import { createListSelector, holdOrder } from '../../renderer/workstation/session/selectors';
import { at, conversation, Office } from './office';

function lists(...conversations: ReturnType<typeof conversation>[]) {
  const office = new Office();
  for (const each of conversations) office.tell({ name: 'conversation.changed', conversation: each });
  return createListSelector()(office.state);
}

describe('the three lists', () => {
  it('put each conversation where it belongs', () => {
    const found = lists(
      conversation('rings', { stage: 'offered', agentId: 'me', offerId: 'o1' }),
      conversation('elsewhere', { stage: 'offered', agentId: 'li', offerId: 'o2' }),
      conversation('mine', { stage: 'active', agentId: 'me' }),
      conversation('theirs', { stage: 'active', agentId: 'li' }),
      conversation('handing over', { stage: 'offered', agentId: 'li', fromAgentId: 'me', offerId: 'o3' }),
      conversation('waits'),
    );
    expect(found.incoming).toEqual(['rings']);
    expect([...found.mine].sort()).toEqual(['handing over', 'mine']);
    expect([...found.waiting].sort()).toEqual(['elsewhere', 'waits']);
  });

  it('order mine by who has waited longest for an answer, the answered last', () => {
    const active = { stage: 'active', agentId: 'me' } as const;
    const found = lists(
      conversation('answered', { ...active, lastMessageAt: at }),
      conversation('short', { ...active, unansweredSince: at + 2_000, unanswered: 1 }),
      conversation('long', { ...active, unansweredSince: at + 1_000, unanswered: 3 }),
    );
    expect(found.mine).toEqual(['long', 'short', 'answered']);
  });

  it('order who waits as the hub gives out: flagged in sight first, then priority, then time', () => {
    const found = lists(
      conversation('late', { enqueuedAt: at + 2_000 }),
      conversation('early', { enqueuedAt: at + 1_000 }),
      conversation('b', { enqueuedAt: at + 3_000, arrival: 7 }),
      conversation('a', { enqueuedAt: at + 3_000, arrival: 8 }),
      conversation('urgent', { enqueuedAt: at + 9_000, priority: 0 }),
      conversation('flagged', { enqueuedAt: at + 9_000, flagged: true }),
    );
    expect(found.waiting).toEqual(['flagged', 'urgent', 'early', 'late', 'b', 'a']);
  });

  it('keep their identity while their order stays, so that nothing is drawn anew', () => {
    const office = new Office();
    const select = createListSelector();
    office.tell({ name: 'conversation.changed', conversation: conversation('c1') });
    const { waiting } = select(office.state);
    office.tell({ name: 'conversation.changed', conversation: conversation('c1', { unanswered: 1 }) });
    expect(select(office.state).waiting).toBe(waiting);
  });
});

describe('the order under a pointer', () => {
  it('stands still: what goes leaves, what comes is added at the end', () => {
    expect(holdOrder(['b', 'a', 'c'], ['new', 'a', 'b'])).toEqual(['b', 'a', 'new']);
  });
});
