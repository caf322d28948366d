import { expect, it } from 'vitest';
import { storageKeep } from '../../renderer/customer/keep';
import { readKept, writeKept } from '../../renderer/customer/kept-state';
import { type OwnText, startState } from '../../renderer/customer/state';

const failed: OwnText = {
  cid: 'a',
  text: 'Hello',
  at: 1,
  delivery: 'failed',
  conversationId: 'k1',
  afterId: null,
  refusedCode: 'rateLimited',
};

function storageOf(entries: Record<string, string>): Storage {
  const map = new Map(Object.entries(entries));
  return {
    get length() {
      return map.size;
    },
    clear: () => map.clear(),
    key: (index) => [...map.keys()][index] ?? null,
    getItem: (name) => map.get(name) ?? null,
    setItem: (name, value) => void map.set(name, value),
    removeItem: (name) => void map.delete(name),
  };
}

it('keeps under its own prefix and forgets', () => {
  const storage = storageOf({ token: 'of somebody else' });
  const keep = storageKeep(() => storage, 'foyer.');
  expect(keep.get('token')).toBeNull();
  keep.set('token', 'mine');
  expect(storage.getItem('foyer.token')).toBe('mine');
  expect(storageKeep(() => storage, 'foyer.').get('token')).toBe('mine');
  keep.set('token', null);
  expect(keep.get('token')).toBeNull();
  expect(storage.getItem('token')).toBe('of somebody else');
});

it('works for as long as the page lives where storage is forbidden', () => {
  const keep = storageKeep(() => {
    throw new Error('forbidden');
  }, 'foyer.');
  keep.set('token', 'mine');
  expect(keep.get('token')).toBe('mine');
  keep.set('token', null);
  expect(keep.get('token')).toBeNull();
});

const nothing = startState({ dismissedId: null, failed: [], left: null, writingId: null, erased: false });

it('keeps only refused words, and opens with whatever is in the storage', () => {
  const storage = storageOf({});
  const keep = storageKeep(() => storage, '');
  writeKept(keep, nothing, { ...nothing, own: [failed, { ...failed, cid: 'b', delivery: 'sending' }] });
  expect(readKept(keep).failed).toEqual([failed]);
  for (const nonsense of ['', '{', 'null', '7', '{"cid":"a"}', '[null,{"cid":1},{"cid":"a","text":"x"}]']) {
    keep.set('failed', nonsense);
    keep.set('left', nonsense);
    expect(readKept(keep), nonsense).toEqual({
      dismissedId: null,
      failed: [],
      left: null,
      writingId: null,
      erased: false,
    });
  }
});

it('keeps a message that was left, not one that is on its way, and which conversation it is begun in', () => {
  const keep = storageKeep(() => storageOf({}), '');
  const left = { cid: 'l', contact: 'mei@example.com', text: 'Hello', delivery: 'left', refusedCode: null } as const;
  const begun = { ...nothing, writing: { conversationId: 'k1', begun: true } };
  writeKept(keep, nothing, { ...begun, leave: { ...left, delivery: 'sending' } });
  expect(readKept(keep)).toMatchObject({ left: null, writingId: 'k1' });
  writeKept(keep, begun, { ...nothing, leave: left });
  expect(readKept(keep)).toMatchObject({ left, writingId: null, erased: false });
});
