import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from 'playwright/test';
import { WebSocket as NodeSocket } from 'ws';
import { contactMax, nameMax } from '../../shared/protocol/limits';
import { attackerHost, scriptPayloads } from '../attacks/script-payloads';
import { sandboxArgs } from '../support/electron';
import { expect, type Office, test } from './office';

/** Notes everything a payload that ran could do. */
function watch(page: Page): string[] {
  const seen: string[] = [];
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', () => seen.push('a window'));
  page.on('framenavigated', (frame) => seen.push(`navigated: ${frame.url()}`));
  page.on('request', (request) => {
    if (request.url().toLowerCase().includes(attackerHost)) seen.push(`request: ${request.url()}`);
  });
  return seen;
}

/** What of a page came from a payload as anything but text. */
function ran(page: Page): Promise<unknown> {
  return page.evaluate(() => ({
    ran: '__ran' in window,
    elements: document.querySelectorAll('iframe, object, embed, base, meta[http-equiv], body svg script, img[src="x"]')
      .length,
    handlers: [...document.querySelectorAll('*')].flatMap((element) =>
      element.getAttributeNames().filter((name) => name.startsWith('on')),
    ),
    scriptLinks: [...document.querySelectorAll('a')].filter(({ href }) => /^(?:javascript|data):/i.test(href)).length,
  }));
}
const nothing = { ran: false, elements: 0, handlers: [], scriptLinks: 0 };

/** One customer at this address who says all this, one command after the other, and goes. */
async function say(office: Office, localAddress: string, commands: readonly object[]): Promise<void> {
  const url = `${office.customerUrl.replace(/^http/, 'ws').replace(/\/chat$/, '')}/ws`;
  const socket = new NodeSocket(url, { localAddress });
  const ended = new Promise<void>((resolve, reject) => {
    let n = 0;
    const next = () => {
      const body = commands[n];
      if (!body) return socket.close();
      n += 1;
      socket.send(JSON.stringify({ type: 'command', cid: `c${n}`, n, ...body }));
    };
    socket.on('open', () => {
      const hello = { type: 'hello', proto: 1, since: null, lastN: 0, role: 'customer', token: null, language: 'en' };
      socket.send(JSON.stringify({ ...hello, deviceId: 'a-script' }));
    });
    socket.on('message', (data) => {
      const frame = JSON.parse(data.toString());
      if (frame.type === 'refused') reject(new Error(`${frame.code}: ${frame.message}`));
      if (frame.type === 'caughtUp' || frame.type === 'ack') next();
    });
    socket.on('error', reject);
    socket.on('close', () => (n === commands.length ? resolve() : reject(new Error('closed early'))));
  });
  await ended;
}

test(`${scriptPayloads.length} scripts as name, text and contact stay text in both windows`, async ({ office }) => {
  const { host } = office;
  const atDesk = watch(host.page);
  const chunks = Array.from({ length: scriptPayloads.length / 5 }, (_, index) =>
    scriptPayloads.slice(index * 5, index * 5 + 5),
  );
  for (const [index, chunk] of chunks.entries())
    await say(
      office,
      // One address may leave fifty at once.
      `127.0.2.${1 + Math.floor(index / 8)}`,
      chunk.map((payload) => ({
        op: 'message.leave',
        name: payload.slice(0, nameMax),
        contact: payload.slice(0, contactMax),
        text: payload,
      })),
    );
  const lastOne = scriptPayloads.at(-1)!;
  const left = host.page.getByRole('article', { name: /^Left message from / });
  await expect(left).toHaveCount(scriptPayloads.length);
  await expect(left.filter({ hasText: lastOne })).toHaveCount(1);
  expect(await ran(host.page)).toEqual(nothing);

  const eve = await office.customer();
  const atCustomer = watch(eve.page);
  await eve.start(scriptPayloads[2]!.slice(0, nameMax), scriptPayloads[0]);
  await host.setStatus('Online');
  await host.accept(scriptPayloads[2]!.slice(0, nameMax));
  await host.open(scriptPayloads[2]!.slice(0, nameMax));
  const composer = eve.page.getByRole('textbox', { name: 'Write a message' });
  for (let from = 0; from < scriptPayloads.length; from += 15) {
    const text = scriptPayloads.slice(from, from + 15).join('\n');
    await composer.fill(text);
    await composer.press('Enter');
    // The desk draws only what is near its window.
    for (const page of [eve.page, host.page])
      await expect.poll(() => page.getByRole('log', { name: 'Messages' }).textContent()).toContain(text);
  }
  for (const page of [eve.page, host.page]) expect(await ran(page)).toEqual(nothing);
  expect([...atDesk, ...atCustomer]).toEqual([]);
});

test('a page elsewhere, and one under a rebound name, reach neither listener', async ({ office }) => {
  const evil = createServer((_request, response) => response.end('<p>a page of somebody else</p>'));
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  const rules = '--host-resolver-rules=MAP rebound.example 127.0.0.1';
  const browser = await chromium.launch({
    executablePath: process.env.FOYER_TEST_CHROMIUM ?? '/usr/bin/chromium',
    args: [...sandboxArgs(), rules, '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage();
    const evilPort = (evil.address() as AddressInfo).port;
    for (const port of [office.agentUrl, office.customerUrl].map((url) => new URL(url).port)) {
      expect((await page.goto(`http://rebound.example:${port}/`))?.status()).toBe(421);
      for (const name of ['127.0.0.1', 'rebound.example']) {
        await page.goto(`http://${name}:${evilPort}/`);
        for (const target of ['127.0.0.1', 'localhost', 'rebound.example'])
          expect([name, target, await page.evaluate(reach, `${target}:${port}`)]).toEqual([name, target, ['', '']]);
      }
    }
    // The hub is there: its own page gets in.
    await page.goto(office.customerUrl);
    await expect(page.getByLabel('Your name')).toBeVisible();
  } finally {
    await browser.close();
    evil.close();
  }
});

/** In the page: what it gets to read, over HTTP and over a WebSocket. */
async function reach(host: string): Promise<string[]> {
  const read = await fetch(`http://${host}/`).then(
    (response) => response.text(),
    () => '',
  );
  const opened = await new Promise<string>((resolve) => {
    const socket = new WebSocket(`ws://${host}/ws`);
    socket.onopen = () => resolve('open');
    socket.onerror = () => resolve('');
  });
  return [read, opened];
}
