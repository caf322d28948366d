import { describe, expect, it } from 'vitest';
import { messagePageMax, messagePageTextMax, pageOf } from '../../shared/protocol/message-page';

const list = (count: number, text = 'words') =>
  Array.from({ length: count }, (_, index) => ({
    messageId: `${10 + Math.floor(index / 2)}.${1 + (index % 2)}`,
    text,
  }));

describe('A page of messages', () => {
  it('is all of a short conversation', () => {
    const all = list(messagePageMax);
    expect(pageOf(all, null)).toEqual({ messages: all, earlier: false });
    expect(pageOf([], null)).toEqual({ messages: [], earlier: false });
  });

  it.each([null, '60.1', '60.2', '61.1'])(
    'before %s, and those before it, make up the whole: none twice, none left out',
    (first) => {
      const all = list(733);
      const seen: string[] = [];
      for (let before: string | null = first, pages = 0; pages < 20; pages += 1) {
        const { messages, earlier } = pageOf(all, before);
        expect(messages.length).toBeLessThanOrEqual(messagePageMax);
        seen.unshift(...messages.map(({ messageId }) => messageId));
        if (!earlier) break;
        before = messages[0]!.messageId;
      }
      const end = first === null ? all.length : all.findIndex(({ messageId }) => messageId === first);
      expect(seen).toEqual(all.slice(0, end).map(({ messageId }) => messageId));
    },
  );

  it('compares numbers, not letters', () => {
    const all = ['9.1', '9.2', '9.10', '10.1'].map((messageId) => ({ messageId, text: '' }));
    expect(pageOf(all, '9.10').messages.map(({ messageId }) => messageId)).toEqual(['9.1', '9.2']);
    expect(pageOf(all, '10.1').messages).toHaveLength(3);
  });

  it('holds so much text at most, but one message always', () => {
    const long = 'x'.repeat(messagePageTextMax / 4);
    expect(pageOf(list(20, long), null)).toMatchObject({ messages: { length: 4 }, earlier: true });
    expect(pageOf(list(2, `${long}${long}${long}${long}${long}`), null)).toMatchObject({ messages: { length: 1 } });
  });
});
