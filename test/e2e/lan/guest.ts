import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { launchDesktop, makeDesktopFolder } from '../../support/electron';
import { deskOf } from '../pages/desk';
import { finishJoining, placeField } from '../pages/joining';

/** The second desktop, in another network namespace: see `lan.e2e.ts`. */
test('the second desktop', async () => {
  const lanFolder = process.env.FOYER_LAN_FOLDER ?? '';
  const { folder, remove } = await makeDesktopFolder();
  const desktop = await launchDesktop({ folder });
  try {
    const ana = deskOf(desktop.page);
    const { page } = ana;
    let invitation = { code: '', address: '', link: '' };
    await expect(async () => {
      invitation = JSON.parse(await readFile(join(lanFolder, 'invitation.json'), 'utf8'));
    }).toPass();
    await page.getByRole('button', { name: 'Join a team' }).click();
    if (process.env.FOYER_LAN_HOW === 'found') {
      await page.getByRole('button', { name: `Nordlys Lighting · ${invitation.address}` }).click();
      await page.getByLabel('One-time code').fill(invitation.code);
    } else {
      await expect(page.getByText(/^None answers\./)).toBeVisible();
      await page.getByLabel(placeField).fill(invitation.link);
    }
    await page.getByRole('button', { name: 'Connect' }).click();
    await finishJoining(page);
    await ana.setStatus('Online');
    await ana.accept('Mei Chen');
    await ana.open('Mei Chen');
    await ana.reply('Mei Chen', 'Good morning');
    // Until the customer has read it.
    await expect(ana.row('Mine', 'Mei Chen')).toBeVisible();
  } finally {
    await desktop.quit().catch(() => {});
    await remove();
  }
});
