import { expect, test } from './office';

test('each side sees the other type, and what the other has read', async ({ office }) => {
  const { host } = office;
  const { page } = host;
  await host.openChats();
  await host.setStatus('Online');
  const mei = await office.accepted(host, 'Mei Chen', 'Is my lamp on its way?');
  await host.open('Mei Chen');
  await expect(mei.page.getByText('Read', { exact: false }).first()).toBeVisible();

  await mei.page.getByRole('textbox', { name: 'Write a message' }).pressSequentially('My number');
  await expect(page.getByText('Mei Chen is typing …')).toBeVisible();

  await page.getByRole('textbox', { name: 'Reply to Mei Chen' }).pressSequentially('It left');
  await expect(mei.page.getByText('Li Wang is typing')).toBeVisible();
  await page.keyboard.press('Enter');
  await mei.expectMessage('It left');
  await expect(mei.page.getByText('Li Wang is typing')).toBeHidden();
  await expect(page.getByRole('log', { name: 'Messages' }).getByText(/· Read$/)).toBeVisible();
});
