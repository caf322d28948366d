// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { ConversationPane } from '../../renderer/workstation/chat/thread/ConversationPane';
import { useSession } from '../../renderer/workstation/session/session-context';
import { agent, conversation, group, message } from './office';
import { Stage } from './stage';

let desk: Stage;
afterEach(() => desk.close());

let write: (kind: 'reply' | 'note', conversationId: string, text: string) => void = () => undefined;
function Page() {
  const { drafts } = useSession();
  write = (kind, conversationId, text) => act(() => drafts[kind].write(conversationId, text));
  return <ConversationPane />;
}

const mei = { customerId: 'k1', agentId: 'me', stage: 'active' } as const;
const show = (conversationId: string, fields: object = {}) => ({
  name: 'conversation.changed',
  conversation: conversation(conversationId, { ...mei, ...fields }),
});
const removed = (conversationId: string) => ({ name: 'conversation.removed', conversationId });

/** Me in conversation with Mei Chen. */
function open() {
  desk = new Stage(<Page />, { role: 'agent' });
  desk.tell(
    { name: 'group.changed', group: group('g1') },
    { name: 'agent.changed', agent: agent('me') },
    { name: 'agent.changed', agent: agent('ana', { name: 'Ana Silva' }) },
    show('c1'),
    { name: 'conversation.history', conversationId: 'c1', messages: [message('m1')], earlier: false },
  );
  desk.transport.line.receive({ type: 'caughtUp', seq: 15 });
  desk.select('c1');
}

const reply = () => desk.named<HTMLTextAreaElement>('Reply to Mei Chen');
const half = 'The lamp will be there on';

describe('half a reply', () => {
  it.each([
    ['the customer ends', show('c1', { stage: 'closed', closedBy: 'customer' })],
    ['it goes to where I may not look', removed('c1')],
    ['a colleague takes it over', show('c1', { agentId: 'ana' })],
    ['it returns to the queue', show('c1', { agentId: null, stage: 'waiting' })],
  ])('is still there to copy when %s', (_, event) => {
    open();
    desk.type('Reply to Mei Chen', half);
    desk.tell(event);
    expect(desk.named('Not sent').textContent).toContain(half);
    expect(desk.has('Copy: Not sent')).toBe(true);
    desk.press('Discard');
    expect(desk.has('Not sent')).toBe(false);
  });

  it('stands in the composer again when the same conversation comes back', () => {
    open();
    desk.type('Reply to Mei Chen', half);
    desk.tell(show('c1', { agentId: null, stage: 'waiting' }), show('c1'));
    expect(reply().value).toBe(half);
    expect(desk.has('Not sent')).toBe(false);
  });

  it('is offered in the next conversation of that customer, and of nobody else', () => {
    open();
    desk.type('Reply to Mei Chen', half);
    desk.tell(removed('c1'), show('c2'), show('c3', { customerId: 'k3', customerName: 'Jonas Olsen' }));
    desk.select('c3');
    expect(desk.text).not.toContain(half);
    desk.select('c2');
    desk.type('Reply to Mei Chen', 'Hello again.');
    expect(desk.named('Not sent before the last conversation ended').textContent).toContain(half);
    desk.press('Put into the composer');
    expect(reply().value).toBe(`Hello again.\n${half}`);
    expect(desk.has('Not sent before the last conversation ended')).toBe(false);
  });

  it('a note is offered to the note', () => {
    open();
    write('note', 'c1', 'Sounded unsure about');
    desk.tell(show('c1', { stage: 'closed', closedBy: 'customer' }));
    expect(desk.named('Note not added').textContent).toContain('Sounded unsure about');
    desk.tell(show('c2'));
    desk.select('c2');
    expect(desk.text).not.toContain('Sounded unsure about');
    desk.press('Note');
    expect(desk.named('Not sent before the last conversation ended').textContent).toContain('Sounded unsure about');
    desk.press('Discard');
    expect(desk.has('Not sent before the last conversation ended')).toBe(false);
  });
});

describe('a reply that the hub refuses because the conversation has ended', () => {
  const refused = { type: 'refused', code: 'conversationClosed', message: '' };

  it('is there to copy, without trying again', async () => {
    open();
    desk.type('Reply to Mei Chen', half);
    desk.press('Send');
    desk.tell(show('c1', { stage: 'closed', closedBy: 'customer' }));
    await desk.answer('message.send', refused);
    expect(desk.has('Copy: Not sent')).toBe(true);
    expect(desk.text).not.toContain('Retry');
  });

  it('is offered in the next one also when another conversation was open meanwhile', async () => {
    open();
    desk.type('Reply to Mei Chen', half);
    desk.press('Send');
    desk.tell(show('c3', { customerId: 'k3', customerName: 'Jonas Olsen' }));
    desk.select('c3');
    desk.tell(removed('c1'));
    await desk.answer('message.send', refused);
    expect(desk.notices()).toMatchObject([{ code: 'notSent', params: { name: 'Mei Chen', outcome: 'reply' } }]);
    desk.tell(show('c2'));
    desk.select('c2');
    expect(desk.named('Not sent before the last conversation ended').textContent).toContain(half);
    desk.press('Discard');
    expect(desk.text).not.toContain(half);
  });
});
