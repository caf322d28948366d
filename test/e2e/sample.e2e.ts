import { expect, test } from 'playwright/test';
import { launchDesktop, makeDesktopFolder } from '../support/electron';
import { deskOf } from './pages/desk';

test('sample data: a labelled office with customers who arrive by themselves', async () => {
  const { folder, remove } = await makeDesktopFolder();
  const desktop = await launchDesktop({ folder, args: ['--sample-data'] });
  try {
    const { page } = desktop;
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('button', { name: 'Play the sound' }).click();
    await page.getByRole('button', { name: 'I hear it' }).click();
    await page.getByRole('button', { name: 'Open Foyer' }).click();
    await expect(page.getByText('Sample data')).toBeVisible();
    await deskOf(page).setStatus('Online');
    const rings = page.getByRole('article', { name: /^Incoming:/ });
    await expect(async () => {
      await desktop.advance(20_000);
      await expect(rings.first()).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 20_000 });
  } finally {
    await desktop.quit().catch(() => {});
    await remove();
  }
});
