// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Composer } from '../../renderer/workstation/chat/composer/Composer';
import { MineRow } from '../../renderer/workstation/chat/list/MineRow';
import { CloseButton } from '../../renderer/workstation/chat/thread/CloseButton';
import { undoMs } from '../../renderer/workstation/session/closings';
import type { Session } from '../../renderer/workstation/session/session';
import { useOffice, useSession } from '../../renderer/workstation/session/session-context';
import { Notices } from '../../renderer/workstation/shell/Notices';
import { agent, conversation, message } from './office';
import { Stage } from './stage';

const mine = conversation('c1', { customerName: 'Mei', stage: 'active', agentId: 'me', unanswered: 0 });

let session: Session;

function Desk() {
  session = useSession();
  const conversation = useOffice((state) => state.conversations.get('c1'));
  return conversation ? <CloseButton conversation={conversation} /> : null;
}

describe('Closing', () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage(
      <>
        <MineRow conversationId="c1" />
        <Desk />
        <Composer conversationId="c1" customerName="Mei" kinds={['reply', 'note']} />
        <Notices onOpen={() => {}} />
      </>,
    );
    stage.tell({ name: 'agent.changed', agent: agent('me') }, { name: 'conversation.changed', conversation: mine });
    stage.press('Close the conversation');
  });
  afterEach(() => stage.close());

  const closed = () => stage.sent('conversation.close') !== undefined;
  const isPending = () => stage.has('Keep the conversation open');

  it('is done after five seconds, said in the list and counted on the button meanwhile', () => {
    expect(stage.text).toContain('closes in a moment');
    expect(stage.named('Keep the conversation open').textContent).toBe('Undo (5)');
    stage.move(undoMs - 1);
    expect([closed(), stage.named('Keep the conversation open').textContent]).toEqual([false, 'Undo (1)']);
    stage.move(1);
    expect([closed(), isPending()]).toEqual([true, false]);
  });

  it('is undone by the same button, and then not done at all', () => {
    stage.press('Keep the conversation open');
    stage.move(undoMs * 2);
    expect([closed(), isPending()]).toEqual([false, false]);
    stage.press('Close the conversation');
    stage.move(undoMs);
    expect(closed()).toBe(true);
  });

  it('keeps the focus on the button that is shown', () => {
    stage.press('Keep the conversation open');
    act(() => stage.named('Close the conversation').focus());
    stage.press('Close the conversation');
    expect(document.activeElement).toBe(stage.named('Keep the conversation open'));
    stage.press('Keep the conversation open');
    expect(document.activeElement).toBe(stage.named('Close the conversation'));
  });

  it('is undone when the customer writes again, and that is said', () => {
    const more = message('more', { text: 'One more thing', from: { kind: 'customer' } });
    stage.tell({ name: 'message.added', message: more });
    expect(isPending()).toBe(false);
    expect(stage.notices()).toEqual([{ code: 'keptOpen', conversationId: 'c1', params: { name: 'Mei' } }]);
    stage.move(undoMs);
    expect(closed()).toBe(false);
  });

  it('remembers how it ended when it is undone and done again', () => {
    stage.press('Keep the conversation open');
    stage.tell({
      name: 'office.changed',
      office: { name: 'Office', sample: false, diskSpace: 'plenty', tags: [], wrapUpCodes: ['Solved', 'Spam'] },
    });
    act(() => void session.close('c1', 'Solved'));
    stage.press('Keep the conversation open');
    stage.press('Close the conversation');
    const field = document.querySelector<HTMLInputElement>('[role="dialog"] input');
    expect(field?.value).toBe('Solved');
  });

  it('is undone by one more reply', () => {
    stage.type('Reply to Mei', 'Wait');
    stage.named<HTMLTextAreaElement>('Reply to Mei').focus();
    stage.key('Enter');
    expect(isPending()).toBe(false);
    stage.move(undoMs);
    expect(closed()).toBe(false);
  });

  it('asks whether the customer is to go without an answer, but not while one is on its way', () => {
    stage.press('Keep the conversation open');
    stage.tell({ name: 'conversation.changed', conversation: { ...mine, unanswered: 1 } });
    stage.type('Reply to Mei', 'Here you are');
    stage.named<HTMLTextAreaElement>('Reply to Mei').focus();
    stage.key('Enter');
    stage.press('Close the conversation');
    expect(isPending()).toBe(true);
  });

  it('ends with the conversation', () => {
    stage.tell({ name: 'conversation.removed', conversationId: 'c1' });
    stage.move(undoMs);
    expect(closed()).toBe(false);
  });
});
