import { expect, test } from './office';

const daySeconds = 24 * 60 * 60;

test('a date far ahead removes nothing until the supervisor says that it is right', async ({ office }) => {
  const { host } = office;
  const ana = await office.join('Ana Silva');
  await host.setStatus('Online');
  await host.openChats();
  await office.accepted(host, 'Mei Chen', 'Is the lamp in stock?');
  await host.open('Mei Chen');
  await host.reply('Mei Chen', 'It is.');
  await host.close();
  await expect(host.row('Mine', 'Mei Chen')).toHaveCount(0);

  await host.desktop.quit();
  const { page } = await office.startHostAgain(3 * 365 * daySeconds);
  const banner = page.getByRole('alert').filter({ hasText: 'The hub’s date went from' });
  await expect(banner).toBeVisible();
  await expect(ana.page.getByRole('alert').filter({ hasText: 'The hub’s date' })).toHaveCount(0);
  const found = page.getByRole('listbox').getByRole('option', { name: /Mei Chen/ });
  const openPage = (name: string) =>
    page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click();
  await openPage('History');
  await expect(found).toBeVisible();

  await banner.getByRole('button', { name: 'The date is right' }).click();
  await expect(banner).toHaveCount(0);
  await office.advanceSeconds(daySeconds);
  await openPage('Chats');
  await openPage('History');
  await expect(page.getByText('Nothing found')).toBeVisible();
});
