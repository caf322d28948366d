import { describe, expect, it, vi } from 'vitest';
import { at, conversation, message, Office } from './office';

describe('events', () => {
  it('replace an entity and leave the others as they are', () => {
    const office = new Office();
    office.tell({ name: 'conversation.changed', conversation: conversation('c1') });
    office.tell({ name: 'conversation.changed', conversation: conversation('c2') });
    const before = office.state.conversations.get('c2');
    const { conversations } = office.state;
    office.tell({ name: 'conversation.changed', conversation: conversation('c1', { flagged: true }) });
    expect(office.state.conversations.get('c1')?.flagged).toBe(true);
    expect(office.state.conversations.get('c2')).toBe(before);
    expect(office.state.conversations).not.toBe(conversations);
  });

  it('cost the same however much is open: no map is copied', () => {
    const office = new Office();
    let made = 0;
    class CountedMap<K, V> extends Map<K, V> {
      constructor(entries?: Iterable<readonly [K, V]>) {
        super(entries);
        made += 1;
      }
    }
    vi.stubGlobal('Map', CountedMap);
    office.tell({ name: 'conversation.changed', conversation: conversation('c1') });
    office.tell({ name: 'message.added', message: message('m1') });
    vi.unstubAllGlobals();
    expect(office.state.conversations.get('c1')?.unanswered).toBe(1);
    expect(made).toBe(0);
  });

  it('leave the state before as it was', () => {
    const office = new Office();
    office.tell({ name: 'conversation.changed', conversation: conversation('c1') });
    const before = office.state;
    office.tell({ name: 'message.added', message: message('m1') });
    expect(before.messages.size).toBe(0);
    expect(before.newFrom.size).toBe(0);
    expect(before.conversations.get('c1')?.unanswered).toBe(0);
    expect(office.state.conversations.get('c1')?.unanswered).toBe(1);
  });

  it('that this client does not know are ignored', () => {
    const office = new Office();
    const before = office.state;
    office.feed.event({ type: 'event', seq: 99, prev: 98, at: 0, name: 'weather' } as never);
    expect(office.state.conversations).toBe(before.conversations);
  });

  it('repeat a message without doubling it', () => {
    const office = new Office();
    office.tell({ name: 'message.added', message: message('m1') }, { name: 'message.added', message: message('m1') });
    expect(office.state.messages.get('c1')).toHaveLength(1);
  });
});

describe('a notice', () => {
  it('is shown once, however often a line is lost while it is told', () => {
    const office = new Office();
    const notice = { name: 'notice', code: 'customerLeft', conversationId: 'c1', params: {} } as const;
    office.tell({ ...notice, noticeId: '7.customerLeft.c1' }, { ...notice, noticeId: '7.customerLeft.c1' });
    expect(office.state.notices).toHaveLength(1);
    office.tell({ ...notice, noticeId: '7.customerLeft.c1' }, { ...notice, noticeId: '9.customerLeft.c1' });
    expect(office.state.notices).toHaveLength(2);
  });
});

describe('a snapshot', () => {
  it('takes the place of everything at once, not before it is complete', () => {
    const office = new Office();
    office.tell({ name: 'conversation.changed', conversation: conversation('old') });
    office.feed.welcome({
      type: 'welcome',
      hubId: 'h',
      epoch: 2,
      seq: 50,
      mode: 'snapshot',
      lastN: 0,
      serverTime: 0,
      agentId: 'me',
      role: 'agent',
      token: null,
      customerUrl: '',
    });
    office.tell({ name: 'conversation.changed', conversation: conversation('new') });
    expect([...office.state.conversations.keys()]).toEqual(['old']);
    office.feed.caughtUp();
    expect([...office.state.conversations.keys()]).toEqual(['new']);
  });

  it('brings what is told as a whole, of every kind', () => {
    const office = new Office();
    const pins = ['a'.repeat(43)];
    const join = { joinId: 'j1', agentId: 'a1', deviceLabel: 'Phone', address: '192.0.2.7', at: 0 };
    office.snapshot(
      { name: 'joins.changed', joins: [join] },
      { name: 'faults.changed', faults: [{ kind: 'notSaved', at: 0 }] },
      { name: 'refusals.changed', refusals: [{ what: 'lines', address: '192.0.2.7', count: 1, since: 0, at: 0 }] },
      { name: 'passphrase.changed', own: 'none', office: false },
      { name: 'hubKey.changed', pins, switchesAt: null },
    );
    const { joins, faults, refusals, passphrase, hubKey } = office.state;
    expect([joins, faults, refusals].map(({ length }) => length)).toEqual([1, 1, 1]);
    expect([passphrase, hubKey]).toEqual([
      { own: 'none', office: false },
      { pins, switchesAt: null },
    ]);
  });

  it('keeps what was read of a conversation that is still open', () => {
    const office = new Office();
    office.tell({ name: 'conversation.changed', conversation: conversation('c1') });
    office.tell({ name: 'message.added', message: message('m1') });
    office.snapshot({ name: 'conversation.changed', conversation: conversation('c1') });
    expect(office.state.messages.get('c1')).toHaveLength(1);
  });
});

