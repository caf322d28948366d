// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest';
import { WrapUps } from '../../renderer/workstation/chat/list/WrapUps';
import { agent, conversation } from './office';
import { Stage } from './stage';

let stage: Stage;
afterEach(() => stage.close());

it('what is being wrapped up gets a note, which is sent once and kept until the hub has it', async () => {
  stage = new Stage(<WrapUps />, { role: 'agent' });
  const served = conversation('c1', { customerName: 'Mei', stage: 'active', agentId: 'me' });
  stage.tell(
    { name: 'agent.changed', agent: agent('me') },
    { name: 'conversation.changed', conversation: served },
    { name: 'conversation.changed', conversation: { ...served, stage: 'closed', agentId: null } },
    { name: 'agent.changed', agent: agent('me', { wrapUps: ['c1'] }) },
  );
  stage.type('Note on the conversation with Mei', ' Sent a refund ');
  stage.press('Add');
  expect(stage.sent('note.add')).toMatchObject({ conversationId: 'c1', text: 'Sent a refund' });
  await stage.answer('note.add', { type: 'ack', seq: 20 });
  expect(stage.named<HTMLInputElement>('Note on the conversation with Mei').value).toBe('');
});
