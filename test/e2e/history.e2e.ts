import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './office';

test('an ended conversation is found by a Chinese word, read, and in the customer’s past at their next visit', async ({
  office,
}) => {
  const { host } = office;
  const { page } = host;
  await host.openChats();
  await host.setStatus('Online');
  const mei = await office.accepted(host, '王芳', '你好，我的发票在哪里？');
  await host.open('王芳');
  await host.reply('王芳', '马上为您查询');
  await host.close();
  await mei.page.getByRole('button', { name: 'Start a new conversation' }).waitFor();
  // Long enough for the desk to let it go, when the next thing happens.
  await office.advanceSeconds(2 * 60 * 60);
  await host.setStatus('Busy');
  await host.setStatus('Online');
  await expect.poll(() => readdir(join(host.folder, 'hub', 'archive')).catch(() => [])).toHaveLength(1);

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'History' }).click();
  const search = page.getByRole('combobox', { name: 'Search past conversations' });
  await search.fill('没有这个词');
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
  await search.fill('发票');
  const found = page.getByRole('listbox', { name: 'Conversations found' }).getByRole('option');
  await expect(found).toHaveCount(1);
  await expect(found.locator('mark')).toHaveText('发票');
  await search.press('Enter');
  const read = page.getByRole('region', { name: 'Conversation with 王芳' });
  await expect(read.getByText('马上为您查询')).toBeVisible();
  await expect(read.getByRole('textbox')).toHaveCount(0);

  await mei.page.reload();
  await mei.start('王芳', '再问一次');
  await host.openChats();
  await host.accept('王芳');
  await host.open('王芳');
  const customer = page.getByRole('complementary', { name: 'Customer' });
  await customer.getByRole('button', { name: /你好，我的发票在哪里？/ }).click();
  await expect(customer.getByText('马上为您查询')).toBeVisible();
  await customer.getByRole('button', { name: 'Back to the customer' }).click();
  await expect(customer.getByRole('heading', { name: 'Before' })).toBeVisible();
});
