import { expect, it } from 'vitest';
import { hitIn } from '../../renderer/workstation/thread/hit-in';
import { message } from './office';

it('the hit of a search is the first message with the most of its words, in text or file name', () => {
  const file = { attachmentId: 'a'.repeat(64), name: 'Invoice May.pdf', type: 'application/pdf' as const, bytes: 1 };
  const said = [
    message('1.1', { text: 'an invoice' }),
    message('2.1', { text: 'the INVOICE of Mày' }),
    message('3.1', { text: '', attachments: [file] }),
  ];
  expect(hitIn(said, 'invoice may')).toBe(1);
  expect(hitIn(said, 'may.pdf')).toBe(2);
  expect(hitIn(said, 'invoice')).toBe(0);
  expect([hitIn(said, 'nowhere'), hitIn(said, ''), hitIn([], 'x')]).toEqual([null, null, null]);
});
