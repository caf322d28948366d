import type { Page } from 'playwright/test';
import { WebSocket } from 'ws';
import { expect, type Office, test } from './office';

/** Below what a line of a customer's may send at once. */
const burst = 25;

/** A customer who comes by the wire alone, and has said a lot: `word 1`, `word 2` … */
async function talkative(
  office: Office,
  name: string,
  count: number,
): Promise<{ say(...texts: string[]): Promise<void> }> {
  const url = office.customerUrl.replace('http:', 'ws:').replace('/chat', '/ws');
  const socket = new WebSocket(url);
  const heard: { type: string; cid?: string }[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    heard.push(JSON.parse(String(data)));
    wake();
  });
  const until = async (done: () => boolean) => {
    while (!done())
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
  await new Promise((resolve) => socket.once('open', resolve));
  let n = 0;
  const answered = () => heard.filter(({ type }) => type === 'ack').length;
  const send = (body: object) => {
    n += 1;
    socket.send(JSON.stringify({ type: 'command', cid: `c${n}`, n, ...body }));
  };
  const hello = { type: 'hello', proto: 1, role: 'customer', deviceId: 'tab-long', since: null, lastN: 0 };
  socket.send(JSON.stringify({ ...hello, token: null, language: 'en' }));
  await until(() => heard.some(({ type }) => type === 'caughtUp'));
  send({ op: 'conversation.open', name });
  for (let index = 1; index <= count; index += 1) {
    send({ op: 'message.send', text: `word ${index}` });
    if (n % burst !== 0) continue;
    await until(() => answered() === n);
    await office.advanceSeconds(15);
  }
  await until(() => answered() === n);
  return {
    async say(...texts) {
      for (const text of texts) send({ op: 'message.send', text });
      await until(() => answered() === n);
    },
  };
}

const log = (page: Page) => page.getByRole('log', { name: 'Messages' });
test('a long conversation is read back by pages, stands still meanwhile, and follows the newest at its end', async ({
  office,
}) => {
  const { host } = office;
  const { page } = host;
  await host.openChats();
  await host.setStatus('Online');
  const mei = await talkative(office, 'Mei Chen', 320);
  await host.accept('Mei Chen');
  await host.open('Mei Chen');
  await expect(log(page).getByText('word 320', { exact: true })).toBeInViewport();
  await expect(page.getByRole('button', { name: 'Newer messages' })).toHaveCount(0);

  // The newest stays in sight as more comes.
  await mei.say('one more');
  await expect(log(page).getByText('one more', { exact: true })).toBeInViewport();

  // Also as it comes faster than it can be drawn, and taller than was thought.
  await office.advanceSeconds(60);
  const lines = Array.from(
    { length: burst - 1 },
    (_, index) => `a long one\n${'\n'.repeat(index % 9)}of many lines ${index}`,
  );
  await mei.say(...lines, 'the last of many');
  await expect(log(page).getByText('the last of many', { exact: true })).toBeInViewport();
  await expect(page.getByRole('button', { name: 'Newer messages' })).toHaveCount(0);

  // And as the window gets lower, little by little: a banner is less than what counts as the end.
  for (const height of [860, 820, 780, 900]) {
    await page.setViewportSize({ width: 1440, height });
    await expect
      .poll(() => log(page).evaluate((each) => each.scrollHeight - each.clientHeight - each.scrollTop))
      .toBe(0);
  }

  // To the very first, page by page; only what is near the window is drawn.
  await log(page).focus();
  const first = log(page).getByText('word 1', { exact: true });
  await expect(async () => {
    await page.keyboard.press('Home');
    await expect(first).toBeInViewport({ timeout: 500 });
  }).toPass();
  await expect.poll(() => log(page).evaluate((each) => each.scrollTop)).toBe(0);
  expect(
    await log(page)
      .getByText(/^word \d+$/)
      .count(),
  ).toBeLessThan(120);

  // What is read does not move when somebody writes.
  const topPx = () => first.evaluate((each) => each.getBoundingClientRect().top);
  const before = await topPx();
  await mei.say('and another');
  await expect(page.getByText('and another', { exact: true })).toBeVisible();
  expect(await topPx()).toBe(before);

  await page.getByRole('button', { name: 'Newer messages' }).click();
  await expect(log(page).getByText('and another', { exact: true })).toBeInViewport();
  await expect(page.getByRole('button', { name: 'Newer messages' })).toHaveCount(0);
  await host.reply('Mei Chen', 'That was a lot');
  await expect(log(page).getByText('That was a lot', { exact: true })).toBeInViewport();
});
