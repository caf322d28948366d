// @vitest-environment happy-dom
import { useEffect, useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { ChatPage } from '../../renderer/workstation/chat/ChatPage';
import { useSession, useWanted } from '../../renderer/workstation/session/session-context';
import { agent, conversation, group, message } from './office';
import { Stage } from './stage';

let stage: Stage;
afterEach(() => stage.close());

/** The chats, which another page covers when asked, and the count beside them. */
function Desk() {
  const [covered, setCovered] = useState(false);
  const wanted = useWanted();
  const session = useSession();
  useEffect(() => session.select('c1'), [session]);
  return (
    <>
      <output aria-label="wanted">{wanted}</output>
      <button type="button" aria-label="cover" onClick={() => setCovered(!covered)} />
      {covered ? null : <ChatPage />}
    </>
  );
}

const wanted = () => stage.named('wanted').textContent;

it('counts the conversations whose customers wrote while another page, or another conversation, was open', () => {
  stage = new Stage(<Desk />);
  const mine = { stage: 'active', agentId: 'me' } as const;
  stage.tell(
    { name: 'group.changed', group: group('g1') },
    { name: 'agent.changed', agent: agent('me') },
    { name: 'conversation.changed', conversation: conversation('c1', mine) },
    { name: 'conversation.changed', conversation: conversation('c2', mine) },
    { name: 'conversation.history', conversationId: 'c1', messages: [message('m0')], earlier: false },
  );
  stage.transport.line.receive({ type: 'caughtUp', seq: 15 });
  stage.tell({ name: 'message.added', message: message('m1') });
  expect(wanted()).toBe('0');
  stage.tell({ name: 'message.added', message: message('m2', { conversationId: 'c2' }) });
  expect(wanted()).toBe('1');
  stage.press('cover');
  stage.tell({ name: 'message.added', message: message('m3') });
  expect(wanted()).toBe('2');
  stage.press('cover');
  expect(wanted()).toBe('1');
  stage.select('c2');
  expect(wanted()).toBe('0');
});
