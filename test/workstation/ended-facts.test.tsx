// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CustomerPane } from '../../renderer/workstation/chat/customer/CustomerPane';
import { agent, at, conversation } from './office';
import { Stage } from './stage';

const profile = { contact: '', language: 'en' as const, firstSeenAt: at, endedCount: 0, lastEndedAt: null };
const served = conversation('c1', {
  customerName: 'Mei',
  stage: 'active',
  agentId: 'me',
  enqueuedAt: at,
  since: at + 400_000,
  firstAssignedAt: at + 65_000,
  profile,
});

describe('The facts of the conversation on screen', () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage(<CustomerPane />);
    stage.tell({ name: 'agent.changed', agent: agent('me', { name: 'Ana' }) });
    stage.tell({ name: 'conversation.changed', conversation: served });
    stage.select('c1');
  });
  afterEach(() => stage.close());
  const fact = (label: string) =>
    [...document.querySelectorAll('dt')].find(({ textContent }) => textContent === label)?.nextElementSibling
      ?.textContent ?? null;
  const end = (more: object = {}) => {
    const profileThen = { ...profile, endedCount: 1, lastEndedAt: at + 500_000 };
    const closed = { ...served, stage: 'closed', agentId: null, since: at + 500_000, closedBy: 'agent', ...more };
    stage.tell({ name: 'conversation.changed', conversation: { ...closed, profile: profileThen } });
  };

  it('say how long it waited for its first agent, also after it was handed over', () => {
    expect(fact('Waited')).toBe('1:05');
  });

  it('stand still after its end: who had it, how long it waited, and nothing counted twice', () => {
    end({ lastAgentId: 'me' });
    expect([fact('Was with'), fact('Waited'), fact('With'), fact('Before')]).toEqual(['Ana', '1:05', null, null]);
    stage.move(60_000);
    expect(fact('Waited')).toBe('1:05');
    expect(stage.text).not.toContain('nobody yet');
  });

  it('say of one that nobody had how long it waited until its end', () => {
    end({ lastAgentId: null, firstAssignedAt: null });
    expect([fact('Was with'), fact('Waited')]).toEqual(['nobody', '8:20']);
    stage.move(60_000);
    expect(fact('Waited')).toBe('8:20');
  });

  it('say nothing that goes on of one that is out of sight', () => {
    stage.tell({ name: 'conversation.changed', conversation: { ...served, stage: 'waiting', agentId: null } });
    stage.tell({ name: 'conversation.removed', conversationId: 'c1' });
    expect([fact('Waited'), fact('With'), fact('Group')]).toEqual([null, null, '']);
  });
});
