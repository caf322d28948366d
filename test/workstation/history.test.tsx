// @vitest-environment happy-dom
import { act, useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { filterOf, noFilter } from '../../renderer/workstation/history/HistoryFilters';
import { HistoryPage } from '../../renderer/workstation/history/HistoryPage';
import type { FoundConversation } from '../../shared/protocol/history';
import { markedParts, searchWords } from '../../shared/search-words';
import { group, message } from './office';
import { Stage } from './stage';

let stage: Stage;
afterEach(() => stage?.close());

const live: string[] = [];

function Page() {
  const [opened, setOpened] = useState<FoundConversation | null>(null);
  return <HistoryPage opened={opened} onOpen={setOpened} onLive={(id) => live.push(id)} />;
}

const past = (conversationId: string, fields: Partial<FoundConversation> = {}): FoundConversation => ({
  conversationId,
  customerId: 'customer-1',
  customerName: 'Mei Chen',
  groupId: 'g1',
  openedAt: 1_800_000_000_000,
  endedAt: 1_800_000_600_000,
  endedBy: 'agent',
  agentNames: ['Ana'],
  preview: 'Hello',
  excerpt: null,
  tags: [],
  wrapUpCode: null,
  ...fields,
});

const cursor = { asOf: 5, endedAt: 4, openedAt: 3, conversationId: 'c1' };
const found = (list: FoundConversation[], next: object | null = null) =>
  stage.answer('conversation.find', { type: 'ack', seq: 11, result: { found: list, next } });

function open(language: 'en' | 'zh' = 'en') {
  stage = new Stage(<Page />, { language });
  stage.tell({ name: 'group.changed', group: group('g1', { name: 'Support' }) });
  stage.move(250);
}

const marks = () => [...stage.host.querySelectorAll('mark')].map(({ textContent }) => textContent);
const finds = () => stage.transport.line.commands().filter(({ op }) => op === 'conversation.find');

describe('the history page', () => {
  it.each([
    ['en', 'Left message', 'seen to by Ana', 'Not done yet', 'Still open'],
    ['zh', '留言', '由 Ana 处理', '恢复为未处理', '进行中'],
  ] as const)(
    'shows who saw to a left message, and takes that back (%s)',
    async (language, left, seenTo, back, open_) => {
      open(language);
      const by = { agentId: 'ana', name: 'Ana', at: 1_800_000_600_000 };
      const message = past('l1', { agentNames: [], left: { contact: 'mei@example.com', seenTo: by } });
      await found([message, past('l2', { endedAt: null, left: { contact: '', seenTo: null } })]);
      for (const words of [left, seenTo]) expect(stage.text).toContain(words);
      expect(stage.host.querySelector('[role=listbox]')?.textContent).not.toContain(open_);
      act(() => stage.host.querySelector<HTMLElement>('[role=option]')?.click());
      expect(stage.text).toContain('mei@example.com');
      stage.press(back);
      expect(stage.sent('leftMessage.reopen')).toMatchObject({ leftMessageId: 'l1', endedAt: message.endedAt });
      await stage.answer('leftMessage.reopen', { type: 'ack', seq: 12, result: { leftMessageId: 'l9' } });
      stage.move(250);
      const reopened = past('l9', { agentNames: [], endedAt: null, left: { contact: '', seenTo: null } });
      await found([reopened]);
      expect(stage.sent('conversation.read')).toMatchObject({ conversationId: 'l9', endedAt: null });
      expect(stage.has(back)).toBe(false);
      expect(stage.text).not.toContain('Ana');
    },
  );

  it('shows nothing any more of a customer who is erased', async () => {
    open();
    await found([past('c1'), past('c2', { customerId: 'customer-2', customerName: 'Li' })]);
    act(() => stage.host.querySelector<HTMLElement>('[role=option]')?.click());
    expect(stage.has('Conversation with Mei Chen')).toBe(true);
    stage.tell({ name: 'customers.erased', customerIds: ['customer-1'] });
    expect(document.body.innerHTML).not.toContain('Mei Chen');
    expect(stage.text).toContain('Erased');
    expect(stage.text).toContain('Li');
  });

  it.each([
    ['en', 'Nothing found', 'Searching …'],
    ['zh', '没有找到', '正在搜索…'],
  ] as const)('says that it searches, and that there is nothing (%s)', async (language, none, searching) => {
    open(language);
    expect(stage.text).toContain(searching);
    expect(stage.text).not.toContain(none);
    await found([]);
    expect(stage.text).toContain(none);
    expect(stage.text).not.toContain(searching);
  });

  it('searches once typing rests, and marks what was found, as text', async () => {
    open();
    await found([]);
    stage.type('Search past conversations', '发');
    stage.move(100);
    stage.type('Search past conversations', '发票 mei');
    stage.move(249);
    expect(finds()).toHaveLength(1);
    stage.move(1);
    expect(stage.sent('conversation.find')).toMatchObject({ text: '发票 mei', after: null });
    await found([past('c1', { excerpt: '<b>发票</b> for ＭＥＩ' })]);
    expect(marks()).toEqual(['Mei', '发票', 'ＭＥＩ']);
    expect(stage.text).toContain('<b>发票</b> for');
  });

  it('passes an answer by that a newer question has overtaken', async () => {
    open();
    const first = stage.sent('conversation.find')?.cid;
    stage.type('Search past conversations', 'newer');
    stage.move(250);
    await found([past('c1', { customerName: 'Right' })]);
    await act(async () => {
      stage.transport.line.receive({ type: 'ack', cid: first, seq: 11, result: { found: [past('old')], next: null } });
    });
    expect(stage.text).toContain('Right');
    expect(stage.text).not.toContain('Mei Chen');
  });

  it('goes on by itself while pages are short, and by a button after a full one', async () => {
    open();
    await found([], cursor);
    expect(stage.sent('conversation.find')).toMatchObject({ after: cursor });
    const full = Array.from({ length: 20 }, (_, at) => past(`c${at}`, { customerName: `N${at}.` }));
    await found(full, cursor);
    expect(finds()).toHaveLength(2);
    stage.press('Show older ones');
    await found([past('c19'), past('c20', { customerName: 'Oldest' })]);
    expect(stage.host.querySelectorAll('[role="option"]')).toHaveLength(21);
    expect(stage.text).not.toContain('Show older ones');
  });

  it('opens one by arrows and Enter, once, to be read and not answered', async () => {
    open();
    await found([past('c1'), past('c2', { customerName: '王芳' })]);
    stage.named('Search past conversations').focus();
    stage.key('ArrowDown');
    stage.key('Enter');
    expect(stage.sent('conversation.read')).toMatchObject({ conversationId: 'c2', endedAt: 1_800_000_600_000 });
    expect(stage.text).toContain('Opening the conversation …');
    const messages = [message('m1', { text: '我的发票在哪里？' })];
    const result = { conversation: past('c2', { customerName: '王芳' }), note: 'Be kind', messages, earlier: false };
    await stage.answer('conversation.read', { type: 'ack', seq: 12, result });
    for (const words of ['我的发票在哪里？', 'Be kind', 'Support']) expect(stage.text).toContain(words);
    expect(stage.host.querySelector('textarea')).toBe(null);
    expect(stage.transport.line.commands().filter(({ op }) => op === 'conversation.read')).toHaveLength(1);
    stage.drop();
    stage.comeBack();
    stage.move(250);
    expect(stage.sent('conversation.find')).toBeDefined();
    expect(stage.sent('conversation.read')).toBeUndefined();
  });

  it('marks what was searched for in what it opens, and reads on until it is there', async () => {
    open();
    stage.type('Search past conversations', 'parcel');
    stage.move(250);
    await found([past('c1', { excerpt: 'Where is my parcel?' })]);
    act(() => stage.host.querySelector<HTMLElement>('[role=option]')?.click());
    const page = (text: string, id: string, earlier: boolean) => ({
      conversation: past('c1'),
      note: null,
      messages: [message(id, { text })],
      earlier,
    });
    const answer = (result: object) => stage.answer('conversation.read', { type: 'ack', seq: 12, result });
    await answer(page('Good bye', '9.1', true));
    expect(stage.sent('conversation.read')).toMatchObject({ before: '9.1' });
    await answer(page('Where is my PARCEL, at https://shop.example/parcel?', '5.1', true));
    await stage.settle();
    const reading = stage.host.querySelector('[data-pane=reading]')!;
    expect([...reading.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual(['PARCEL', 'parcel']);
    expect(stage.text).toContain('Newer messages');
    expect(stage.has('Next hit')).toBe(false);
  });

  it('leads from one hit to the next, and counts those of earlier messages as they are loaded', async () => {
    open();
    stage.type('Search past conversations', 'parcel');
    stage.move(250);
    await found([past('c1', { excerpt: 'My parcel' })]);
    act(() => stage.host.querySelector<HTMLElement>('[role=option]')?.click());
    const messages = ['A parcel', 'Good bye', 'The parcel', 'No parcel'].map((text, at) =>
      message(`9.${at}`, { text }),
    );
    const read = { conversation: past('c1'), note: null, messages, earlier: true };
    await stage.answer('conversation.read', { type: 'ack', seq: 12, result: read });
    await stage.settle();
    expect(stage.text).toContain('Hit 1 of 3');
    stage.press('Next hit');
    stage.press('Next hit');
    expect(stage.text).toContain('Hit 3 of 3');
    const earlier = { ...read, messages: [message('5.1', { text: 'Another parcel' })], earlier: false };
    await stage.answer('conversation.read', { type: 'ack', seq: 13, result: earlier });
    await stage.settle();
    expect(stage.text).toContain('Hit 4 of 4');
    stage.press('Previous hit');
    expect(stage.text).toContain('Hit 3 of 4');
  });

  it('says why a search or an opening failed, and tries again', async () => {
    open();
    await stage.answer('conversation.find', { type: 'refused', code: 'searchFailed', message: 'EIO' });
    expect(stage.text).toContain('The search did not work: EIO');
    stage.press('Try again');
    stage.move(250);
    await found([past('c1')]);
    expect(stage.text).not.toContain('EIO');
    stage.named('Search past conversations').focus();
    stage.key('Enter');
    await stage.answer('conversation.read', { type: 'refused', code: 'unknownConversation', message: '' });
    expect(stage.text).toContain('This conversation could not be opened');
    stage.press('Try again');
    expect(stage.transport.line.commands().filter(({ op }) => op === 'conversation.read')).toHaveLength(2);
  });

  it('says so without a link', async () => {
    open();
    await found([past('c1')]);
    stage.drop();
    expect(stage.text).toContain('No link to the hub.');
    expect(stage.text).toContain('Mei Chen');
  });

  it('shows the way to one that is still open', async () => {
    open();
    await found([past('c1', { endedAt: null, endedBy: null })]);
    stage.named('Search past conversations').focus();
    stage.key('Enter');
    stage.press('Go to the conversation');
    expect(live).toEqual(['c1']);
  });
});

describe('what is asked for', () => {
  it('has days from their first to their last moment, and nothing that is not set', () => {
    expect(filterOf(noFilter)).toEqual({ text: '' });
    const filter = filterOf({ ...noFilter, text: ' a ', stage: 'ended', fromDay: '2026-11-22', toDay: '2026-11-22' });
    const from = new Date(2026, 10, 22).getTime();
    expect(filter).toEqual({ text: 'a', stage: 'ended', from, before: new Date(2026, 10, 23).getTime() });
  });
});

describe('marking', () => {
  const marked = (text: string, query: string) =>
    markedParts(text, searchWords(query))
      .map((part) => (part.isMatch ? `[${part.text}]` : part.text))
      .join('');
  it.each([
    ['Amélie met amelie', 'AMELIE', '[Amélie] met [amelie]'],
    ['一ﬁ二', 'fi', '一[ﬁ]二'],
    ['aXbXc', 'x b', 'a[X][b][X]c'],
    ['abab', 'aba', '[aba]b'],
    ['😀 ok', 'ok', '😀 [ok]'],
    ['nothing', '', 'nothing'],
  ])('%s by %s', (text, query, expected) => {
    expect(marked(text, query)).toBe(expected);
  });
});
