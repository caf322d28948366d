import { readdirSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchDesktop, makeDesktopFolder } from '../support/electron';
import { files } from '../support/files';
import { spoilJournal } from '../support/spoil-journal';
import { expect, passphrase, test } from './office';
import { deskOf } from './pages/desk';

test('damaged data: the app says what each choice loses, and goes on in the way that was chosen', async ({
  office,
}) => {
  const { host } = office;
  await host.openChats();
  await host.setStatus('Online');
  const mei = await office.accepted(host, 'Mei Chen', 'Hello');
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
    // The killed desk may not have noted on its disk that its reply had arrived, and then sends it again.
    await expect(log.getByText('The last thing I said')).toHaveCount(0);
    await mei.page.reload();
    await mei.expectMessage('Hello');
    expect(readdirSync(join(host.folder, 'hub', 'quarantine'))).toContain('journal-000001.jsonl');
  } finally {
    await desktop.quit();
  }
});

const backupPassphrase = 'seven sleepy seals';

/** The files below a folder, by their path there. */
function contentsOf(folder: string, sub: string): Map<string, string> {
  const contents = new Map<string, string>();
  for (const entry of readdirSync(join(folder, sub), { withFileTypes: true })) {
    const path = join(sub, entry.name);
    // Made anew of what is beside it, by whoever restores.
    if (entry.name.endsWith('.index')) continue;
    if (entry.isFile()) contents.set(path, readFileSync(join(folder, path), 'base64'));
    else for (const [name, bytes] of contentsOf(folder, path)) contents.set(name, bytes);
  }
  return contents;
}

test('a backup made while everybody works brings the office up on another machine, with its archive and files', async ({
  office,
}) => {
  const { host } = office;
  const hub = join(host.folder, 'hub');
  await host.openChats();
  await host.setStatus('Online');
  const li = await office.accepted(host, 'Li Wei', 'Look at this');
  await host.open('Li Wei');
  await li.attach('shoe.png', files.png);
  await li.write('In size 38');
  await expect(host.page.getByRole('log', { name: 'Messages' }).getByRole('img')).toBeVisible();
  await host.reply('Li Wei', 'We have it');
  await host.close();
  await li.page.getByRole('button', { name: 'Start a new conversation' }).waitFor();
  // Long enough for the desk to let it go, when the next thing happens.
  await office.advanceSeconds(2 * 60 * 60);
  await host.setStatus('Busy');
  await host.setStatus('Online');
  await expect.poll(() => readdir(join(hub, 'archive')).catch(() => [])).toHaveLength(1);
  const mei = await office.accepted(host, 'Mei Chen', 'Keep this');

  await host.openSettings('Office and links');
  const go = host.page.getByRole('button', { name: 'Back up now' });
  await expect(go).toBeDisabled();
  await host.page.getByLabel('Passphrase for this backup').fill(backupPassphrase);
  await host.page.getByLabel('The same again').fill(backupPassphrase);
  await go.click();
  await expect(host.page.getByText(/^Made and checked: foyer-.*\.tar\.gz\.enc/)).toBeVisible();
  const [fileName] = readdirSync(join(hub, 'backups'));
  await host.page.getByRole('radio', { name: 'Without a passphrase' }).click();
  await expect(host.page.getByText(/can read every conversation/)).toBeVisible();
  await go.click();
  await expect(host.page.getByText(/^Made and checked: foyer-.*\.tar\.gz,/)).toBeVisible();
  await mei.write('Said after the backup');

  const { folder: elsewhere, remove } = await makeDesktopFolder();
  const desktop = await launchDesktop({ folder: elsewhere });
  const desk = deskOf(desktop.page);
  try {
    await desktop.app.evaluate(
      (_electron, path) => {
        globalThis.foyerTest.backup = path;
      },
      join(hub, 'backups', fileName!),
    );
    await desk.page.getByRole('button', { name: 'Set up the hub here' }).click();
    await desk.page.getByRole('button', { name: 'Pick a backup …' }).click();
    const field = desk.page.getByRole('textbox', { name: 'Passphrase of the backup' });
    await field.fill('seven sleepy sealz');
    await desk.page.getByRole('button', { name: 'Restore it' }).click();
    await expect(desk.page.getByText(/not the passphrase/)).toBeVisible();
    await field.fill(backupPassphrase);
    await desk.page.getByRole('button', { name: 'Restore it' }).click();
    await expect(desk.page.getByText(/backup has been restored/)).toBeVisible();
    await desk.page.getByRole('textbox', { name: 'Supervisor passphrase' }).fill(passphrase);
    await desk.page.getByRole('button', { name: 'Sign in' }).click();
    await expect(desk.page.getByRole('button', { name: /^Your status:/ })).toBeVisible();
    await desk.open('Mei Chen');
    const log = desk.page.getByRole('log', { name: 'Messages' });
    await expect(log.getByText('Keep this')).toBeVisible();
    await expect(log.getByText('Said after the backup')).toHaveCount(0);
    for (const sub of ['archive', 'attachments']) {
      const restored = contentsOf(join(elsewhere, 'hub'), sub);
      expect(restored.size).toBe(1);
      expect(restored).toEqual(contentsOf(hub, sub));
    }
  } finally {
    await desktop.quit();
    await remove();
  }
});
