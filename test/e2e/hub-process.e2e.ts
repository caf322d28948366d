import { isRunning } from '../support/electron';
import { expect, test } from './office';

/** The hub and the desktop that hosts it are processes of their own: each goes on, or comes back, without the other. */

test('a hub that is killed in mid-conversation comes back: both sides go on, and every word is there once', async ({
  office,
}) => {
  const { host } = office;
  await host.openChats();
  await host.setStatus('Online');
  const mei = await office.accepted(host, 'Mei Chen', 'Hello');
  await host.open('Mei Chen');
  await host.reply('Mei Chen', 'Good morning');
  await mei.expectMessage('Good morning');

  const killed = await host.desktop.hubPid();
  process.kill(killed!, 'SIGKILL');
  await mei.write('Are you still there?');
  await host.reply('Mei Chen', 'I am');
  await mei.expectMessage('I am');
  for (const page of [host.page, mei.page]) {
    const log = page.getByRole('log', { name: 'Messages' });
    for (const text of ['Hello', 'Good morning', 'Are you still there?', 'I am'])
      await expect(log.getByText(text, { exact: true })).toHaveCount(1);
  }
  await host.expectStatus('Online');
  expect(await host.desktop.hubPid()).not.toBe(killed);
});

test('neither a page that hangs nor its app keeps anybody else waiting, and a crashed page comes back', async ({
  office,
}) => {
  const { host } = office;
  const ana = await office.join('Ana Silva');
  await ana.setStatus('Online');
  const mei = await office.accepted(ana, 'Mei Chen', 'Hello');
  await ana.open('Mei Chen');

  const hung = host.page
    .evaluate(() => {
      for (;;);
    })
    .catch(() => undefined);
  const app = host.desktop.app.process();
  app.kill('SIGSTOP');
  try {
    await mei.write('Is anybody there?');
    await ana.reply('Mei Chen', 'We are');
    await mei.expectMessage('We are');
  } finally {
    app.kill('SIGCONT');
  }
  const hub = await host.desktop.hubPid();
  await host.desktop.app.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.forcefullyCrashRenderer());
  await hung;
  // Playwright has no page any more, the app has one anew.
  const isAtWork = () =>
    host.desktop.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents()[0]?.executeJavaScript(`document.querySelector('[data-pane="bar"]') !== null`),
    );
  await expect.poll(isAtWork).toBe(true);
  expect(await host.desktop.hubPid()).toBe(hub);
});

test('an app that is killed takes its hub with it, and the next start has all that was said', async ({ office }) => {
  const { host } = office;
  await host.openChats();
  await host.setStatus('Online');
  await office.accepted(host, 'Mei Chen', 'Hello');
  const hub = await host.desktop.hubPid();
  expect(isRunning(hub!)).toBe(true);
  host.desktop.app.process().kill('SIGKILL');
  await expect.poll(() => isRunning(hub!)).toBe(false);
  const again = await office.startHostAgain();
  await again.openChats();
  await again.open('Mei Chen');
  await expect(again.page.getByRole('log', { name: 'Messages' }).getByText('Hello')).toBeVisible();
});
