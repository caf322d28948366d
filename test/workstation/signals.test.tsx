// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Composer } from '../../renderer/workstation/chat/composer/Composer';
import { MineRow } from '../../renderer/workstation/chat/list/MineRow';
import { MessageList } from '../../renderer/workstation/chat/thread/MessageList';
import { useOffice } from '../../renderer/workstation/session/session-context';
import { agent, conversation, message } from './office';
import { Stage } from './stage';

const served = conversation('c1', { customerName: 'Mei', stage: 'active', agentId: 'me' });
const mine = (text: string) =>
  message(text, { messageId: text, text, from: { kind: 'agent', agentId: 'me', name: 'Li' } });

/** The messages as the desk has the conversation. */
function Desk() {
  const conversation = useOffice((state) => state.conversations.get('c1'));
  return conversation ? <MessageList conversation={conversation} /> : null;
}

describe('Signals at the desk', () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage(
      <>
        <MineRow conversationId="c1" />
        <Desk />
        <Composer conversationId="c1" customerName="Mei" kinds={['reply', 'note']} />
      </>,
    );
    stage.tell(
      { name: 'agent.changed', agent: agent('me') },
      { name: 'conversation.changed', conversation: served },
      { name: 'conversation.history', conversationId: 'c1', messages: [mine('One')], earlier: false },
    );
  });
  afterEach(() => stage.close());

  const text = () => document.body.textContent ?? '';
  const signals = (type: string) => stage.transport.line.sent.filter((frame) => frame.type === type);

  it('show a customer who types, in the list and below their words, until those come or nothing does', () => {
    stage.hear({ type: 'typing', conversationId: 'c1', on: true });
    expect(text()).toContain('Mei is typing …');
    expect(document.querySelector('button')?.textContent).toContain('typing …');
    stage.tell({
      name: 'message.added',
      message: message('Here', { text: 'Here', from: { kind: 'customer' } }),
    });
    expect(text()).not.toContain('typing …');
    stage.hear({ type: 'typing', conversationId: 'c1', on: true });
    stage.move(6_000);
    expect(text()).not.toContain('typing …');
    stage.hear({ type: 'typing', conversationId: 'c1', on: true });
    stage.tell({ name: 'conversation.removed', conversationId: 'c1' });
    stage.tell({ name: 'conversation.changed', conversation: served });
    expect(text()).not.toContain('typing …');
  });

  it('tell of a reply that is typed, never of a note', () => {
    stage.type('Reply to Mei', 'On its w');
    stage.type('Reply to Mei', 'On its way');
    expect(signals('typing')).toEqual([{ type: 'typing', conversationId: 'c1', on: true }]);
    stage.type('Reply to Mei', '');
    expect(signals('typing').at(-1)).toEqual({ type: 'typing', conversationId: 'c1', on: false });
    stage.press('Note');
    stage.type('Note about Mei', 'Wants a refund');
    expect(signals('typing')).toHaveLength(2);
  });

  it('tell what has been read once, and show it below the last reply', () => {
    expect(signals('seen')).toEqual([{ type: 'seen', conversationId: 'c1', messageId: 'One' }]);
    expect(text()).not.toContain('· Read');
    stage.lookAgain();
    expect(signals('seen')).toHaveLength(1);
    stage.tell({ name: 'conversation.changed', conversation: { ...served, seenByCustomer: 'One' } });
    expect(text()).toContain('· Read');
    stage.tell({ name: 'message.added', message: mine('Two') });
    expect(text()).not.toContain('· Read');
    expect(signals('seen').map(({ messageId }) => messageId)).toEqual(['One', 'Two']);
  });

  it('tell what has been read anew on a new line: the hub does not store it', () => {
    stage.drop();
    stage.comeBack();
    stage.tell(
      { name: 'agent.changed', agent: agent('me') },
      { name: 'conversation.changed', conversation: served },
      { name: 'conversation.history', conversationId: 'c1', messages: [mine('One')], earlier: false },
    );
    expect(signals('seen')).toEqual([{ type: 'seen', conversationId: 'c1', messageId: 'One' }]);
  });
});
