import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootFolder } from '../support/electron';
import { expect, test } from './office';

test('who is erased is gone from every open desk and from their own page in that moment', async ({ office }) => {
  const { host } = office;
  const ana = await office.join('Ana Silva');
  await ana.setStatus('Online');
  const mei = await office.accepted(ana, 'Mei Chen', 'a secret');
  await ana.open('Mei Chen');
  await mei.attach('secret.png', await readFile(join(rootFolder, 'main/desktop/assets/icon.png')));
  await mei.write('with a picture');
  await ana.note('Mei Chen', 'her secret');
  await ana.page.getByRole('textbox', { name: 'Reply to Mei Chen' }).fill('dear secret');
  await mei.page.getByRole('textbox', { name: 'Write a message' }).fill('secret draft');
  await host.openChats();
  await host.row('With colleagues', 'Mei Chen').click();
  await expect(host.page.getByRole('log', { name: 'Messages' })).toContainText('a secret');

  await host.page.getByRole('button', { name: 'Erase this customer' }).click();
  await host.page.getByRole('button', { name: 'Erase for ever' }).click();
  for (const { page } of [host, ana]) {
    await expect(page.getByRole('heading', { name: 'Erased' })).toBeVisible();
    await expect(page.getByText(/Mei|secret/)).toHaveCount(0);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('secret');
  }
  await expect(mei.page.getByText('This chat has been erased.')).toBeVisible();
  await expect(mei.page.getByText(/secret/)).toHaveCount(0);
  expect(await mei.page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain('secret');
  await ana.page.getByRole('button', { name: 'Put away' }).click();
  await expect(ana.page.getByRole('heading', { name: 'Erased' })).toHaveCount(0);
});

test('a customer is blocked by who serves them, told so politely, and let in again by a supervisor', async ({
  office,
}) => {
  const { host } = office;
  const ana = await office.join('Ana Silva');
  await ana.setStatus('Online');
  const spammer = await office.accepted(ana, 'Buy Now', 'Cheap watches!');
  await ana.open('Buy Now');
  await ana.page.getByRole('button', { name: 'Block this customer' }).click();
  const dialog = ana.page.getByRole('dialog', { name: 'Block Buy Now?' });
  await dialog.getByText('One hour').click();
  await dialog.getByRole('textbox', { name: 'Why, for colleagues' }).fill('Advertises');
  await dialog.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(ana.row('Mine', 'Buy Now')).toHaveCount(0);

  const refused = spammer.page.getByText('We can take no messages from here at the moment.');
  await expect(refused).toBeVisible();
  await spammer.page.getByRole('button', { name: 'Try again' }).click();
  await expect(refused).toBeVisible();

  await host.openSettings('Blocked customers');
  await expect(host.page.getByRole('row', { name: /Buy Now/ })).toContainText('Advertises');
  await host.page.getByRole('button', { name: 'End the block of Buy Now' }).click();
  await expect(host.page.getByText('Nobody is blocked.')).toBeVisible();
  await spammer.page.getByRole('button', { name: 'Try again' }).click();
  await expect(spammer.page.getByText('This chat has ended.')).toBeVisible();
  await spammer.page.getByRole('button', { name: 'Start a new conversation' }).click();
  await expect(spammer.page.getByRole('button', { name: 'Start chat' })).toBeVisible();
});
