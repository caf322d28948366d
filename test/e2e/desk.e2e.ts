import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sandboxArgs, testApp } from '../support/electron';
import { expect, type StaffedDesk, test } from './office';

/** What an agent may rely on all day: nothing typed is lost, nothing moves under the hand, nothing is final by mistake. */

/** In the app: lets the page crash once it is there, and tells what is on the one that comes back. */
const crashing = `
  const { app } = require('electron');
  app.once('browser-window-created', (_event, { webContents }) => {
    const words = () => webContents.executeJavaScript('document.body.innerText').catch(() => '');
    let crashed = false;
    const look = async () => {
      const said = await words();
      if (!said.includes('Mei Chen')) return setTimeout(look, 100);
      if (crashed) return process.stdout.write(said, () => app.exit());
      crashed = true;
      webContents.once('did-finish-load', look);
      webContents.forcefullyCrashRenderer();
    };
    webContents.once('did-finish-load', look);
  });`;

async function crashedAndBack(folder: string): Promise<string> {
  const script = join(folder, 'crash-the-page.cjs');
  await writeFile(script, crashing);
  const { path, args } = testApp();
  const app = spawn(path, [...sandboxArgs(), '-r', script, ...args], {
    env: { ...process.env, FOYER_TEST_FOLDER: folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  app.stdout.on('data', (data) => {
    said += data;
  });
  await once(app, 'exit');
  return said;
}

const log = ({ page }: StaffedDesk) => page.getByRole('log', { name: 'Messages' });

test('drafts of a reply and a note outlive a restart, and a page that has crashed comes back with them', async ({
  office,
}) => {
  const { host } = office;
  await host.openChats();
  await host.setStatus('Online');
  await office.accepted(host, 'Jonas Olsen', 'Does the lamp come in blue?');
  await office.accepted(host, 'Mei Chen', 'The lamp flickers.');
  await host.open('Mei Chen');
  await host.page.getByRole('textbox', { name: 'Reply to Mei Chen' }).fill('Which lamp');
  await host.page.getByRole('button', { name: 'Note', exact: true }).click();
  await host.page.getByRole('textbox', { name: 'Note about Mei Chen' }).fill('Is it the batch of May?');

  await host.desktop.quit();
  const again = await office.startHostAgain();
  await again.open('Mei Chen');
  await expect(again.page.getByRole('textbox', { name: 'Reply to Mei Chen' })).toHaveValue('Which lamp');
  await again.page.getByRole('button', { name: 'Note', exact: true }).click();
  await expect(again.page.getByRole('textbox', { name: 'Note about Mei Chen' })).toHaveValue('Is it the batch of May?');

  // The row of a conversation that is not open shows its draft.
  await again.open('Jonas Olsen');
  // Playwright would hold the page that comes after a crash back.
  await again.desktop.quit();
  expect(await crashedAndBack(again.folder)).toContain('Draft: Which lamp');
});

test('a closing is taken back; one that is not ends the conversation for both', async ({ office }) => {
  const { host } = office;
  await host.openChats();
  await host.setStatus('Online');
  const mei = await office.accepted(host, 'Mei Chen', 'The lamp flickers.');
  await host.open('Mei Chen');
  await host.reply('Mei Chen', 'I send you another one.');
  await host.page.getByRole('button', { name: 'Close the conversation' }).click();
  await host.page.getByRole('button', { name: 'Keep the conversation open' }).click();
  await expect(host.row('Mine', 'Mei Chen')).toBeVisible();
  await mei.write('Thank you');
  await expect(log(host)).toContainText('Thank you');
  await host.reply('Mei Chen', 'You are welcome.');
  await host.close();
  await expect(host.row('Mine', 'Mei Chen')).toHaveCount(0);
  await expect(mei.page.getByRole('textbox')).toHaveCount(0);
});

test('a machine that slept counts nothing against who could not answer', async ({ office }) => {
  const { host } = office;
  await host.turnOn('Redirect upon timeout');
  await host.turnOn('Short break after timeout');
  await host.openChats();
  await host.setStatus('Online');
  const mei = await office.customer();
  await mei.start('Mei Chen', 'The lamp flickers.');
  await expect(host.incoming('Mei Chen')).toBeVisible();
  await host.desktop.app.evaluate(async ({ powerMonitor }) => {
    powerMonitor.emit('suspend');
    await globalThis.foyerTest.nap(600_000);
    powerMonitor.emit('resume');
  });
  await office.advanceSeconds(0);
  await expect(host.row('Waiting', 'Mei Chen')).toBeVisible();
  await host.expectStatus('Online');
  await expect(host.page.getByText(/^Missed/)).toHaveCount(0);
  await office.advanceSeconds(10);
  await host.accept('Mei Chen');
  await mei.expectMessage('Li Wang joined');
});
