import { expect, test } from './office';

test('a supervisor chooses what customers are asked, and the form asks it at once', async ({ office }) => {
  const { host } = office;
  const { page } = host;
  const mei = await office.customer();
  await expect(mei.page.getByLabel('Your name')).toBeVisible();
  await expect(mei.page.getByLabel('How can we reach you?')).toBeHidden();

  await host.openSettings('Customer’s page');
  const choose = async (field: string, choice: string) => {
    await page.getByRole('combobox', { name: field }).click();
    await page.getByRole('option', { name: choice }).click();
  };
  await choose('Name', 'Don’t ask');
  await choose('How to reach them', 'Ask, has to be filled in');
  const save = page.getByRole('button', { name: 'Save' });
  await save.click();
  await expect(save).toBeDisabled();

  // While the customer has the form open.
  await expect(mei.page.getByLabel('Your name')).toBeHidden();
  await mei.page.getByLabel('Your message').fill('Is the lamp in stock?');
  await mei.page.getByRole('button', { name: 'Start chat' }).click();
  await expect(mei.page.getByText('Please tell us how to reach you.')).toBeVisible();
  await mei.page.getByLabel('How can we reach you?').fill('mei@example.com');
  await mei.page.getByRole('button', { name: 'Start chat' }).click();
  await mei.expectMessage('Is the lamp in stock?');

  await host.setStatus('Online');
  await host.openChats();
  const card = page.getByRole('article', { name: /^Incoming: Visitor/ });
  await expect(card).toContainText('Is the lamp in stock?');
  await card.getByRole('button', { name: /^Accept/ }).click();
  await page
    .getByRole('region', { name: 'Mine', exact: true })
    .getByRole('button', { name: /^Visitor/ })
    .click();
  await expect(page.getByRole('complementary', { name: 'Customer' })).toContainText('mei@example.com');
});
