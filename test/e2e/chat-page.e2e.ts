import { smallPng } from '../support/small-png';
import { expect, test } from './office';

const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');

test('an office words and colours its page as it sees it, and its customers see it at once, each in their language', async ({
  office,
}) => {
  const { host } = office;
  const { page } = host;
  const mei = await office.customer();
  await expect(mei.page.getByLabel('Your name')).toBeVisible();

  await host.openSettings('Words and look');
  const preview = page.frameLocator('iframe');
  await expect(preview.getByText('How can we help?')).toBeVisible();
  await page.getByLabel('Colour', { exact: true }).fill('#ffdd00');
  await page.locator('input[type=file]').setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: svg });
  await expect(page.getByText('This is no PNG, JPEG or WebP picture')).toBeVisible();
  const picture = { name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from(smallPng, 'base64') };
  await page.locator('input[type=file]').setInputFiles(picture);
  await expect(preview.locator('.header .logo')).toBeVisible();
  await page.getByLabel('Welcome', { exact: true }).fill('Good morning from {office} <b>!');
  await expect(preview.getByText(/^Good morning from .+ <b>!$/)).toBeVisible();
  const header = preview.locator('.header');
  await expect(header).toHaveCSS('background-color', 'rgb(255, 221, 0)');
  await expect(header).toHaveCSS('color', 'rgb(0, 0, 0)');

  // A word that means nothing is said at its field, and not saved.
  const joined = page.getByLabel('An agent joined', { exact: true });
  await joined.fill('{agnet} is here');
  await expect(page.getByText('{agnet} means nothing here.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await joined.fill('{agent} is here for you');
  await expect(preview.getByText('Ana Silva is here for you')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('settings.png') });

  await page.setViewportSize({ width: 900, height: 600 });
  await page.screenshot({ path: test.info().outputPath('settings-900.png') });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByText('Chinese', { exact: true }).click();
  await page.getByLabel('Welcome', { exact: true }).fill('早上好');
  await expect(preview.getByText('早上好')).toBeVisible();
  // What is not saved waits for its supervisor.
  await host.openChats();
  await host.openSettings('Words and look');
  await page.getByText('Chinese', { exact: true }).click();
  await expect(page.getByLabel('Welcome', { exact: true })).toHaveValue('早上好');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);

  await expect(mei.page.getByText(/^Good morning from .+ <b>!$/)).toBeVisible();
  await expect(mei.page.locator('.header')).toHaveCSS('background-color', 'rgb(255, 221, 0)');
  const logo = mei.page.locator('.header .logo');
  await expect(logo).toBeVisible();
  expect(await logo.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(1);
  await mei.page.getByRole('button', { name: '中文' }).click();
  await expect(mei.page.getByText('早上好')).toBeVisible();
  await mei.page.screenshot({ path: test.info().outputPath('customer-zh.png') });
  await mei.page.getByRole('button', { name: 'English' }).click();
  await mei.page.reload();
  await expect(mei.page.getByText(/^Good morning from/)).toBeVisible();
  await host.setStatus('Online');
  await mei.start('Mei', 'Hello');
  await host.openChats();
  await page.getByRole('button', { name: /^Accept/ }).click();
  await mei.expectMessage('is here for you');
  await mei.page.screenshot({ path: test.info().outputPath('customer-en.png') });
});
