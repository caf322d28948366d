// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { CustomerPane } from '../../renderer/workstation/chat/customer/CustomerPane';
import { useSession } from '../../renderer/workstation/session/session-context';
import type { FoundConversation } from '../../shared/protocol/history';
import { conversation, group, message } from './office';
import { Stage } from './stage';

let stage: Stage;
afterEach(() => stage?.close());

const past = (conversationId: string, preview: string): FoundConversation => ({
  ...{ conversationId, customerId: 'customer-c1', customerName: 'Mei Chen', groupId: 'g1', openedAt: 1, endedAt: 2 },
  ...{ endedBy: 'agent', agentNames: ['Ana'], preview, excerpt: null, tags: [], wrapUpCode: null },
});

let select: (conversationId: string) => void = () => undefined;
function Pane() {
  const session = useSession();
  select = (conversationId) => session.select(conversationId);
  return <CustomerPane />;
}

function open() {
  stage = new Stage(<Pane />);
  stage.tell(
    { name: 'group.changed', group: group('g1', { name: 'Support' }) },
    { name: 'conversation.changed', conversation: conversation('c1') },
    { name: 'conversation.changed', conversation: conversation('c2', { customerName: '王芳' }) },
  );
  act(() => select('c1'));
  stage.move(0);
}

const answer = (found: FoundConversation[], next: object | null = null) =>
  stage.answer('conversation.find', { type: 'ack', seq: 14, result: { found, next } });
const pressPast = (words: string) =>
  act(() => [...document.querySelectorAll('button')].find((each) => each.textContent?.includes(words))?.click());
const cursor = { asOf: 5, endedAt: 4, openedAt: 3, conversationId: '' };

describe('a customer’s past', () => {
  it('has what they wrote before, but not what is open beside it', async () => {
    open();
    expect(stage.sent('conversation.find')).toMatchObject({ text: '', customerId: 'customer-c1', after: null });
    await answer([past('c1', 'now'), past('c0', '我的发票')]);
    expect(stage.text).toContain('我的发票');
    expect(stage.text).not.toContain('now');
  });

  it('says when there is none, and looks further back only when asked', async () => {
    open();
    await answer([past('c1', 'now')], cursor);
    expect(stage.transport.line.commands().filter(({ op }) => op === 'conversation.find')).toHaveLength(1);
    stage.press('Show older ones');
    expect(stage.sent('conversation.find')).toMatchObject({ after: cursor });
    await answer([]);
    expect(stage.text).toContain('First conversation here.');
  });

  it('is read in place and left again; another customer has their own', async () => {
    open();
    await answer([past('c0', 'my order')]);
    pressPast('my order');
    expect(stage.sent('conversation.read')).toMatchObject({ conversationId: 'c0', endedAt: 2 });
    const messages = [message('m1', { text: 'It came' })];
    const result = { conversation: past('c0', 'my order'), note: null, messages, earlier: false };
    await stage.answer('conversation.read', { type: 'ack', seq: 15, result });
    expect(stage.text).toContain('It came');
    stage.press('Back to the customer');
    expect(stage.text).not.toContain('It came');
    stage.move(0);
    await answer([past('c0', 'my order')]);
    pressPast('my order');
    act(() => select('c2'));
    expect(stage.text).not.toContain('Back to the customer');
    stage.move(0);
    expect(stage.sent('conversation.find')).toMatchObject({ customerId: 'customer-c2' });
    expect(stage.text).not.toContain('my order');
  });
});
