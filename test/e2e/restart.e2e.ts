import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, passphrase, test } from './office';

test('a hub restart in the middle of a conversation loses nothing', async ({ office }) => {
  const ana = await office.join('Ana Silva');
  await ana.setStatus('Online');
  const mei = await office.accepted(ana, 'Mei Chen', 'Hello');
  await ana.open('Mei Chen');
  await ana.reply('Mei Chen', 'Good morning');
  await mei.expectMessage('Good morning');

  await office.host.desktop.quit();
  await access(join(office.host.folder, 'hub', 'state.json'));
  // Written while there is no hub: kept, and sent when it is back.
  await mei.write('Are you still there?');
  await ana.reply('Mei Chen', 'One moment please');
  await expect(ana.page.getByText(/kept here and sent when the link is back/)).toBeVisible();
  await office.startHostAgain();

  // The next reconnect may be half a minute away; sending a message reconnects at once.
  await mei.write('I am here');
  await ana.reply('Mei Chen', 'Here I am again');
  await mei.expectMessage('One moment please');
  const log = ana.page.getByRole('log', { name: 'Messages' });
  await expect(log.getByText('Are you still there?')).toHaveCount(1);
  for (const text of ['Hello', 'Good morning', 'One moment please', 'I am here'])
    await expect(log.getByText(text, { exact: true })).toHaveCount(1);
  await expect(ana.row('Mine', 'Mei Chen')).toBeVisible();
  await ana.expectStatus('Online');
  await mei.expectMessage('Here I am again');
});

test('a customer who reloads keeps the conversation', async ({ office }) => {
  await office.host.openChats();
  await office.host.setStatus('Online');
  const mei = await office.customer();
  await mei.start('Mei Chen', 'Hello');
  await mei.page.reload();
  await mei.expectMessage('Hello');
  await office.host.accept('Mei Chen');
  await mei.page.reload();
  await mei.expectMessage('Li Wang joined');
  await mei.write('Thank you');
  await office.host.open('Mei Chen');
  await expect(office.host.page.getByRole('log', { name: 'Messages' }).getByText('Thank you')).toBeVisible();
});

test('the workstation works in a plain browser on the machine of the hub', async ({ office }) => {
  const page = await (await office.browser()).newPage();
  await page.goto(office.agentUrl.replace(/^ws/, 'http').replace(/\/ws$/, '/'));
  await page.getByText('Passphrase', { exact: true }).click();
  const secret = page.getByRole('textbox', { name: 'Supervisor passphrase' });
  await secret.fill('not the one it is');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('This is not the passphrase.')).toBeVisible();
  // After a wrong try the hub waits a while, by its own clock.
  await office.advanceSeconds(60);
  await secret.fill(passphrase);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('button', { name: /^Your status:/ })).toBeVisible();
  // ST5: one window at a time; the older one is told.
  await expect(office.host.page.getByText('Opened in another window')).toBeVisible();
});

test('a lost passphrase is set anew on the hub’s machine, once its person has confirmed it', async ({ office }) => {
  const { page, desktop } = office.host;
  await page.getByRole('button', { name: /^You:/ }).click();
  await page.getByRole('button', { name: 'Sign out on this device' }).click();
  await page
    .getByRole('dialog', { name: 'Sign out on this device?' })
    .getByRole('button', { name: 'Sign out on this device' })
    .click();
  await page.getByText('Passphrase', { exact: true }).click();
  await page.getByRole('button', { name: 'Forgot the passphrase?' }).click();
  await page.getByRole('textbox', { name: 'New passphrase', exact: true }).fill('a lamp and four walls');
  await page.getByRole('textbox', { name: 'The new passphrase again' }).fill('a lamp and four walls');
  const set = page.getByRole('button', { name: 'Set the new passphrase' });
  await set.click();
  // Declined: nothing has happened, and nothing has gone wrong.
  await expect(set).toBeEnabled();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await desktop.app.evaluate(() => {
    globalThis.foyerTest.resets = true;
  });
  await set.click();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await office.host.expectStatus('Offline');
  await office.host.openSettings('Audit log');
  await expect(page.getByRole('row').filter({ hasText: 'passphrase' }).first()).toBeVisible();
});
