// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { closedGroup, createStage } from './page-stage';

const links = () =>
  [...document.querySelectorAll('a')].map((a) => [a.textContent, a.getAttribute('href'), a.target, a.rel]);
const away = ['_blank', 'noopener noreferrer nofollow'];

test('an address in a message is a link that shows itself; everything else stays text', () => {
  const stage = createStage();
  stage.welcome({}, () => stage.conversation({ agentName: 'Li' }));
  const text = '看https://a.example/b，谢谢 <b>mei@a.example</b> javascript:alert(1)';
  stage.message({ text });
  expect(document.querySelector('.bubble')?.textContent).toBe(text);
  expect(document.querySelector('.bubble b')).toBe(null);
  expect(links()).toEqual([
    ['https://a.example/b', 'https://a.example/b', ...away],
    ['mei@a.example', 'mailto:mei@a.example', ...away],
  ]);
});

test("so is one in the office's own words", () => {
  const stage = createStage();
  stage.welcome({ groups: [{ ...closedGroup, closedText: 'Closed. See https://a.example/hours.' }] });
  expect(links()).toEqual([['https://a.example/hours', 'https://a.example/hours', ...away]]);
});
