// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import { type Shop, shortPage } from '../../renderer/customer/shop';
import type { FromChat, FromShop } from '../../shared/widget-channel';
import { createStage } from './page-stage';

/** The page in a shop's widget, with the shop's side as verbs. */
function inShop({ isOpen = true } = {}) {
  const told: FromChat[] = [];
  let listener: (message: FromShop) => void = () => {};
  const page = { title: 'Desk lamps', url: 'https://shop.example/lamps' };
  const shop: Shop = {
    facts: { language: null, pageLanguage: 'en', page, identity: null, isOpen },
    tell: (message) => void told.push(message),
    listen: (on) => {
      listener = on;
    },
  };
  const stage = createStage({ shop });
  const states = () => told.flatMap((message) => (message.type === 'state' ? [message] : []));
  return { stage, told, states, say: (message: FromShop) => listener(message) };
}

const signalsOf = ({ line }: ReturnType<typeof createStage>) =>
  line.sent.filter(({ type }) => type === 'seen' || type === 'page' || type === 'typing');

const helloOf = ({ line }: ReturnType<typeof createStage>) => line.sent.find((frame) => frame.type === 'hello');

test('it says that it is drawn, and tells the hub where it stands', () => {
  const { stage, told } = inShop();
  stage.welcome();
  expect(told).toContainEqual({ type: 'shown' });
  expect(helloOf(stage)).toMatchObject({ page: { title: 'Desk lamps', url: 'https://shop.example/lamps' } });
});

describe('what is unread', () => {
  test('is what came while it was closed, by whom, and never what was said', () => {
    const { stage, states, say } = inShop({ isOpen: false });
    stage.welcome({}, () => stage.conversation());
    stage.message({ text: 'In blue it is.' });
    stage.message({ text: 'Shall I put one aside?' });
    expect(states().at(-1)).toMatchObject({ unread: 2, from: 'Li', isTalking: true, isConnected: true });
    expect(JSON.stringify(states())).not.toContain('blue');
    expect(signalsOf(stage).filter(({ type }) => type === 'seen')).toEqual([]);
    say({ type: 'opened', withFocus: false });
    expect(states().at(-1)).toMatchObject({ unread: 0, from: null });
    expect(signalsOf(stage)).toContainEqual(expect.objectContaining({ type: 'seen' }));
  });

  test('is known on the next page of the shop', () => {
    const { stage, states, say } = inShop();
    stage.welcome({}, () => stage.history(['seen'], false));
    stage.conversation();
    say({ type: 'closed' });
    stage.reload();
    say({ type: 'closed' });
    stage.welcome({}, () => {
      stage.conversation();
      stage.history(['seen', 'not seen'], false);
    });
    expect(states().at(-1)).toMatchObject({ unread: 1 });
  });
});

test('it closes by its button and by Escape, but a dialog of its own first', () => {
  const { stage, told } = inShop();
  stage.welcome({}, () => stage.conversation());
  const closed = () => told.filter(({ type }) => type === 'close').length;
  stage.button('Close the chat').click();
  expect(closed()).toBe(1);
  const pressEscape = () => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
  pressEscape();
  expect(closed()).toBe(2);
  stage.button('End chat').click();
  pressEscape();
  expect(closed()).toBe(2);
});

test('it stands in the language that the shop asks for, and goes with the shop from page to page', () => {
  const { stage, say, states } = inShop();
  stage.welcome();
  say({ type: 'language', language: 'zh' });
  expect(states().at(-1)).toMatchObject({ language: 'zh' });
  say({ type: 'page', page: { title: 'Bulbs', url: 'https://shop.example/bulbs?token=secret#x' } });
  const page = { title: 'Bulbs', url: 'https://shop.example/bulbs' };
  expect(signalsOf(stage)).toContainEqual({ type: 'page', page });
});

test('an identity that is not believed is said to the shop, and the page begins anew without', () => {
  const { stage, told } = inShop();
  const { line } = stage;
  stage.welcome({ identity: 'wrongSignature' });
  expect(told).toContainEqual({ type: 'identityRefused', why: 'wrongSignature' });
  expect(stage.line).not.toBe(line);
});

test('signing in or out at the shop waits for the end of a conversation', () => {
  const { stage, say } = inShop();
  stage.welcome({}, () => stage.conversation());
  const { line } = stage;
  const identity = { id: 'c-17', name: 'Mei', contact: '', issuedAt: 1, signature: 'ab' };
  say({ type: 'identity', identity });
  expect(stage.line).toBe(line);
  stage.conversation({ stage: 'closed' });
  say({ type: 'identity', identity });
  expect(stage.line).not.toBe(line);
});

test('a page’s address is told without what may be secret, and never too long for the hub', () => {
  expect(shortPage({ title: 'a'.repeat(2_000), url: `https://shop.example/${'b'.repeat(3_000)}?c#d` })).toEqual({
    title: 'a'.repeat(300),
    url: `https://shop.example/${'b'.repeat(1_979)}`,
  });
});
