// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CustomerPane } from '../../renderer/workstation/chat/customer/CustomerPane';
import { agent, conversation } from './office';
import { Stage } from './stage';

describe('A customer’s rating', () => {
  let stage: Stage;
  const served = conversation('c1', { customerName: 'Mei', stage: 'active', agentId: 'me' });
  beforeEach(() => {
    stage = new Stage(<CustomerPane />);
    stage.tell({ name: 'agent.changed', agent: agent('me', { name: 'Ana' }) });
    stage.tell({ name: 'conversation.changed', conversation: served });
    stage.select('c1');
    stage.tell({ name: 'conversation.changed', conversation: { ...served, stage: 'closed', agentId: null } });
    stage.tell({ name: 'conversation.removed', conversationId: 'c1' });
  });
  afterEach(() => stage.close());
  const rated = (conversationId: string, score: number, comment: string) =>
    stage.tell({ name: 'conversation.rated', conversationId, rating: { score, comment, at: 0 } });
  const stars = () => document.querySelector('[role=img][aria-label*=" stars"]')?.getAttribute('aria-label') ?? null;

  it('is among the facts of what has ended, as it was said last', () => {
    expect(stars()).toBeNull();
    rated('c1', 2, 'Too slow');
    expect([stars(), stage.text.includes('Too slow')]).toEqual(['2 of 5 stars', true]);
    rated('c1', 5, '');
    expect([stars(), stage.text.includes('Too slow')]).toEqual(['5 of 5 stars', false]);
  });

  it('of another conversation changes nothing here', () => {
    rated('c2', 1, 'not mine');
    expect(stars()).toBeNull();
  });
});
