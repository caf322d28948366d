import { readFile } from 'node:fs/promises';
import { files } from '../support/files';
import { expect, test } from './office';

test('a customer’s picture is seen at the desk, and the agent’s PDF is saved by the customer', async ({ office }) => {
  const { host } = office;
  await host.openChats();
  await host.setStatus('Online');
  const mei = await office.accepted(host, 'Mei Chen', 'Do you have this one?');
  await host.open('Mei Chen');

  await mei.attach('shoe.png', files.png);
  await mei.page.reload();
  await expect(mei.page.locator('.files').getByText('shoe.png')).toBeVisible();
  await mei.write('In size 38');
  const shown = host.page.getByRole('log', { name: 'Messages' }).getByRole('img', { name: 'shoe.png' });
  await expect(shown).toBeVisible();
  await expect(mei.page.getByRole('img', { name: 'shoe.png' })).toBeVisible();
  // Decoded, not only there; and nothing else came of it.
  for (const image of [shown, mei.page.getByRole('img', { name: 'shoe.png' })])
    await expect
      .poll(() => image.evaluate((each: HTMLImageElement) => [each.complete, each.naturalWidth]))
      .toEqual([true, 1]);

  const viewer = mei.page.getByRole('dialog', { name: 'shoe.png' });
  await mei.page.getByRole('button', { name: 'Show the picture “shoe.png”' }).click();
  await expect(viewer.getByRole('button', { name: 'Save picture' })).toBeVisible();
  await mei.page.keyboard.press('Escape');
  await expect(viewer).toHaveCount(0);
  await expect(mei.page.getByRole('button', { name: 'Show the picture “shoe.png”' })).toBeFocused();

  await host.attach('price list.pdf', files.pdf);
  await host.page.reload();
  await host.open('Mei Chen');
  await host.page.getByRole('button', { name: 'Send', exact: true }).click();
  const saved = mei.page.waitForEvent('download');
  await mei.page.getByRole('button', { name: 'Save price list.pdf' }).click();
  expect((await saved).suggestedFilename()).toBe('price list.pdf');
  expect(await readFile(await (await saved).path())).toEqual(files.pdf);
});
