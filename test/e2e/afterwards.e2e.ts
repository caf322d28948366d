import { readFileSync } from 'node:fs';
import { expect, test } from './office';

test('a customer rates what has ended, keeps a transcript, and the office sees what they said', async ({ office }) => {
  const { host } = office;
  const { page } = host;
  await host.setStatus('Online');
  await host.openChats();
  const mei = await office.customer();
  await mei.start('Mei', 'Does the lamp come in <b>blue</b>?');
  await page
    .getByRole('article', { name: /^Incoming: Mei/ })
    .getByRole('button', { name: /^Accept/ })
    .click();
  const sound = mei.page.getByRole('button', { name: 'Sound for new messages' });
  await expect(sound).toHaveAttribute('aria-pressed', 'true');
  await expect(mei.page.getByText('How was it?')).toBeHidden();
  await mei.end();

  // By the keyboard alone.
  await mei.page.getByRole('radio', { name: '1 of 5: very bad' }).focus();
  for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await mei.page.keyboard.press(key);
  await expect(mei.page.getByRole('radio', { name: '4 of 5: good' })).toBeChecked();
  await mei.page.getByRole('textbox', { name: 'Comment (optional)' }).fill('Quick and friendly');
  await mei.page.getByRole('button', { name: 'Send rating' }).click();
  await expect(mei.page.getByText('Thank you for your rating.')).toBeVisible();
  const facts = page.getByRole('complementary', { name: 'Customer' });
  await expect(facts).toContainText('Quick and friendly');
  await expect(facts.getByRole('img', { name: '4 of 5 stars' })).toBeVisible();

  const [file] = await Promise.all([
    mei.page.waitForEvent('download'),
    mei.page.getByRole('button', { name: 'Save transcript' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^conversation-\d{4}-\d\d-\d\d\.txt$/);
  expect(readFileSync(await file.path(), 'utf8')).toContain('You: Does the lamp come in <b>blue</b>?');

  await mei.page.evaluate(() => {
    window.print = () => undefined;
  });
  await mei.page.getByRole('button', { name: 'Print' }).click();
  await mei.page.emulateMedia({ media: 'print' });
  await expect(mei.page.getByRole('article')).toContainText('<b>blue</b>');
  await expect(mei.page.getByRole('main')).toBeHidden();
  await mei.page.emulateMedia({ media: 'screen' });
  await expect(mei.page.getByRole('main')).toBeVisible();

  // Over a reload too, and for a change.
  await mei.page.reload();
  await mei.page.getByRole('button', { name: 'Change' }).click();
  await mei.page.locator('label.star').nth(1).click();
  await mei.page.getByRole('button', { name: 'Send rating' }).click();
  await expect(mei.page.getByText('2 of 5: bad · Quick and friendly')).toBeVisible();
  await expect(mei.page.getByRole('button', { name: 'Change' })).toBeHidden();

  // Who comes back reads it again, where the office shows it.
  await host.openSettings('Customer’s page');
  await page.getByRole('switch', { name: /^Customers who come back/ }).click();
  await expect(page.getByRole('switch', { name: /^Customers who come back/ })).toBeChecked();
  await mei.page.getByRole('button', { name: 'Start a new conversation' }).click();
  await mei.page.reload();
  await mei.page.getByRole('button', { name: 'Show earlier conversations' }).click();
  const before = mei.page.getByRole('dialog', { name: 'Earlier conversations' });
  await expect(before).toContainText('Does the lamp come in <b>blue</b>?');
  await before.getByRole('button', { name: 'Close' }).click();
  await expect(before).toBeHidden();
});
