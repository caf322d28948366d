import { expect, test } from 'vitest';
import { wordsIn } from '../renderer/customer/words';
import { createWords } from '../renderer/workstation/ui/text';
import { isolated, plainLine } from '../shared/plain-line';
import { agentHello } from '../shared/protocol/agent-wire';
import { cannedReplyShortcut } from '../shared/protocol/canned-replies';
import { contact, customerPage } from '../shared/protocol/customer-profile';
import { customerHello } from '../shared/protocol/customer-wire';
import { name } from '../shared/protocol/fields';
import { holiday } from '../shared/protocol/hours';
import { label } from '../shared/protocol/labels';
import { customerEn } from '../shared/text/customer-en';

const nasty = 'A\u202eb\u2066c\u200fd\u2028e\r\nf\u0000g\u00adh\ufeffi\ud800j\ue000k';

test('a name is one line of characters that are seen', () => {
  expect(plainLine(nasty)).toBe('Abcd e fghijk');
  for (const fine of ['王芳', 'José', 'نرگس', 'می‌خواهم', '👩‍💻', 'Ana & Ben <3']) expect(plainLine(fine)).toBe(fine);
  for (const nothing of ['\u200d', '\u202e \u2028', '']) expect(plainLine(nothing)).toBe('');
});

test('every field of the wire that holds a name or a label makes it so', () => {
  expect(name.parse(` ${nasty} `)).toBe('Abcd e fghijk');
  expect(name.safeParse('\u202e\u200d').success).toBe(false);
  expect(label.parse('bil\u202eling')).toBe('billing');
  expect(contact.parse('a@b.example\n\u202e+351')).toBe('a@b.example +351');
  expect(cannedReplyShortcut.parse('hi\u200fya')).toBe('hiya');
  expect(customerPage.parse({ title: 'Shop\u2028\u202e', url: 'https://a.example' }).title).toBe('Shop');
  expect(holiday.parse({ date: '2027-01-01', name: 'New\nYear', periods: [] }).name).toBe('New Year');
  const hello = { type: 'hello', proto: 1, deviceId: 'd', since: null, lastN: 0 };
  const auth = { kind: 'code', code: 'c' };
  const agent = agentHello.parse({ ...hello, role: 'agent', auth, deviceLabel: 'Ana’s\u202e\nPC' });
  expect(agent.deviceLabel).toBe('Ana’s PC');
  const page = { title: 'a\u202eb', url: '' };
  expect(customerHello.parse({ ...hello, role: 'customer', token: null, language: 'en', page }).page?.title).toBe('ab');
});

test('words from right to left stand by themselves in a sentence, others as they are', () => {
  expect(isolated('Ana')).toBe('Ana');
  expect(isolated('王芳 2')).toBe('王芳 2');
  expect(isolated('مريم')).toBe('\u2068مريم\u2069');
  expect(isolated('דנה 12')).toBe('\u2068דנה 12\u2069');
  expect(isolated('a\u202eb\u2069')).toBe('ab');
});

test('every sentence sets them apart by itself', () => {
  const words = createWords('en');
  expect(words.t('alerts.title', { name: 'مريم' })).toContain('\u2068مريم\u2069');
  expect(words.t('alerts.title', { name: 'Ana & <Ben>' })).toContain('Ana & <Ben>');
  expect(wordsIn('en', customerEn).say('messages.typing', { name: 'מיכל' })).toContain('\u2068מיכל\u2069');
});
