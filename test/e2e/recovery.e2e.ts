import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchDesktop, makeDesktopFolder } from '../support/electron';
import { spoilJournal } from '../support/spoil-journal';
import { expect, passphrase, test } from './office';
import { deskOf } from './pages/desk';

test('damaged data: the app says what each choice loses, and goes on in the way that was chosen', async ({
  office,
}) => {
  const { host } = office;
  await host.openChats();
  await host.setStatus('Online');
  const mei = await office.customer();
  await mei.start('Mei Chen', 'Hello');
  await host.accept('Mei Chen');
  await host.open('Mei Chen');
  await host.reply('Mei Chen', 'Good morning');
  await mei.expectMessage('Good morning');
  await mei.write('The last thing I said');
  await expect(host.page.getByRole('log', { name: 'Messages' }).getByText('The last thing I said')).toBeVisible();
  // Not quit: what a machine that loses its power leaves behind.
  await host.desktop.kill();
  spoilJournal(join(host.folder, 'hub'), 'Good morning');

  const desktop = await launchDesktop({ folder: host.folder });
  const again = deskOf(desktop.page);
  try {
    await expect(again.page.getByRole('heading', { name: 'The office’s data is damaged' })).toBeVisible();
    await expect(again.page.getByText(/^journal\/000001\.jsonl, line \d+: its checksum/)).toBeVisible();
    await expect(again.page.getByRole('radio', { name: 'Keep everything up to the damage' })).toBeChecked();
    await expect(again.page.getByText(/later entries are lost/).first()).toBeVisible();
    await again.page.getByRole('button', { name: 'Start this way' }).click();
    await expect(again.page.getByRole('button', { name: /^Your status:/ })).toBeVisible();
    // What was said before the damage is there, and the customer sees the same office again.
    await again.open('Mei Chen');
    const log = again.page.getByRole('log', { name: 'Messages' });
    await expect(log.getByText('Hello')).toBeVisible();
    await expect(log.getByText('Good morning')).toHaveCount(0);
    await mei.page.reload();
    await mei.expectMessage('Hello');
    expect(readdirSync(join(host.folder, 'hub', 'quarantine'))).toContain('journal-000001.jsonl');
  } finally {
    await desktop.quit();
  }
});

test('a backup made while everybody works brings the office up on another machine', async ({ office }) => {
  const { host } = office;
  await host.openChats();
  await host.setStatus('Online');
  const mei = await office.customer();
  await mei.start('Mei Chen', 'Keep this');
  await host.accept('Mei Chen');
  await host.openSettings('Office and links');
  await host.page.getByRole('button', { name: 'Back up now' }).click();
  await expect(host.page.getByText(/^Made and checked: foyer-.*\.tar\.gz/)).toBeVisible();
  const folder = join(host.folder, 'hub', 'backups');
  const [fileName] = readdirSync(folder);
  await mei.write('Said after the backup');

  const { folder: elsewhere, remove } = await makeDesktopFolder();
  const desktop = await launchDesktop({ folder: elsewhere });
  const desk = deskOf(desktop.page);
  try {
    await desktop.app.evaluate(
      (_electron, path) => {
        globalThis.foyerTest.backup = path;
      },
      join(folder, fileName!),
    );
    await desk.page.getByRole('button', { name: 'Set up the hub here' }).click();
    await desk.page.getByRole('button', { name: 'Pick a backup …' }).click();
    await desk.page.getByText('Passphrase', { exact: true }).click();
    await desk.page.getByRole('textbox', { name: 'Supervisor passphrase' }).fill(passphrase);
    await desk.page.getByRole('button', { name: 'Sign in' }).click();
    await expect(desk.page.getByRole('button', { name: /^Your status:/ })).toBeVisible();
    await desk.open('Mei Chen');
    const log = desk.page.getByRole('log', { name: 'Messages' });
    await expect(log.getByText('Keep this')).toBeVisible();
    await expect(log.getByText('Said after the backup')).toHaveCount(0);
  } finally {
    await desktop.quit();
    await remove();
  }
});
