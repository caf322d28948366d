// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest';
import { ChatPage } from '../../renderer/workstation/chat/ChatPage';
import { agent, conversation, group, message } from './office';
import { Stage } from './stage';

let stage: Stage | null = null;
afterEach(() => {
  stage?.close();
  stage = null;
});

const hebrew = /\p{Script=Hebrew}/u;

/** What a person wrote and what would turn with its direction: texts without a direction or an isolation of their own. */
function turned(): string[] {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  while (texts.nextNode()) {
    const text = texts.currentNode as Text;
    const isolatedOut = text.data.replace(/[\u2068][^\u2069]*\u2069/gu, '');
    if (hebrew.test(isolatedOut) && !text.parentElement?.closest('[dir="auto"], bdi, style')) found.push(text.data);
  }
  return found;
}

it('what was written from right to left is shown from right to left, wherever it is', () => {
  const desk = new Stage(<ChatPage />, { role: 'supervisor' });
  stage = desk;
  const said = { customerName: 'נועה', preview: 'שלום, יש לי שאלה' };
  const mine = { ...said, stage: 'active', agentId: 'me' } as const;
  desk.tell(
    { name: 'group.changed', group: group('g1', { name: 'Support' }) },
    { name: 'agent.changed', agent: agent('me', { name: 'Me', wrapUps: ['c9'] }) },
    { name: 'agent.changed', agent: agent('ana', { name: 'Ana' }) },
    { name: 'conversation.changed', conversation: conversation('c1', { ...mine, note: 'הלקוחה ממתינה' }) },
    { name: 'conversation.changed', conversation: conversation('c2', { ...mine, unansweredSince: 2, unanswered: 1 }) },
    { name: 'conversation.changed', conversation: conversation('c3', said) },
    { name: 'conversation.changed', conversation: conversation('c4', { ...mine, agentId: 'ana' }) },
    {
      name: 'conversation.changed',
      conversation: conversation('c5', { ...said, stage: 'offered', agentId: 'me', offerId: 'o1' }),
    },
    {
      name: 'leftMessage.added',
      leftMessage: {
        leftMessageId: 'l1',
        customerId: 'k1',
        customerName: 'דוד',
        contact: 'דוד, רחוב הירקון',
        groupId: 'g1',
        text: 'אנא התקשרו',
        at: 1_000_000,
      },
    },
    {
      name: 'conversation.history',
      conversationId: 'c1',
      customerId: 'customer-c1',
      messages: [message('1.1', { text: 'איפה ההזמנה שלי?' })],
      earlier: 0,
    },
  );
  desk.select('c1');
  expect(turned()).toEqual([]);
  for (const words of ['שלום, יש לי שאלה', 'איפה ההזמנה שלי?', 'הלקוחה ממתינה', 'אנא התקשרו', 'רחוב הירקון'])
    expect(desk.text).toContain(words);
  expect(document.querySelector('textarea')?.dir).toBe('auto');
});
