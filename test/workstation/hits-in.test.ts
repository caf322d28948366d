import { expect, it } from 'vitest';
import { hitsIn } from '../../renderer/workstation/thread/hits-in';
import { message } from './office';

it('the hits of a search are the messages with the most of its words, in text or file name', () => {
  const file = { attachmentId: 'a'.repeat(64), name: 'Invoice May.pdf', type: 'application/pdf' as const, bytes: 1 };
  const said = [
    message('1.1', { text: 'an invoice' }),
    message('2.1', { text: 'the INVOICE of Mày' }),
    message('3.1', { text: '', attachments: [file] }),
  ];
  expect(hitsIn(said, 'invoice may')).toEqual([1, 2]);
  expect(hitsIn(said, 'may.pdf')).toEqual([2]);
  expect(hitsIn(said, 'invoice')).toEqual([0, 1, 2]);
  expect([hitsIn(said, 'nowhere'), hitsIn(said, ''), hitsIn([], 'x')]).toEqual([[], [], []]);
});
