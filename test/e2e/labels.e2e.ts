import { expect, test } from './office';

test('the office’s tags and wrap-up codes: set by a supervisor, chosen by an agent with the keyboard, found in the history', async ({
  office,
}) => {
  const { host } = office;
  const { page } = host;
  const { keyboard } = page;
  await host.openSettings('Tags and wrap-up codes');
  for (const [field, words] of [
    ['Tags', ['Invoice', '配送']],
    ['Wrap-up codes', ['Solved', 'Spam']],
  ] as const) {
    await page.getByRole('combobox', { name: field }).focus();
    for (const each of words) {
      await keyboard.type(each);
      await keyboard.press('Enter');
    }
    await page.getByRole('button', { name: 'Save' }).and(page.locator(':enabled')).click();
    await expect(page.getByRole('button', { name: 'Save' }).and(page.locator(':enabled'))).toHaveCount(0);
  }

  await host.openChats();
  await host.setStatus('Online');
  await office.accepted(host, 'Mei Chen', 'Where is my invoice?');
  await host.open('Mei Chen');
  await host.reply('Mei Chen', 'Here it is');
  const tags = page.getByRole('combobox', { name: 'Tags' });
  await tags.focus();
  await keyboard.type('inv');
  await expect(page.getByRole('option', { name: 'Invoice' })).toBeVisible();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Customer' }).getByText('Invoice')).toBeVisible();

  await keyboard.press('Escape');
  await keyboard.press('ControlOrMeta+Shift+x');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Close' })).toBeFocused();
  await page.getByRole('combobox', { name: 'How it ended' }).focus();
  await expect(page.getByRole('option', { name: 'Solved' })).toBeVisible();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'How it ended' })).toHaveValue('Solved');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).press('Enter');
  await expect(host.row('Mine', 'Mei Chen')).toHaveCount(0);

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'History' }).click();
  const found = page.getByRole('listbox', { name: 'Conversations found' }).getByRole('option');
  await page.getByRole('combobox', { name: 'Tags' }).selectOption('配送');
  await expect(found).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Tags' }).selectOption('Invoice');
  await page.getByRole('combobox', { name: 'How it ended' }).selectOption('Solved');
  await expect(found).toHaveCount(1);
  await expect(found).toContainText('SolvedInvoice');
});
