// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { ConversationPane } from '../../renderer/workstation/chat/thread/ConversationPane';
import { agent, conversation } from './office';
import { Stage } from './stage';

const served = conversation('c1', { customerName: 'Mei', stage: 'active', agentId: 'me', groupId: 'g1' });

describe('[RO1] A conversation that has ended', () => {
  let stage: Stage;
  afterEach(() => stage.close());
  const show = (end: object, groups: { groupId: string; priority: number }[] = []) => {
    stage = new Stage(<ConversationPane />, { role: 'agent' });
    stage.tell({ name: 'agent.changed', agent: agent('me', { groups }) });
    stage.tell({ name: 'conversation.changed', conversation: served });
    stage.select('c1');
    stage.tell({ name: 'conversation.changed', conversation: { ...served, agentId: null, ...end } });
    stage.tell({ name: 'conversation.removed', conversationId: 'c1' });
  };
  const offered = () => [...document.querySelectorAll('button')].some(({ textContent }) => textContent === 'Reopen');

  it('is reopened by whoever had it, and is theirs again', async () => {
    show({ stage: 'closed', lastAgentId: 'me' });
    stage.press('Reopen');
    expect(stage.sent('conversation.reopen')).toMatchObject({ conversationId: 'c1' });
    await stage.answer('conversation.reopen', { type: 'ack', seq: 12 });
    stage.tell({ name: 'conversation.changed', conversation: served });
    expect(offered()).toBe(false);
    expect(stage.has('Close the conversation')).toBe(true);
  });

  it('is offered to members of its group, and to nobody else; nor is one that only left the desk', () => {
    show({ stage: 'closed', lastAgentId: 'ben' }, [{ groupId: 'g1', priority: 1 }]);
    expect(offered()).toBe(true);
    stage.close();
    show({ stage: 'closed', lastAgentId: 'ben' });
    expect(offered()).toBe(false);
    stage.close();
    show({ stage: 'active', lastAgentId: 'me' }, [{ groupId: 'g1', priority: 1 }]);
    expect(offered()).toBe(false);
  });
});
