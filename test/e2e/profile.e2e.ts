import { expect, test } from './office';

test('who the customer is: known from their page, a contact added with the keyboard, seen by the supervisor, too', async ({
  office,
}) => {
  const { host } = office;
  const ben = await office.join('Ben');
  await ben.setStatus('Online');
  await office.accepted(ben, 'Mei', 'Where is my order?');
  await ben.open('Mei');
  const pane = ben.page.getByRole('complementary', { name: 'Customer' });
  await expect(pane).toContainText('Foyer’s own page');
  await expect(pane.getByRole('term').filter({ hasText: 'Contact' })).toHaveCount(0);

  const { keyboard } = ben.page;
  await pane.getByRole('button', { name: 'Add contact' }).press('Enter');
  await expect(pane.getByRole('textbox', { name: 'Contact' })).toBeFocused();
  await keyboard.type('mei@example.com');
  await keyboard.press('Shift+Tab');
  await keyboard.type('Mei Chen');
  await keyboard.press('Enter');
  await expect(pane).toContainText('mei@example.com');
  await expect(pane.getByRole('heading', { name: 'Mei Chen' })).toBeVisible();
  await expect(ben.row('Mine', 'Mei Chen')).toBeVisible();
  await host.openChats();
  await expect(host.row('With colleagues', 'Mei Chen')).toBeVisible();
});
