import type { Page } from 'playwright/test';
import { expect, type StaffedDesk, test } from './office';

/** The missed chat cannot happen: what an agent sees and hears while the window is hidden. */

/** `getAllWindows` has them in no order. */
const mainWindow = (desk: StaffedDesk, act: 'close' | 'isVisible') =>
  desk.desktop.app.evaluate(({ BrowserWindow }, name) => {
    const main = BrowserWindow.getAllWindows().find((each) => each.webContents.getURL().endsWith('/index.html'));
    return main?.[name]();
  }, act);
const hide = async (desk: StaffedDesk) => {
  await mainWindow(desk, 'close');
  await expect.poll(() => mainWindow(desk, 'isVisible')).toBe(false);
};
const inSight = (desk: StaffedDesk) => mainWindow(desk, 'isVisible');
/** The card window as the system has it; null before there is one. */
const cardWindow = (desk: StaffedDesk) =>
  desk.desktop.app.evaluate(({ BrowserWindow, screen }) => {
    const window = BrowserWindow.getAllWindows().find((each) => each.webContents.getURL().endsWith('/cards.html'));
    if (!window) return null;
    const { x, y, width, height } = window.getBounds();
    const area = screen.getPrimaryDisplay().workArea;
    return {
      visible: window.isVisible(),
      onTop: window.isAlwaysOnTop(),
      focused: window.isFocused(),
      inside: x >= area.x && y >= area.y && x + width <= area.x + area.width && y + height <= area.y + area.height,
    };
  });
/** Its page, which the test learns of a moment after the system has the window. */
const cardsOf = async (desk: StaffedDesk): Promise<Page> => {
  const cards = () => desk.desktop.app.windows().find((page) => page.url().endsWith('/cards.html'));
  await expect.poll(cards).toBeDefined();
  return cards() as Page;
};

test('a hidden window: the card says it all, is accepted there, and goes the instant it is handled', async ({
  office,
}) => {
  const { host } = office;
  const ana = await office.join('Ana Silva');
  await host.turnOn('Redirect upon timeout');
  await ana.setStatus('Online');
  await hide(ana);

  const mei = await office.customer();
  await mei.start('Mei Chen', 'The lamp flickers when I dim it.');
  await expect.poll(() => cardWindow(ana)).toEqual({ visible: true, onTop: true, focused: false, inside: true });
  const card = (await cardsOf(ana)).getByRole('article', { name: 'Incoming: Mei Chen' });
  await expect(card).toContainText('The lamp flickers when I dim it.');
  await expect(card).toContainText(/Reception · waiting \d:\d\d/);
  await expect(card).toContainText('You');
  await expect(card.getByRole('timer')).toHaveText(/^(30|2\d)$/);
  await card.getByRole('button', { name: 'Accept' }).click();
  await expect.poll(() => inSight(ana)).toBe(true);
  await expect(ana.page.getByRole('textbox', { name: 'Reply to Mei Chen' })).toBeVisible();
  await expect.poll(async () => (await cardWindow(ana))?.visible).toBe(false);

  // Somebody else's doing takes it away as well: here the customer's.
  await hide(ana);
  const jonas = await office.customer();
  await jonas.start('Jonas Olsen', 'Hello?');
  await expect.poll(async () => (await cardWindow(ana))?.visible).toBe(true);
  await jonas.page.getByRole('button', { name: 'Leave the line' }).click();
  await jonas.page.getByRole('dialog').getByRole('button', { name: 'Leave the line' }).click();
  await expect.poll(async () => (await cardWindow(ana))?.visible).toBe(false);
  const told = await ana.desktop.notifications();
  const incoming = told.filter(({ title }) => title.startsWith('Incoming'));
  expect(incoming.map(({ title, open }) => [title, open])).toEqual([
    ['Incoming: Mei Chen', false],
    ['Incoming: Jonas Olsen', false],
  ]);
});

test('the alerts are tested in full, and the menu says what stands in their way', async ({ office }) => {
  const { host } = office;
  const { page } = host;
  const menu = () => page.getByRole('list', { name: 'Whether you will notice an alert' });
  await page.getByRole('button', { name: /^(Alerts on|Check alerts)$/ }).click();
  await page.getByRole('button', { name: 'Test the alerts' }).click();
  await expect.poll(async () => (await cardWindow(host))?.visible).toBe(true);
  await expect((await cardsOf(host)).getByRole('article', { name: 'This is a test' })).toBeVisible();
  await (await cardsOf(host)).getByRole('button', { name: 'I see it' }).click();
  await expect.poll(async () => (await cardWindow(host))?.visible).toBe(false);
  await page.getByRole('button', { name: 'Something was missing' }).click();
  await expect(menu()).toContainText('You did not notice the last test.');
  await expect(page.getByRole('button', { name: 'Check alerts' })).toBeVisible();
  await page.getByRole('switch', { name: 'Sound alerts' }).press('Space');
  await expect(menu()).toContainText('Sound is off');
});
