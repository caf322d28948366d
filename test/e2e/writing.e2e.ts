import { files } from '../support/files';
import { expect, test } from './office';

test('what an emoji or a mention put into the text is taken back by Ctrl+Z', async ({ office }) => {
  const { host } = office;
  await office.join('Ana Silva');
  await host.setStatus('Online');
  await host.openChats();
  await office.accepted(host, 'Mei Chen', 'Is the blue one in stock?');
  await host.open('Mei Chen');
  const { page } = host;
  const reply = page.getByRole('textbox', { name: 'Reply to Mei Chen' });

  await reply.click();
  await page.keyboard.type('Yes ');
  await page.getByRole('button', { name: 'Insert an emoji' }).click();
  await page.getByPlaceholder('Find an emoji').fill('blue heart');
  await expect(page.getByRole('gridcell', { name: 'blue heart' }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(reply).toHaveValue('Yes 💙');
  await expect(reply).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(reply).toHaveValue('Yes ');
  await page.keyboard.press('Control+Shift+z');
  await expect(reply).toHaveValue('Yes 💙');
  await page.keyboard.type(' two');
  await expect(reply).toHaveValue('Yes 💙 two');

  await page.getByRole('button', { name: 'Note', exact: true }).click();
  const note = page.getByRole('textbox', { name: 'Note about Mei Chen' });
  await page.keyboard.type('Look, @an');
  await page.keyboard.press('Enter');
  await expect(note).toHaveValue('Look, @Ana Silva ');
  await page.keyboard.press('Control+z');
  await expect(note).toHaveValue('Look, @an');
});

test('cells that are pasted are words, and a picture that is pasted is a picture', async ({ office }) => {
  const { host } = office;
  await host.setStatus('Online');
  await host.openChats();
  await office.accepted(host, 'Mei Chen', 'What do they cost?');
  await host.open('Mei Chen');
  const { page } = host;
  const reply = page.getByRole('textbox', { name: 'Reply to Mei Chen' });
  const paste = async (cells: boolean) => {
    await page.bringToFront();
    await page.evaluate(
      async ([png, withWords]) => {
        const bytes = Uint8Array.from(atob(png), (each) => each.charCodeAt(0));
        const blob = (type: string, part: BlobPart) => ({ [type]: new Blob([part], { type }) });
        const words = {
          ...blob('text/plain', 'blue\t12\ngreen\t14'),
          ...blob('text/html', '<table><tr><td>blue</td><td>12</td></tr></table>'),
        };
        const copied = { ...blob('image/png', bytes), ...(withWords ? words : {}) };
        await navigator.clipboard.write([new ClipboardItem(copied)]);
      },
      [files.png.toString('base64'), cells] as const,
    );
    await reply.click();
    await page.keyboard.press('Control+v');
  };
  await paste(true);
  await expect(reply).toHaveValue('blue\t12\ngreen\t14');
  await expect(page.getByRole('list', { name: 'Files to send' })).toBeHidden();
  await paste(false);
  await expect(page.getByRole('list', { name: 'Files to send' }).getByText('image.png')).toBeVisible();
});

test('a picture is looked at, and half a reply is there when the customer comes back', async ({ office }) => {
  const { host } = office;
  await host.setStatus('Online');
  await host.openChats();
  const mei = await office.accepted(host, 'Mei Chen', 'Do you have this one?');
  await host.open('Mei Chen');
  await mei.attach('shoe.png', files.png);
  await mei.write('In size 38');
  const { page } = host;
  await page.getByRole('button', { name: 'Look at shoe.png' }).click();
  const viewer = page.getByRole('dialog', { name: 'shoe.png' });
  await expect(viewer.getByRole('img', { name: 'shoe.png' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();

  await page.getByRole('textbox', { name: 'Reply to Mei Chen' }).fill('It will be there on');
  await mei.end();
  await expect(page.getByRole('region', { name: 'Not sent' })).toContainText('It will be there on');
  await mei.page.getByRole('button', { name: 'Start a new conversation' }).click();
  await mei.start('Mei Chen', 'And in 39?');
  await host.accept('Mei Chen');
  await page.getByRole('button', { name: 'Put into the composer' }).click();
  await expect(page.getByRole('textbox', { name: 'Reply to Mei Chen' })).toHaveValue('It will be there on');
});
