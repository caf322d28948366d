// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, expect, it } from 'vitest';
import { ConversationPane } from '../../renderer/workstation/chat/thread/ConversationPane';
import { agent, conversation, group, message } from './office';
import { Stage } from './stage';

let desk: Stage;
afterEach(() => desk.close());

it('addresses in a message are links that show themselves and are opened outside; nothing else is one', () => {
  desk = new Stage(<ConversationPane />, { role: 'agent' });
  const text = '看https://a.example/b，谢谢 <b>mei@a.example</b> javascript:alert(1)';
  const messages = [message('m1', { text })];
  desk.tell(
    { name: 'group.changed', group: group('g1') },
    { name: 'agent.changed', agent: agent('me') },
    { name: 'conversation.changed', conversation: conversation('c1', { stage: 'active', agentId: 'me' }) },
    { name: 'conversation.history', conversationId: 'c1', messages, earlier: false },
  );
  desk.transport.line.receive({ type: 'caughtUp', seq: 14 });
  desk.select('c1');
  expect(desk.text).toContain(text);
  const links = [...document.querySelectorAll('a')];
  expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
    ['https://a.example/b', 'https://a.example/b'],
    ['mei@a.example', 'mailto:mei@a.example'],
  ]);
  for (const link of links) {
    const click = new MouseEvent('click', { bubbles: true, cancelable: true });
    act(() => void link.dispatchEvent(click));
    expect(click.defaultPrevented).toBe(true);
  }
  expect(desk.opened).toEqual(['https://a.example/b', 'mailto:mei@a.example']);
});
