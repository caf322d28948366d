import { expect, test } from './office';

test('a colleague is called in a note with the keyboard, told at their desk, and led to it', async ({ office }) => {
  const { host } = office;
  const ana = await office.join('Ana Silva');
  await host.setStatus('Online');
  await host.openChats();
  await office.accepted(host, 'Mei Chen', 'Is the blue one in stock?');
  await host.open('Mei Chen');

  await host.page.getByRole('button', { name: 'Note', exact: true }).click();
  const { keyboard } = host.page;
  await keyboard.type('@an');
  await expect(host.page.getByRole('listbox', { name: 'Colleagues' })).toContainText('Ana Silva');
  await keyboard.press('Enter');
  await keyboard.type('is it in your car?');
  await keyboard.press('Enter');

  await ana.expectNotice('Li Wang mentions you in a note about Mei Chen.');
  await ana.page.getByRole('alert').getByRole('button', { name: 'Open' }).click();
  await expect(ana.page.getByRole('log', { name: 'Messages' })).toContainText('Note for you');
  await expect(ana.page.getByText('@Ana Silva is it in your car?')).toBeVisible();
});
