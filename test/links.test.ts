import { describe, expect, it } from 'vitest';
import { createLinkFinder } from '../renderer/workstation/services/link-finder';
import { findLinks, textParts } from '../shared/links';

/** What of a text are links, each with where it leads if that is not what stands there. */
const office: [text: string, ...links: (string | [text: string, url: string])[]][] = [
  ['看https://a.example/b，谢谢', 'https://a.example/b'],
  ['请打开https://a.example/b?x=1&y=2查看', 'https://a.example/b?x=1&y=2'],
  ['（https://a.example/b）', 'https://a.example/b'],
  ['网址:https://a.example。', 'https://a.example'],
  ['see https://a.example/b.', 'https://a.example/b'],
  [
    'https://a.example/b, https://c.example/d; http://e.example!',
    'https://a.example/b',
    'https://c.example/d',
    'http://e.example',
  ],
  [
    '(as in https://en.wikipedia.org/wiki/Lamp_(disambiguation))',
    'https://en.wikipedia.org/wiki/Lamp_(disambiguation)',
  ],
  ['[https://a.example/b]', 'https://a.example/b'],
  ['<https://a.example/b>', 'https://a.example/b'],
  ['"https://a.example/b"', 'https://a.example/b'],
  ['HTTPS://A.example/B?', 'HTTPS://A.example/B'],
  ['http://192.0.2.1:7801/chat#top', 'http://192.0.2.1:7801/chat#top'],
  ['http://localhost:3000/', 'http://localhost:3000/'],
  ['https://shop.example/käse?q=%E4%B8%AD', 'https://shop.example/käse?q=%E4%B8%AD'],
  ['first\nhttps://a.example/b\nlast', 'https://a.example/b'],
  ['mailto:mei@a.example', 'mailto:mei@a.example'],
  [
    'write to mei.chen+office@mail.a.example.',
    ['mei.chen+office@mail.a.example', 'mailto:mei.chen+office@mail.a.example'],
  ],
  ['邮箱mei@a.example，谢谢', ['mei@a.example', 'mailto:mei@a.example']],
  ['https://a.example/\u202egpj.exe', 'https://a.example/'],
  // Nothing of these may be opened.
  ['https://bank.example@evil.example/'],
  ['javascript:alert(1) file:///etc/passwd ftp://a.example/b data:text/html,x'],
  ['xhttps://a.example'],
  ['1/2, 3:4, me@home, a.b.c, v1.2.3'],
  ['https:// http://'],
  ['<a href="javascript:alert(1)">x</a>'],
  [''],
];

describe.each([
  ['the desk', createLinkFinder()],
  ["the customers' page", findLinks],
])('links in a text on %s', (_, find) => {
  it.each(office)('%j', (text, ...links) => {
    const expected = links.map((link) => (typeof link === 'string' ? [link, link] : link));
    expect(find(text).map((link) => [link.text, link.url])).toEqual(expected);
    for (const link of find(text)) expect(text.slice(link.start, link.start + link.text.length)).toBe(link.text);
  });

  it('takes no longer for what somebody made to be slow', () => {
    for (const part of ['(', ')', 'https://', 'a@', '.', 'https://a.example/((((', '@a.', '-', "'"])
      find(part.repeat(4_000));
  });
});

it('a text is taken apart and nothing of it is lost', () => {
  const parts = (text: string) =>
    textParts(text, findLinks(text)).map((part) => (typeof part === 'string' ? part : [part.text]));
  expect(parts('看https://a.example/b，谢谢')).toEqual(['看', ['https://a.example/b'], '，谢谢']);
  expect(parts('https://a.example/b')).toEqual([['https://a.example/b']]);
  expect(parts('no link')).toEqual(['no link']);
});