describe('a conversation that ends', () => {
  it('stays readable while it is open on screen, and leaves the lists', () => {
    const office = new Office();
    office.tell({ name: 'conversation.changed', conversation: conversation('c1') });
    office.tell({ name: 'message.added', message: message('m1') });
    office.store.dispatch({ kind: 'selected', conversationId: 'c1' });
    office.tell({
      name: 'conversation.changed',
      conversation: conversation('c1', { stage: 'closed', closedBy: 'customer' }),
    });
    office.tell({ name: 'conversation.removed', conversationId: 'c1' });
    expect(office.state.conversations.size).toBe(0);
    expect(office.state.selectedGone?.stage).toBe('closed');
    expect(office.state.messages.get('c1')).toHaveLength(1);
  });

  it('is forgotten when nobody looks at it', () => {
    const office = new Office();
    office.tell({ name: 'conversation.changed', conversation: conversation('c1') });
    office.tell({ name: 'message.added', message: message('m1') });
    office.tell({ name: 'conversation.removed', conversationId: 'c1' });
    expect(office.state.messages.size).toBe(0);
    expect(office.state.newFrom.size).toBe(0);
  });
});

const me = { kind: 'agent', agentId: 'me', name: 'Me' } as const;

describe('the new line', () => {
  it('stands before the first message that came while nobody looked', () => {
    const office = new Office();
    office.tell({ name: 'message.added', message: message('m1') }, { name: 'message.added', message: message('m2') });
    expect(office.state.newFrom.get('c1')).toBe('m1');
  });

  it('is not drawn for what is being looked at, and goes with a reply', () => {
    const seen = new Office((id) => id === 'c1');
    seen.tell({ name: 'message.added', message: message('m1') });
    expect(seen.state.newFrom.size).toBe(0);

    const office = new Office();
    office.tell({ name: 'message.added', message: message('m1') });
    office.tell({
      name: 'message.added',
      message: message('m2', { from: { kind: 'agent', agentId: 'me', name: 'Me' } }),
    });
    expect(office.state.newFrom.size).toBe(0);
  });

  it('stays before what came while the reply waited for the link', () => {
    const office = new Office();
    office.tell({ name: 'message.added', message: message('m1') });
    const reply = { cid: 'd1-1', kind: 'reply', conversationId: 'c1', text: 'Yes', state: 'sending' } as const;
    office.store.dispatch({ kind: 'sendingAdded', message: reply });
    expect(office.state.newFrom.size).toBe(0);
    office.tell(
      { name: 'message.added', message: message('m2') },
      { name: 'message.added', message: message('m3', { cid: 'd1-1', from: me }) },
    );
    expect(office.state.newFrom.get('c1')).toBe('m2');
    expect(office.state.sending).toEqual([]);
  });
});

it('an answer that has not seen all leaves the rest to be answered', () => {
  const office = new Office();
  const said = { unanswered: 2, unansweredSince: at } as const;
  office.tell({ name: 'conversation.changed', conversation: conversation('c1', said) });
  office.tell({ name: 'message.added', message: message('m3', { from: me, unread: { count: 1, since: at + 5 } }) });
  expect(office.state.conversations.get('c1')).toMatchObject({ unanswered: 1, unansweredSince: at + 5 });
});
