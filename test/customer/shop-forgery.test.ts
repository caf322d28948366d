// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import { greetShop } from '../../renderer/customer/shop';
import { createFrame } from '../../renderer/widget/frame';
import type { FromChat, Greeting } from '../../shared/widget-channel';

/** Both ends of the widget's channel, with messages from windows that are not who they say. */

const hub = 'https://chat.example';
const facts = {
  ...{ language: null, pageLanguage: 'en', identity: null, isOpen: true },
  page: { title: 'Lamps', url: 'https://shop.example/lamps' },
};
const greeting: Greeting = { foyer: 'hello', ...facts };

/** A message as a browser delivers it: only the browser sets its source and origin. */
function message(fields: { source: unknown; origin?: string; data: unknown; ports?: MessagePort[] }): Event {
  return Object.assign(new Event('message'), { origin: hub, ports: [], ...fields });
}

describe('the chat in its frame', () => {
  function inFrame() {
    const parent = { postMessage: () => undefined };
    const window = Object.assign(new EventTarget(), { parent });
    let greeted = 0;
    void greetShop(window as unknown as Window).then(() => {
      greeted += 1;
    });
    const settled = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return greeted;
    };
    return { window, parent, settled, port: new MessageChannel().port2 };
  }

  test.each([
    ['another frame of the shop', { source: {}, data: greeting }],
    ['itself', { source: 'self', data: greeting }],
    ['nobody', { source: null, data: greeting }],
  ])('is greeted by its parent alone, not by %s', async (_name, { source, data }) => {
    const { window, settled, port } = inFrame();
    window.dispatchEvent(message({ source: source === 'self' ? window : source, data, ports: [port] }));
    expect(await settled()).toBe(0);
  });

  test.each([
    ['no channel', { data: greeting, ports: [] }],
    ['another word', { data: { ...greeting, foyer: 'ready' } }],
    ['nothing', { data: null }],
  ])('is not greeted by its parent with %s, and then by a greeting', async (_name, fields) => {
    const { window, parent, settled, port } = inFrame();
    window.dispatchEvent(message({ source: parent, ports: [port], ...fields }));
    expect(await settled()).toBe(0);
    window.dispatchEvent(message({ source: parent, data: greeting, ports: [port] }));
    expect(await settled()).toBe(1);
  });
});

describe('the script on the shop’s page', () => {
  function onPage() {
    const heard: FromChat[] = [];
    const sent: { data: unknown; origin: string }[] = [];
    const chat = { postMessage: (data: unknown, origin: string) => void sent.push({ data, origin }) };
    const window = Object.assign(new EventTarget(), { document, setTimeout: () => 1, clearTimeout: () => undefined });
    const frame = createFrame(window as unknown as Window, hub, {
      greeting: () => facts,
      heard: (each) => void heard.push(each),
      failed: () => undefined,
    });
    Object.defineProperty(frame.element, 'contentWindow', { value: chat });
    return { window, chat, sent };
  }

  test.each([
    ['another frame', { source: {}, data: { foyer: 'ready' } }],
    ['another origin in the chat’s own frame', { origin: 'https://evil.example', data: { foyer: 'ready' } }],
    ['no origin at all', { origin: 'null', data: { foyer: 'ready' } }],
    ['the chat, with another word', { data: { foyer: 'hello' } }],
    ['the chat, with nothing', { data: undefined }],
  ])('says nothing to %s', (_name, fields) => {
    const { window, chat, sent } = onPage();
    window.dispatchEvent(message({ source: chat, ...fields }));
    expect(sent).toEqual([]);
  });

  test('greets the chat, for its origin’s eyes only', () => {
    const { window, chat, sent } = onPage();
    window.dispatchEvent(message({ source: chat, data: { foyer: 'ready' } }));
    expect(sent).toEqual([{ data: greeting, origin: hub }]);
  });
});
