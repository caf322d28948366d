// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { MessageList } from '../../renderer/workstation/chat/thread/MessageList';
import { messageRows } from '../../renderer/workstation/thread/thread-rows';
import { agent, conversation, message } from './office';
import { Stage } from './stage';

const minute = 60_000;
const noon = new Date(2027, 0, 15, 12).getTime();
const said = (text: string, at: number, from: object = { kind: 'customer' }) =>
  message(text, { messageId: text, text, at, from: from as never });
const li = { kind: 'agent', agentId: 'li', name: 'Li' };

describe('The rows of a thread', () => {
  const runs = (messages: ReturnType<typeof said>[], newFrom: string | null = null) =>
    messageRows(messages, newFrom).map(({ begins, ends }) => `${begins ? '[' : ''}${ends ? ']' : ''}`);

  it('put words of one author within three minutes together', () => {
    expect(runs([said('a', noon), said('b', noon + 3 * minute), said('c', noon + 7 * minute)])).toEqual([
      '[',
      ']',
      '[]',
    ]);
    expect(runs([said('a', noon), said('b', noon, li), said('c', noon, { ...li, kind: 'note' })])).toEqual([
      '[]',
      '[]',
      '[]',
    ]);
    expect(runs([said('a', noon), said('b', noon)], 'b')).toEqual(['[]', '[]']);
    const line = { ...said('b', noon), line: { code: 'joined', params: {} } as never };
    expect(runs([said('a', noon), line, said('c', noon)])).toEqual(['[]', '[]', '[]']);
  });

  it('begin a day at its midnight, once', () => {
    const at = (day: number, hour: number) => new Date(2027, 0, day, hour).getTime();
    const days = [at(15, 23), at(16, 0), at(16, 22), at(18, 21)];
    const rows = messageRows(
      days.map((each) => said(String(each), each)),
      null,
    );
    expect(rows.map(({ newDay }) => newDay)).toEqual([at(15, 0), at(16, 0), null, at(18, 0)]);
  });
});

describe('A long thread', () => {
  let stage: Stage;
  afterEach(() => stage.close());
  const mine = conversation('c1', { stage: 'active', agentId: 'me' });
  const open = (earlier: boolean) => {
    stage = new Stage(<MessageList conversation={mine} />);
    stage.tell({ name: 'agent.changed', agent: agent('me') }, { name: 'conversation.changed', conversation: mine });
    const messages = [said('three', noon), said('four', noon)];
    stage.tell({ name: 'conversation.history', conversationId: 'c1', messages, earlier });
  };
  const log = () => document.querySelector('[role="log"]')?.textContent ?? '';
  const asked = () => stage.transport.line.commands().filter(({ op }) => op === 'conversation.earlier');

  it('loads what came before when its start is reached, and puts it there', async () => {
    open(true);
    expect(asked()).toMatchObject([{ conversationId: 'c1', before: 'three' }]);
    expect(document.querySelector('[aria-label="Earlier messages are loading"]')).not.toBeNull();
    const page = { messages: [said('one', noon), said('two', noon)], earlier: false };
    await stage.answer('conversation.earlier', { type: 'ack', seq: 40, result: page });
    expect(log()).toMatch(/one.*two.*three.*four/);
    stage.tell({ name: 'message.added', message: said('five', noon) });
    expect(log()).toMatch(/one.*two.*three.*four.*five/);
    expect(asked()).toHaveLength(1);
  });

  it('asks for nothing where there is nothing before', () => {
    open(false);
    expect(asked()).toEqual([]);
  });

  it('says when they can’t be had, and tries again when asked', async () => {
    open(true);
    await stage.answer('conversation.earlier', { type: 'refused', code: 'unknownConversation', message: '' });
    stage.press('Load earlier messages');
    expect(asked()).toHaveLength(2);
  });

  it('begins anew with a snapshot that came meanwhile, and mixes nothing', async () => {
    open(true);
    const messages = [said('eight', noon), said('nine', noon)];
    stage.tell({ name: 'conversation.history', conversationId: 'c1', messages, earlier: true });
    const page = { messages: [said('one', noon), said('two', noon)], earlier: false };
    await stage.answer('conversation.earlier', { type: 'ack', seq: 40, result: page });
    expect(log()).not.toContain('two');
    expect(log()).toMatch(/eight.*nine/);
  });
});
